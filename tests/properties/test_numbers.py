"""Numbers: however an office writes one it comes back as that number, and whatever is not plainly one is a problem.

What a district types is drawn piece by piece (sign, grouping, digits of three scripts, unit, stray spaces). What must
not be read is drawn from the same pieces in any order, and judged by a reading of its own.
"""

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.campaign import load_campaign
from pipeline.normalise import Parsed, parse, parse_area, parse_count, parse_percent
from pipeline.thai import arabic_digits, thai_digits
from tests.campaigns import SCHEMAS

FORM = load_campaign(SCHEMAS).forms["operations"]
COUNTS = tuple(column for column in FORM.columns if column.kind == "count")

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FROM_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
SCRIPTS: tuple[Callable[[str], str], ...] = (str, thai_digits, lambda text: text.translate(FULL_WIDTH))
SIGNS = {"": 1, "+": 1, "-": -1, "−": -1}
UNITS = ("คน", "ครัวเรือน", "ครัวเรือน/ถัง", "(ราย)", "แห่ง.", "หลังคาเรือน", "หมู่บ้าน/ชุมชน")
STRAY = ("", " ", "\u00a0", "\u200b", "\ufeff ", "\t", "\n")

SCRIPT = st.sampled_from(SCRIPTS)
SPACE = st.sampled_from(STRAY)
WHOLE = st.integers(0, 10**12)
quick = settings(max_examples=100, derandomize=True, deadline=None)


def digits_of(number: int) -> st.SearchStrategy[str]:
    return st.sampled_from((str(number), f"{number:,}"))


@st.composite
def typed(draw: st.DrawFn, number: int, decimals: tuple[str, ...] = ("", ".0", ".00")) -> str:
    """A number in one script, perhaps grouped, perhaps with decimals that say nothing, among stray spaces."""
    spelled = draw(digits_of(number)) + draw(st.sampled_from(decimals))
    return draw(SPACE) + draw(SCRIPT)(spelled) + draw(SPACE)


def outcome(parsed: Parsed) -> tuple[object, str, str]:
    return parsed.value, parsed.problem, parsed.note


# --- what is a number -------------------------------------------------------------------------------------------


@quick
@given(st.data(), WHOLE, st.sampled_from(sorted(SIGNS)))
def test_a_count_typed_as_text_comes_back_in_every_script_and_grouping(data, number, sign):
    written = data.draw(typed(number))
    first = next(place for place, letter in enumerate(written) if letter.isdecimal())
    text = written[:first] + sign + written[first:]
    parsed = parse_count(text)
    assert outcome(parsed) == (SIGNS[sign] * number, "", "NUMBER_AS_TEXT")
    assert type(parsed.value) is int
    assert dict(parsed.facts)["read"] == f"{SIGNS[sign] * number:,}"


@quick
@given(st.data(), WHOLE, st.sampled_from(UNITS), st.sampled_from(("", "จำนวน")))
def test_a_count_with_a_unit_of_counting_comes_back_and_the_unit_is_named(data, number, unit, before):
    parsed = parse_count(before + data.draw(typed(number)) + unit)
    assert outcome(parsed) == (number, "", "UNIT_DROPPED")
    assert dict(parsed.facts)["unit"] == unit


@quick
@given(st.data(), st.sampled_from(COUNTS), WHOLE)
def test_every_count_column_of_the_form_knows_its_own_unit(data, column, number):
    parsed = parse(column.kind, data.draw(typed(number)) + column.unit, column.unit)
    assert outcome(parsed) == (number, "", "UNIT_DROPPED")


@quick
@given(WHOLE, st.sampled_from((1, -1)))
def test_a_number_cell_is_that_number_without_a_word(number, sign):
    assert parse_count(sign * number) == parse_count(float(sign * number)) == Parsed(sign * number)


@quick
@given(st.data(), st.integers(0, 10**6), st.integers(1, 9999))
def test_an_area_and_a_percentage_keep_their_decimals(data, whole, part):
    decimals = f".{part:04}"
    value = float(f"{whole}{decimals}")
    text = data.draw(typed(whole, (decimals,)))
    assert outcome(parse_area(text)) == outcome(parse_percent(text)) == (value, "", "NUMBER_AS_TEXT")
    assert outcome(parse_area(f"{text}ไร่")) == (value, "", "UNIT_DROPPED")
    assert outcome(parse_percent(f"{text}%")) == (value, "", "UNIT_DROPPED")
    assert outcome(parse_percent(f"ร้อยละ {text}")) == (value, "", "UNIT_DROPPED")


@quick
@given(st.integers(0, 999_999), st.integers(0, 3), st.integers(0, 99), SCRIPT, st.sampled_from(("", " ")))
def test_an_area_in_rai_ngan_and_square_wa_is_the_same_however_it_is_written(rai, ngan, wa, script, space):
    worth = float(Fraction(rai) + Fraction(ngan, 4) + Fraction(wa, 400))
    dash = f"{space}-{space}"
    for written in (
        dash.join((str(rai), str(ngan), str(wa))),
        f"{rai}{space}ไร่{space}{ngan}{space}งาน{space}{wa}{space}ตร.ว.",
        f"{rai:,}{space}ไร่{space}{ngan}{space}งาน{space}{wa}{space}ตารางวา",
    ):
        parsed = parse_area(script(written))
        assert (parsed.problem, parsed.note) == ("", "AREA_CONVERTED")
        assert parsed.value == pytest.approx(worth, abs=1e-9)


# --- what is none -----------------------------------------------------------------------------------------------

JOINS = ("-", "–", " - ", "/", " / ", "+", " และ ", "ถึง", " ถึง ", " หรือ ", "~", "x", ":", " ", "(")
DOUBTS = ("ประมาณ ", "เกือบ", "กว่า ", "ไม่เกิน ", "~", ">", "<", "≥", "ราว ๆ ", "ไม่ต่ำกว่า", "อย่างน้อย ", "±")
VAGUE = (" กว่า", "++", " โหล", " ร้อย", " พัน", "ขึ้นไป", " เศษ", "?", " คนเศษ", "½", "²", "e3", "-")
NUMERIC = ("count", "area", "percent")


@quick
@given(st.data(), st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(JOINS))
def test_two_numbers_in_one_cell_are_none(data, one, other, join):
    text = data.draw(typed(one, ("",))) + join + data.draw(typed(other, ("",)))
    for kind in NUMERIC:
        assert outcome(parse(kind, text, "แห่ง")) == (None, "BAD_VALUE", "")


@quick
@given(st.data(), WHOLE, st.sampled_from(COUNTS))
def test_a_number_in_doubt_is_none(data, number, column):
    text = data.draw(typed(number, ("",)))
    before, after = data.draw(st.sampled_from(DOUBTS)), data.draw(st.sampled_from(VAGUE))
    for doubtful in (before + text, before + text + column.unit, text + after):
        assert outcome(parse("count", doubtful, column.unit)) == (None, "BAD_VALUE", "")


@quick
@given(st.integers(1, 999), st.sampled_from((".5", ".25", ".000", ".001", ",5", ",00", ",0000")), SCRIPT)
def test_a_count_with_a_part_or_an_unclear_separator_is_none(number, ending, script):
    assert outcome(parse_count(script(f"{number}{ending}"))) == (None, "BAD_VALUE", "")


PIECES = (
    *"0123456789๐๒๕３",
    *(",", ".", "-", "–", "−", "/", " ", "(", ")", "%", "+", "~", "x"),
    *(
        "คน",
        "ครัวเรือน",
        "แห่ง",
        "จำนวน",
        "ร้อยละ",
        "ประมาณ",
        "กว่า",
        "ถึง",
        "และ",
        "ครึ่ง",
        "พัน",
        "ไร่",
        "งาน",
        "่",
        "½",
        "²",
    ),
)
WORDS = re.compile(r"[^\s0-9.,()/%+~–−-]+")
ZERO = re.compile(r"[-‐‑‒–—―−\s]*")


@settings(max_examples=800, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join), st.sampled_from(COUNTS))
def test_what_is_read_as_a_count_is_the_only_number_written_and_nothing_else_was_said(text, column):
    """Judged without the reader's patterns: exactly one run of digits, worth what was read, and words of counting."""
    parsed = parse("count", text, column.unit)
    if parsed.value is None:
        return
    assert isinstance(parsed.value, int)
    plain = arabic_digits(text).translate(FROM_FULL_WIDTH)
    runs = re.findall(r"[0-9](?:[0-9.,]*[0-9])?", plain)
    if parsed.note == "ZERO_WORD":
        assert (parsed.value, runs) == (0, [])
        assert ZERO.fullmatch(text)
        return
    (run,) = runs
    assert Fraction(run.replace(",", "")) == abs(parsed.value)
    assert (parsed.value < 0) <= (plain.strip()[0] in "-−")
    words = set(WORDS.findall(plain.replace("จำนวน", "")))
    assert words <= {"คน", "ครัวเรือน", "แห่ง", *column.unit.split("/"), "\u0e48"}


@pytest.mark.parametrize("text", ["12-", "12?", "12+", "12,", "12/"])
def test_a_sign_behind_a_number_is_no_unit_of_a_column_without_one(text):
    assert outcome(parse("count", text, "")) == (None, "BAD_VALUE", "")


@pytest.mark.parametrize("text", ["12+ คน", "12 คน+", "12? คน", "12 คน (?)", "12- คน"])
def test_a_doubt_beside_a_unit_is_not_folded_away(text):
    assert outcome(parse("count", text, "คน")) == (None, "BAD_VALUE", "")
