"""ต้องแก้ไข: what to mend, where and how; one line per cause, ต้องแก้ first, notes counted per file."""

from collections import Counter
from collections.abc import Sequence

from pipeline.thai import thai_digits
from pipeline.write import layout, table, words
from pipeline.write.book import page
from pipeline.write.cells import Book, Page, put_across
from pipeline.write.grouping import Group, grouped
from pipeline.write.layout import FIRST_ROW
from pipeline.write.table import Field, Marked, Row

TITLE = "รายการที่ต้องแก้หรือโปรดชี้แจง"
_FIELDS = (
    Field("ที่", "centre", least=30),
    Field("ระดับ", "centre"),
    Field("อำเภอ", "wrap", least=90, most=130),
    Field("ไฟล์", "wrap", least=120, most=240),
    Field("แผ่นงาน", "wrap", least=70, most=140),
    Field("เซลล์", "wrap", least=60, most=130),
    Field("สิ่งที่พบ", "wrap", least=200, most=330),
    Field("วิธีแก้", "wrap", least=200, most=330),
    Field("จุด", "count"),
)


def put_sheet(book: Book, number: str = "") -> Page:
    """Writes the list with its filter: this round's, then files of no known round, then the notes, per file."""
    groups, unplaced = grouped(book.result.issues), grouped(book.results.unplaced)
    asked = [group for group in (*groups, *unplaced) if group.severity != "note"]
    rows = [_row(book, place, group) for place, group in enumerate(asked, start=1)]
    rows.extend(_note_rows(book, [*groups, *unplaced], len(rows) + 1))
    widths = table.widths(_FIELDS, rows, filtered=True)
    made = page(book, layout.FIXES, f"{number}{TITLE}", _subtitle(groups, unplaced), widths, landscape=True)
    below = table.put_table(made, FIRST_ROW, _FIELDS, rows, "ไม่มีรายการที่ต้องแก้หรือต้องชี้แจง")
    _put_progress(made, below + 1)
    if rows:
        made.sheet.autofilter(FIRST_ROW, 0, below - 1, len(_FIELDS) - 1)
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.freeze_panes(FIRST_ROW + 1, 0)
    return made


def _put_progress(made: Page, top: int) -> None:
    """Below the list: how far those that sent again have mended theirs."""
    last = len(_FIELDS) - 1
    again = [row for row in made.book.result.roster if words.progress(row)]
    if again:
        put_across(made, top, 0, last, "ฉบับแก้ไขที่ส่งมาแล้ว เทียบกับฉบับก่อน", "section")
    for number, row in enumerate(again, start=1):
        put_across(made, top + number, 0, last, thai_digits(f"{row.district}: {words.progress(row)}"), "line")


def _subtitle(groups: Sequence[Group], unplaced: Sequence[Group]) -> str:
    count = Counter[str]()
    for group in groups:
        count[group.severity] += group.count
    rest = sum(group.count for group in unplaced if group.severity != "note")
    more = f" · ไฟล์ที่ยังไม่ทราบครั้ง {rest:,} จุด" if rest else ""
    return thai_digits(
        f"ต้องแก้ {count['must_fix']:,} จุด · โปรดชี้แจง {count['please_explain']:,} จุด{more} · "
        "หนึ่งบรรทัดต่อหนึ่งสาเหตุ กรองตามระดับหรืออำเภอได้จากหัวตาราง"
    )


def _row(book: Book, number: int, group: Group) -> Row:
    return (
        number,
        Marked(words.SEVERITIES[group.severity], f"severity_{group.severity}"),
        _district(book, group.district_code),
        group.file,
        group.sheet,
        group.cells,
        group.what,
        group.remedy,
        group.count,
    )


def _note_rows(book: Book, groups: Sequence[Group], first: int) -> list[Row]:
    """A row per file that was read with changes: what they were, that nothing need be done, and how many."""
    files: dict[tuple[str, str], list[Group]] = {}
    for group in groups:
        if group.severity == "note":
            files.setdefault((group.district_code, group.file), []).append(group)
    return [
        (
            number,
            Marked(words.SEVERITIES["note"], "severity_note"),
            _district(book, code),
            file,
            "",
            "",
            " · ".join(dict.fromkeys(group.reason or group.message for group in found)),
            words.SEVERITY_MEANINGS["note"],
            sum(group.count for group in found),
        )
        for number, ((code, file), found) in enumerate(files.items(), start=first)
    ]


def _district(book: Book, code: str) -> str:
    names = {district.code: district.name for district in book.results.campaign.registry.districts}
    return names.get(code, "ยังไม่ทราบ")
