"""The first part of the page: the round that was due last. Who has sent, how complete it is, what its figures say."""

from collections.abc import Iterator

from pipeline.model import RosterRow, RoundResult, Status
from pipeline.thai import thai_digits
from pipeline.write import sentences, words
from pipeline.write.line import line_text
from pipeline.write.page import parts
from pipeline.write.page.arrivals import arrivals
from pipeline.write.page.markup import Html, el, join
from pipeline.write.page.totals import totals
from pipeline.write.page.view import View, ahead, received, remaining, tally, title

ASKED: tuple[Status, ...] = ("missing", "unusable", "undecided", "late")
"""Whose names stand in the list of what is to be followed up, in its order."""
_ALWAYS: tuple[Status, ...] = ("on_time", "late", "missing")


def latest_section(view: View, result: RoundResult) -> Html:
    """The round itself, beside it what is due next."""
    main = el("div", *_standing(view, result), class_="card main")
    when = arrivals(view, result)
    beside = (
        el("div", _next(view)),
        el("div", _coverage(result)),
        el("div", when, class_="when") if when else None,
    )
    side = el("div", *beside, class_="card side")
    return parts.section(
        "latest",
        f"ครั้งล่าสุด: {title(result)}",
        el("div", main, side, class_="pair"),
        totals(result),
        _line(view, result),
    )


def _standing(view: View, result: RoundResult) -> Iterator[Html | None]:
    counts = tally(result)
    due = f"กำหนดส่ง {view.day(result.round.due_at, short=False)}"
    lead = parts.sentence(
        [due, remaining(view, result.round.due_at), sentences.not_late(result.round).removesuffix(" · ")]
    )
    complete = sentences.complete(result)
    state = sentences.state(view.results, result).removeprefix(f"{words.SAMPLE} · ")
    yield el("p", lead, class_="lead")
    yield el("p", state, class_=f"state {'complete' if complete else 'draft'}")
    yield el("ul", *_leading(result), class_="tiles leading")
    yield parts.status_bar(counts, result.round)
    yield el("ul", *_by_status(result, counts), class_="tiles")
    yield _follow_up(result)
    beside = view.beside.get(result.round.key)
    yield parts.links(result.round.key, beside.files) if beside else None


def _leading(result: RoundResult) -> Iterator[Html]:
    """The figures asked first."""
    bodies, expected, _ = sentences.coverage_counts(result)
    yield _tile(received(result), "ส่งแล้ว", f"จาก {len(result.roster)} อำเภอ", "on_time")
    if result.form.grain != "district":
        yield _tile(bodies, "รวมตัวเลขแล้ว", f"จาก {expected} อปท.", "on_time")
    where = sum(row.must_fix > 0 for row in result.roster)
    yield _tile(sum(row.must_fix for row in result.roster), "ต้องแก้", f"จุด ใน {where} อำเภอ", "missing")


def _by_status(result: RoundResult, counts: dict[Status, int]) -> Iterator[Html]:
    always = () if result.round.no_lateness else _ALWAYS
    for status, word in words.statuses(result.round).items():
        if counts[status] or status in always:
            yield _tile(counts[status], word, "อำเภอ", status)


def _tile(count: int, label: str, unit: str, kind: str) -> Html:
    return el(
        "li",
        el("span", label, class_="label"),
        " ",
        el("b", f"{count:,}"),
        " ",
        el("span", thai_digits(unit), class_="unit"),
        class_=f"tile {kind}",
    )


def _follow_up(result: RoundResult) -> Html | None:
    """Districts by name, each leading to what is known of it below."""
    items: list[tuple[Html, Html]] = []
    for status in ASKED:
        rows = sentences.with_status(result, status)
        if rows:
            key = join(
                [
                    parts.chip(status, result.round),
                    el("span", thai_digits(f"{len(rows)} อำเภอ"), class_="count"),
                ]
            )
            items.append((key, el("ul", *(el("li", _named(row)) for row in rows), class_="names")))
    if not items:
        return el("p", "ทุกอำเภอส่งรายงานที่ใช้ได้แล้ว", class_="state complete") if received(result) else None
    return join([el("h3", "ต้องติดตาม"), parts.pairs(items, class_="follow")])


def _named(row: RosterRow) -> Html:
    late = thai_digits(f" {row.days_late} วัน") if row.status == "late" else ""
    return el("a", row.district + late, href=f"#d-{row.district_code}")


def _next(view: View) -> Html:
    """The deadlines ahead."""
    coming = ahead(view)
    head = el("h3", "กำหนดส่งถัดไป")
    if not coming:
        return join([head, el("p", "ครบกำหนดส่งทุกครั้งแล้ว")])
    items = [
        el(
            "li",
            el("b", title(each)),
            el("span", parts.sentence([view.day(each.round.due_at), remaining(view, each.round.due_at)])),
        )
        for each in coming
    ]
    return join([head, el("ol", *items, class_="deadlines")])


def _coverage(result: RoundResult) -> Html:
    """How many of those expected are in the figures."""
    bodies, expected, districts = sentences.coverage_counts(result)
    lines = [(districts, len(result.roster), "อำเภอ")]
    if result.form.grain != "district":
        lines.insert(0, (bodies, expected, "อปท."))
    shown = [
        el(
            "li",
            el("span", f"{part} จาก {whole} {unit}"),
            parts.share_bar(part, whole, f"รวมแล้ว {part} จาก {whole} {unit}"),
            el("b", f"{100 * part / max(whole, 1):.0f}%"),
        )
        for part, whole, unit in lines
    ]
    return join([el("h3", "ความครอบคลุมของตัวเลข"), el("ul", *shown, class_="coverage")])


def _line(view: View, result: RoundResult) -> Html:
    """The text for the districts' chat group: touched once it is chosen whole, to be copied."""
    text = "\n".join(line_text(view.results, result))
    return el(
        "details",
        el("summary", "ข้อความสำหรับกลุ่มไลน์"),
        el("p", "แตะที่ข้อความเพื่อเลือกทั้งหมด แล้วคัดลอก", class_="quiet"),
        el("pre", text, tabindex=0),
        class_="card screen",
    )
