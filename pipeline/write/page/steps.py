"""What to do next, of all rounds together: each step with the districts that it is about."""

from collections.abc import Iterator, Sequence

from pipeline.model import RosterRow, RoundResult, Status
from pipeline.thai import thai_digits
from pipeline.write import sentences
from pipeline.write.page import parts
from pipeline.write.page.markup import Html, el, join
from pipeline.write.page.matrix import days_of
from pipeline.write.page.view import View, ahead, name, remaining, title

MOST_NAMES = 10
"""Districts named in one line; how many more there are is said, and the table has them all."""
Step = tuple[str, Sequence[Html]]
Named = Sequence[tuple[RosterRow, str]]


def steps_section(view: View) -> Html:
    """The steps in the order of their urgency. What nobody waits for is left out."""
    steps = [*_sending(view), *_deciding(view), *_mending(view), *_preparing(view)]
    items = [el("li", el("h3", heading), *lines) for heading, lines in steps]
    shown = el("ol", *items, class_="steps") if items else el("p", "ไม่มีเรื่องที่ต้องทำ")
    return parts.section("next", "สิ่งที่ต้องทำต่อไป", el("div", shown, class_="card"))


def _sending(view: View) -> Iterator[Step]:
    """Who has not sent, and whose report cannot be used."""
    if missing := list(_with_status(view, "missing")):
        yield "ติดตามอำเภอที่ยังไม่ส่ง", missing
    if unusable := list(_with_status(view, "unusable")):
        yield "ขอให้ส่งใหม่ เพราะไฟล์ที่ได้รับยังใช้ไม่ได้", unusable


def _deciding(view: View) -> Iterator[Step]:
    """What only the province can settle. It asks nothing of a district."""
    if view.waiting:
        where = el("p", "ไฟล์และเหตุผลอยู่ในส่วน ", el("a", "ไฟล์ที่ได้รับ", href="#files"), class_="quiet")
        heading = thai_digits(f"ยืนยันกับอำเภอว่าไฟล์ที่รอยืนยัน {len(view.waiting)} ไฟล์เป็นของใด และนับได้หรือไม่")
        yield heading, [*_with_status(view, "undecided"), where]


def _mending(view: View) -> Iterator[Step]:
    """What districts mend in reports that count, the most first."""
    lines = []
    for result in view.rounds:
        rows = [(row, view.to_mend(row)) for row in result.roster if row.counted_file and view.to_mend(row)]
        rows.sort(key=lambda each: -each[1])
        if rows:
            lines.append(_line(result, [(row, f"{count} จุด") for row, count in rows]))
    if lines:
        yield "ขอให้แก้ไขรายงานที่ส่งแล้ว", lines


def _preparing(view: View) -> Iterator[Step]:
    """The deadline that comes next."""
    coming = ahead(view)
    if coming:
        due = coming[0].round.due_at
        titles = " และ ".join(title(each) for each in coming if each.round.due_at == due)
        when = f"ภายในวันที่ {view.day(due, short=False)} ({remaining(view, due)})"
        yield "เตรียมกำหนดส่งถัดไป", [el("p", f"{titles} {when}")]


def _with_status(view: View, status: Status) -> Iterator[Html]:
    """A line for each round in which a district has the status."""
    for result in view.rounds:
        rows = sentences.with_status(result, status)
        if rows:
            yield _line(
                result, [(row, days_of(view, result, row)) for row in rows], _not_before(view, result)
            )


def _line(result: RoundResult, rows: Named, after: str = "") -> Html:
    """The round, and its districts, each leading to what is known of it."""
    named = [
        el("li", el("a", thai_digits(f"{row.district} {added}".rstrip()), href=f"#d-{row.district_code}"))
        for row, added in rows[:MOST_NAMES]
    ]
    if len(rows) > MOST_NAMES:
        named.append(el("li", thai_digits(f"และอีก {len(rows) - MOST_NAMES} อำเภอ")))
    told = join([name(result.round), el("small", after)]) if after else name(result.round)
    return el("div", el("p", told, class_="of"), el("ul", *named, class_="names"))


def _not_before(view: View, result: RoundResult) -> str:
    """From when on districts are reminded, as long as that lies ahead (design rule 8)."""
    start = view.results.campaign.reminded_from(result.round.due_at)
    return f" แจ้งเตือนได้ตั้งแต่ {view.moment(start)}" if result.round.due_at <= view.as_of < start else ""
