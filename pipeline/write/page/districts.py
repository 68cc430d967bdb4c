"""Each district by itself: what it is asked for, where each of its reports stands, what is due next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import District, RosterRow, RoundResult
from pipeline.write import words
from pipeline.write.page import parts
from pipeline.write.page.asked import asked_of
from pipeline.write.page.causes import Cause, causes_list, causes_of
from pipeline.write.page.markup import Html, el, quoted
from pipeline.write.page.matrix import days_of
from pipeline.write.page.view import View, name, number, remaining


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One district: its rows with their rounds, and what it has to mend."""

    district: District
    rows: tuple[tuple[RoundResult, RosterRow], ...]
    causes: Sequence[Cause]


def districts_section(view: View) -> Html:
    """A part for each district, folded; one that is asked for anything is printed open."""
    causes = causes_of(view)
    shown = []
    for district in view.results.campaign.registry.districts:
        rows = tuple(
            (each, row) for each in view.rounds for row in each.roster if row.district_code == district.code
        )
        shown.append(_district(view, Standing(district, rows, causes.get(district.code, ()))))
    return parts.section("districts", "รายอำเภอ", *shown)


def _district(view: View, standing: Standing) -> Html:
    asked = [each for result, row in standing.rows for each in asked_of(view, result, row)]
    must_send = any(each.kind in ("missing", "unusable") for each in asked)
    tone = "urgent" if must_send else "open" if asked else "calm"
    told = " · ".join(each.short for each in asked) or "ไม่มีเรื่องค้าง"
    district = standing.district
    return el(
        "details",
        el("summary", el("h3", district.name), el("span", told, class_=f"told {tone}")),
        el("ul", *(el("li", each.sentence, class_=each.kind) for each in asked), class_="asked")
        if asked
        else None,
        _table(view, standing),
        causes_list(view, standing.causes),
        _coming(view, standing),
        _files(view, standing),
        id=f"d-{district.code}",
        class_="card district",
    )


def _table(view: View, standing: Standing) -> Html | None:
    """Where each report stands that is due or has come."""
    heads = [
        *(parts.head(text) for text in ("ครั้ง", "กำหนดส่ง", "สถานะ", "ได้รับเมื่อ")),
        *(parts.head(text, class_="number") for text in ("อปท.", "ต้องแก้", "ชี้แจง")),
        parts.head("หมายเหตุ"),
    ]
    rows = [
        parts.row(
            el("th", name(result.round), scope="row", role="rowheader"),
            parts.cell("กำหนดส่ง", view.day(row.due_at)),
            parts.cell("สถานะ", parts.chip(row.status, result.round, days_of(view, result, row))),
            parts.cell("ได้รับเมื่อ", *_received(view, row)),
            parts.cell("อปท.", number(row) if result.form.grain != "district" else "", class_="number"),
            _count("ต้องแก้", view.to_mend(row)),
            _count("ชี้แจง", row.please_explain),
            parts.cell("หมายเหตุ", *_remarks(row), class_="remarks"),
        )
        for result, row in standing.rows
        if row.status != "pending"
    ]
    return (
        parts.table(f"รายงานของอำเภอ{standing.district.name}", heads, rows, class_="reports")
        if rows
        else None
    )


def _count(label: str, count: int) -> Html:
    return parts.cell(label, f"{count:,}", class_="number" if count else "number zero")


def _received(view: View, row: RosterRow) -> Iterator[Html | str]:
    """When the first report came and, where another counts, when that one did."""
    if row.first_received_at is None:
        yield "ยังไม่ได้รับ"
        return
    yield view.moment(row.first_received_at)
    if row.receipt_source == "file_time":
        yield el("small", words.SOURCES["file_time"])
    if row.counted_at and row.counted_at != row.first_received_at:
        yield el("small", f"ฉบับที่นับ {view.moment(row.counted_at)}")


def _remarks(row: RosterRow) -> Iterator[Html]:
    if done := words.progress(row):
        yield el("b", done)
    if row.note:
        yield el("small", quoted(row.note))


def _coming(view: View, standing: Standing) -> Html | None:
    """The deadlines that are ahead of this district."""
    items = [
        el(
            "li",
            parts.sentence([name(result.round), view.day(row.due_at), remaining(view, row.due_at)]),
            class_="extended" if row.due_at != result.round.due_at else "",
        )
        for result, row in standing.rows
        if row.status == "pending"
    ]
    return el("div", el("h4", "กำหนดส่งถัดไป"), el("ul", *items), class_="coming") if items else None


def _files(view: View, standing: Standing) -> Html | None:
    """The district's own files beside the page: its workbook as it is given back, and its receipt."""
    found = []
    for key, beside in view.beside.items():
        for file in sorted(beside.files):
            folder, _, rest = file.partition("/")
            if rest.partition(".")[0] == standing.district.code and folder in _OWN:
                round_ = view.results.campaign.round(key)
                found.append(el("li", parts.link(f"{key}/{file}", f"{_OWN[folder]} {name(round_)}")))
    return el("ul", *found, class_="links") if found else None


_OWN = {"returned": "ไฟล์ที่ทำเครื่องหมายไว้แล้ว", "receipts": "ใบรับ"}
