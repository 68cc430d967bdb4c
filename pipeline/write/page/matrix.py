"""Districts by rounds: one table that shows the whole campaign."""

from collections.abc import Iterator

from pipeline.model import RosterRow, RoundResult
from pipeline.thai import thai_digits
from pipeline.write.page import parts
from pipeline.write.page.markup import Html, el, join
from pipeline.write.page.view import View, name, number, received
from pipeline.write.sheets.missing import days_overdue


def matrix_section(view: View) -> Html:
    """A row for each district, a column for each round; each status in words."""
    heads = [parts.head("อำเภอ"), *(parts.head(_heading(view, each)) for each in view.rounds)]
    caption = "สถานะของแต่ละอำเภอในแต่ละครั้ง เลือกชื่ออำเภอเพื่อดูรายละเอียด"
    made = parts.table(caption, heads, _rows(view), foot=_foot(view), class_="matrix")
    return parts.section("table", "ทุกอำเภอ ทุกครั้ง", made)


def _heading(view: View, result: RoundResult) -> Html:
    return join([name(result.round), " ", el("small", view.day(result.round.due_at))])


def _rows(view: View) -> Iterator[Html]:
    rosters = [{row.district_code: row for row in each.roster} for each in view.rounds]
    for district in view.results.campaign.registry.districts:
        there = el("th", el("a", district.name, href=f"#d-{district.code}"), scope="row", role="rowheader")
        cells = [
            _cell(view, each, roster[district.code])
            for each, roster in zip(view.rounds, rosters, strict=True)
            if district.code in roster
        ]
        yield parts.row(there, *cells)


def _cell(view: View, result: RoundResult, row: RosterRow) -> Html:
    said = [days_of(view, result, row), *_incomplete(view, row)]
    kind = "ahead" if row.status == "pending" else ""
    return parts.cell(name(result.round), parts.chip(row.status, result.round, *said), class_=kind)


def days_of(view: View, result: RoundResult, row: RosterRow) -> str:
    """How many days a report is late, or overdue; empty where it is neither."""
    if row.status == "missing" and not result.round.no_lateness:
        return f"เลย {days_overdue(row.due_at, view.as_of)} วัน"
    return f"{row.days_late} วัน" if row.status == "late" else ""


def _incomplete(view: View, row: RosterRow) -> list[str]:
    """What a report that counts still lacks."""
    fixes = view.to_mend(row)
    return [
        f"อปท. {number(row)}"
        if row.counted_file and row.local_bodies_reported < row.local_bodies_expected
        else "",
        f"ต้องแก้ {fixes}" if fixes and row.counted_file else "",
    ]


def _foot(view: View) -> Html:
    """How many have sent in each round."""
    cells = [
        parts.cell(name(each.round), el("b", thai_digits(f"{received(each)} จาก {len(each.roster)}")))
        for each in view.rounds
    ]
    return parts.row(el("th", "ส่งแล้ว", scope="row", role="rowheader"), *cells)
