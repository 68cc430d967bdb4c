"""Dates: a day is the same day in either era, long or short, in Thai digits or not; what is no day is a problem."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalise import Parsed, parse_as_of, parse_date, shown
from pipeline.thai import MONTHS, MONTHS_SHORT, thai_digits

quick = settings(max_examples=100, derandomize=True, deadline=None)
BUDDHIST_ERA = 543
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
OPENINGS = ("", "วันที่ ", "ข้อมูล ณ วันที่ ", "ณ วันที่", *(f"วัน{name}ที่ " for name in WEEKDAYS))
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMES = (MONTHS, MONTHS_SHORT, ENGLISH, tuple(name.rstrip(".") for name in MONTHS_SHORT))
# From 2000 on a year of four digits means one era only; a year of two digits is พ.ศ. 25xx.
DAYS = st.dates(date(2000, 1, 1), date(2056, 12, 31))
EXCEL_COMPLETED = st.dates(date(1950, 1, 1), date(1999, 12, 31))


@st.composite
def bare(draw: st.DrawFn, day: int, month: int, year: int) -> str:
    """A date in digits of one script, its month by name or number, its year (given in ค.ศ.) of either era."""
    first = draw(st.sampled_from((str(day), f"{day:02}")))
    era = year + BUDDHIST_ERA
    last = draw(st.sampled_from((f"{era}", f"{era % 100:02}", f"{year}")))
    if draw(st.booleans()):
        name = draw(st.sampled_from(NAMES))[month - 1]
        mark = draw(st.sampled_from(("", "พ.ศ. ", "พ.ศ.", "ปี "))) if len(last) == 4 else ""
        text = f"{first}{draw(st.sampled_from((' ', '', ' เดือน')))}{name} {mark}{last}"
    else:
        number = draw(st.sampled_from((str(month), f"{month:02}")))
        text = draw(st.sampled_from(("/", "-", ".", " ", " / ", "–"))).join((first, number, last))
    script: Callable[[str], str] = draw(st.sampled_from((str, thai_digits)))
    return script(text)


@st.composite
def written(draw: st.DrawFn, day: int, month: int, year: int) -> str:
    """A date with what offices write around it."""
    text = draw(bare(day, month, year))
    return draw(st.sampled_from(OPENINGS)) + text + draw(st.sampled_from(("", " ", " เวลา 08.30 น.", " น.")))


# --- what is a day ----------------------------------------------------------------------------------------------


@settings(quick, max_examples=300)
@given(st.data(), DAYS)
def test_a_day_is_read_however_it_is_written(data, day):
    text = data.draw(written(day.day, day.month, day.year))
    assert parse_date(text) == Parsed(day)


@quick
@given(DAYS)
def test_iso_dates_are_read_in_either_era_and_as_a_moment_asked_for(day):
    texts = (day.isoformat(), f"{day.year + BUDDHIST_ERA}{day.isoformat()[4:]}")
    for text in (*texts, *map(thai_digits, texts)):
        assert parse_date(text) == Parsed(day)
        assert parse_as_of(text) == day


@quick
@given(st.dates(date(1890, 1, 1), date(2100, 12, 31)), st.times())
def test_an_excel_date_in_the_buddhist_era_is_the_same_day_with_a_note(day, clock):
    """Excel believes that พ.ศ. 2563 has no 29 February: such a day cannot stand in a cell."""
    try:
        kept = day.replace(year=day.year + BUDDHIST_ERA)
    except ValueError:
        return
    for cell in (kept, datetime.combine(kept, clock)):
        parsed = parse_date(cell)
        assert (parsed.value, parsed.note) == (day, "DATE_ERA")
        assert dict(parsed.facts)["read"] == shown(day)


@quick
@given(EXCEL_COMPLETED)
def test_a_year_that_excel_completed_is_the_two_digits_of_the_buddhist_one(completed):
    meant = completed.year + 600 - BUDDHIST_ERA
    if completed.day > monthrange(meant, completed.month)[1]:
        assert parse_date(completed).problem == "BAD_DATE"
        return
    parsed = parse_date(completed)
    assert (parsed.value, parsed.note) == (completed.replace(year=meant), "DATE_ERA")


@quick
@given(DAYS, st.times())
def test_what_is_shown_of_a_day_reads_as_that_day_again(day, clock):
    for cell in (day, datetime.combine(day, clock), datetime.combine(day, time())):
        assert parse_date(shown(cell)) == parse_date(cell) == Parsed(day)


# --- what is none -----------------------------------------------------------------------------------------------


@quick
@given(st.data(), st.integers(1, 12), st.integers(2000, 2056), st.integers(1, 9))
def test_a_day_that_its_month_does_not_have_is_a_problem(data, month, year, over):
    day = min(monthrange(year, month)[1] + over, 99)
    text = data.draw(written(day, month, year))
    assert (parse_date(text).value, parse_date(text).problem) == (None, "BAD_DATE")


@quick
@given(st.data(), DAYS, DAYS, st.sampled_from((" - ", " ถึง ", " และ ", ", ", "–", " หรือ ")))
def test_two_days_in_one_cell_are_none(data, first, last, join):
    text = join.join(data.draw(bare(day.day, day.month, day.year)) for day in (first, last))
    assert (parse_date(text).value, parse_date(text).problem) == (None, "BAD_DATE")


@quick
@given(st.data(), DAYS, st.sampled_from(("ประมาณ ", "ก่อน ", "ต้นเดือน ", "ภายใน ", "หลัง ", "1 ถึง ", "รอ ")))
def test_a_day_in_doubt_is_none(data, day, doubt):
    text = doubt + data.draw(written(day.day, day.month, day.year))
    assert (parse_date(text).value, parse_date(text).problem) == (None, "BAD_DATE")


PIECES = (
    *"0123456789๕๖",
    "/",
    "-",
    " ",
    "ก.พ.",
    "มีนาคม",
    "Feb",
    "วันที่ ",
    "พ.ศ. ",
    "ถึง",
    "2564",
    "๒๕๖๔",
    "64",
    "น.",
    "เวลา ",
)


@settings(quick, max_examples=500)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join))
def test_a_text_read_as_a_day_is_a_day_with_its_own_digits_and_nothing_is_invented(text):
    """Judged without the reader's patterns: its digits are those of the day, perhaps the month, and the year."""
    day = parse_date(text).value
    if not isinstance(day, date):
        return
    numbers = Counter(int(digits) for digits in re.findall(r"\d+", text.partition("เวลา")[0]))
    era = day.year + BUDDHIST_ERA
    years = {day.year, era, era % 100, era - 600}
    said = [Counter((day.day, *month, year)) for year in years for month in ((), (day.month,))]
    assert numbers in said
