"""What the lines above and below a table say: rounds, districts, the date of the figures, the form's code."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.form_code import LABEL, FormCode, code_in, read
from pipeline.model import Campaign, Cell, Finding
from pipeline.names import Names, districts_in
from pipeline.normalise import parse_date, parse_round
from pipeline.thai import MONTHS, MONTHS_SHORT, arabic_digits, clean, fold

_MONTH = "|".join(re.escape(name[:3]) for name in (*MONTHS, *MONTHS_SHORT))
ROUND = re.compile(
    r"(?<!ประชุม)(?:ครั้ง|รอบ)\s*ที่\s*[:.]?\s*([^\s,;:_()\[\]\-–/]+)"
    rf"((?:\s*(?:[-–/,]|และ|ถึง)\s*\d+(?!\d|\s*(?:{_MONTH})))*)"
)
"""A round, and further ones behind it; a number before a month is a day."""
MORE_ROUNDS = re.compile(r"([-–/,]|และ|ถึง)\s*(\d+)")
FIRST_YEAR = 40
"""A number from here on behind a stroke is a year: ครั้งที่ 1/64."""
DATA_DATE = re.compile(r"(?:ข้อมูล\s*)?ณ\s*วันที่\s*[:.]?\s*(.*)")
BEFORE_LABEL = re.compile(r"^(?:[0-9๐-๙]{1,2}\s*[.)]|[-•*])?\s*(?:จำนวน)?\s*")
BLANK_DOTS = re.compile(r"[.…_]{2,}|…")


def plain(text: str) -> str:
    """A text without the dotted lines that are left to write on."""
    return clean(BLANK_DOTS.sub(" ", text))


FIELD_LABELS = tuple(
    fold(word) for word in ("อำเภอ", "จังหวัด", "ครั้งที่", "รอบที่", "ข้อมูล ณ", "ณ วันที่", "กพสอ", "เจ้าหน้าที่ พช", LABEL)
)


def is_field_label(value: object) -> bool:
    """Whether a cell of the heading is itself the label of a field, and so no value of its neighbour's."""
    return isinstance(value, str) and fold(unnumbered(value)).startswith(FIELD_LABELS)


def unnumbered(text: str) -> str:
    """A label without what may stand before it: ๓. จำนวน กพสอ. -> กพสอ."""
    return BEFORE_LABEL.sub("", clean(text), count=1)


def heading_lines(cells: Sequence[Cell]) -> list[str]:
    """The text of each row of cells, a label and its value side by side."""
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.position[0], []).append(plain(str(cell.value)))
    return [clean(" ".join(texts)) for texts in rows.values()]


def rounds_in(text: str) -> frozenset[str]:
    """The rounds that a line names: ครั้งที่ ๑, รอบที่ 2/2564, ครั้งที่ 1-4 (which names two at least)."""
    found: set[str] = set()
    for first, more in ROUND.findall(arabic_digits(text)):
        parsed = parse_round(first)
        if parsed.value is not None:
            others = [
                number
                for sign, number in MORE_ROUNDS.findall(more)
                if sign != "/" or int(number) < FIRST_YEAR
            ]
            found |= {str(parsed.value), *(str(int(number)) for number in others)}
    return frozenset(found)


def districts_named(lines: Sequence[str], names: Names) -> frozenset[str]:
    """Codes of the districts that any of the lines names."""
    return frozenset[str]().union(*(districts_in(line, names) for line in lines))


def rounds_named(lines: Sequence[str]) -> frozenset[str]:
    """The rounds that any of the lines names."""
    return frozenset[str]().union(*(rounds_in(line) for line in lines))


def heading_date(heading: Sequence[Cell]) -> tuple[date | None, Finding | None]:
    """The date of ข้อมูล ณ วันที่, in its own cell or the next; a note if its era was changed, BAD_DATE if it is none.

    Nothing where no date is stated.
    """
    for number, cell in enumerate(heading):
        match = DATA_DATE.search(plain(cell.value)) if isinstance(cell.value, str) else None
        if match:
            beside = heading[number + 1] if number + 1 < len(heading) else cell
            same_row = beside.position[0] == cell.position[0] and beside is not cell
            left_empty = bool(BLANK_DOTS.search(str(cell.value))) or is_field_label(beside.value)
            written = match[1].strip() or (beside.value if same_row and not left_empty else None)
            parsed = parse_date(written)
            code = parsed.problem or parsed.note
            place = cell.address if match[1].strip() else beside.address
            said = Finding(code, cell=place, value=dict(parsed.facts).get("written", ""), facts=parsed.facts)
            return parsed.value if isinstance(parsed.value, date) else None, said if code else None
    return None, None


def form_codes(
    heading: Sequence[Cell], sheet: str, campaign: Campaign
) -> tuple[frozenset[FormCode], tuple[Finding, ...]]:
    """The codes of this campaign's forms that a heading carries, and FORM_CODE for each that is none: its check digits
    are wrong, or no such form, round or district is there."""
    right: set[FormCode] = set()
    wrong: list[Finding] = []
    for cell, said in _codes_written(heading):
        code = read(said)
        if code is not None and _is_of(code, campaign):
            right.add(code)
        else:
            wrong.append(Finding("FORM_CODE", sheet, cell.address, said))
    return frozenset(right), tuple(wrong)


def _codes_written(heading: Sequence[Cell]) -> Iterator[tuple[Cell, str]]:
    """Each code behind its label, in the same cell or the next of the row."""
    for number, cell in enumerate(heading):
        if isinstance(cell.value, str) and LABEL in clean(cell.value):
            beside = [one for one in heading[number + 1 : number + 2] if one.position[0] == cell.position[0]]
            written = [
                (cell, code_in(cell.value)),
                *((one, code_in(f"{LABEL} {one.value}")) for one in beside),
            ]
            yield from [(place, said) for place, said in written if said][:1]


def _is_of(code: FormCode, campaign: Campaign) -> bool:
    rounds = {(round_.form, round_.key) for round_ in campaign.rounds}
    return (code.form, code.round) in rounds and code.district in {
        each.code for each in campaign.registry.districts
    }
