"""What each source says of a table's district and round, one by one: the evidence that a question shows."""

from collections.abc import Iterable

from pipeline.context import Context
from pipeline.evidence import Evidence
from pipeline.form_code import FormCode
from pipeline.headings import districts_named, heading_date, heading_lines, rounds_in, rounds_named
from pipeline.model import Campaign, Table, Testimony
from pipeline.names import districts_in, find_district
from pipeline.thai import clean, fold, thai_date

SOURCES = {
    "code": "รหัสแบบ",
    "heading": "หัวเรื่อง",
    "column": "คอลัมน์อำเภอ",
    "sheet": "ชื่อแผ่น",
    "footer": "ท้ายตาราง",
    "bodies": "รายชื่อ อปท.",
    "date": "วันที่ของข้อมูล",
    "others": "แผ่นอื่นในไฟล์",
    "folder": "โฟลเดอร์",
    "name": "ชื่อไฟล์",
    "title": "ชื่อแบบในหัวเรื่อง",
    "columns": "คอลัมน์ในตาราง",
}
"""Where something may stand that speaks for a place, in the words of a question."""


def of_table(table: Table, codes: Iterable[FormCode], context: Context) -> tuple[Testimony, ...]:
    """What the table says of itself, the strongest source first. A form that is asked for once says its round by
    being that form; the rounds of other forms are no evidence."""
    heading, footer, sheet = heading_lines(table.heading), heading_lines(table.footer), clean(table.sheet)
    names, keys = context.names, rounds_of_form(table.form, context.campaign)
    column = [str(row.cells["district"].value) for row in table.rows if "district" in row.cells]
    listed = frozenset(code for text in column if (code := find_district(text, names)))
    coded = list(codes)
    return _speaking(
        said_by("code", [code.district for code in coded], [code.round for code in coded]),
        said_by("heading", districts_named(heading, names), rounds_named(heading) & keys),
        said_by("column", listed, ()),
        said_by("sheet", districts_in(sheet, names), rounds_in(sheet) & keys),
        said_by("footer", districts_named(footer, names), rounds_named(footer) & keys),
        _of_date(table),
        *_of_title(table, context.campaign),
    )


def of_path(folder: Evidence, name: Evidence) -> tuple[Testimony, ...]:
    """What the folders of a file say, and its name."""
    return _speaking(
        said_by("folder", folder.districts, folder.rounds), said_by("name", name.districts, name.rounds)
    )


def said_by(source: str, districts: Iterable[str], rounds: Iterable[str] = ()) -> Testimony:
    """What one source says, in a fixed order."""
    return Testimony(source, tuple(sorted(set(districts))), tuple(sorted(set(rounds))))


def rounds_of_form(form: str, campaign: Campaign) -> frozenset[str]:
    """The rounds that ask for a form."""
    return frozenset(round_.key for round_ in campaign.rounds if round_.form == form)


def other_title(table: Table, campaign: Campaign) -> str:
    """The form whose title stands over a table of another form; empty where the own title stands there, too."""
    said = [fold(line) for line in heading_lines(table.heading)]
    own = campaign.forms[table.form]
    if any(fold(title) in line for title in (own.title, *own.titles) for line in said):
        return ""
    others = [form for form in campaign.forms.values() if form.key != table.form]
    return next((form.key for form in others if any(fold(form.title) in line for line in said)), "")


def in_words(said: Iterable[Testimony], campaign: Campaign) -> str:
    """Each source with what it says: หัวเรื่อง: อำเภอเดชอุดม ครั้งที่ ๑ · โฟลเดอร์: อำเภอน้ำยืน."""
    return " · ".join(f"{SOURCES[each.source]}: {_told(each, campaign)}" for each in said)


def _told(said: Testimony, campaign: Campaign) -> str:
    districts = " และ ".join(f"อำเภอ{campaign.registry.district(code).name}" for code in said.districts)
    rounds = " และ ".join(campaign.round(key).title for key in said.rounds)
    return " ".join(filter(None, (districts, rounds, said.text)))


def _of_date(table: Table) -> Testimony:
    dated, _ = heading_date(table.heading)
    return Testimony("date", text=thai_date(dated) if dated else "")


def _of_title(table: Table, campaign: Campaign) -> tuple[Testimony, ...]:
    """The title of another form, and that of the form whose columns stand below it."""
    other = other_title(table, campaign)
    if not other:
        return ()
    titles = campaign.forms[other].title, campaign.forms[table.form].title
    return Testimony("title", text=titles[0]), Testimony("columns", text=titles[1])


def _speaking(*said: Testimony) -> tuple[Testimony, ...]:
    return tuple(each for each in said if each.districts or each.rounds or each.text)
