"""Every file that is not in the figures, by name and with the reason; then what else belongs to no round."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pipeline.model import FileRow, Issue
from pipeline.thai import thai_digits
from pipeline.write import words
from pipeline.write.grouping import Group, grouped
from pipeline.write.page import parts
from pipeline.write.page.markup import Child, Html, el, quoted
from pipeline.write.page.view import View, name

ASKED: Final = "รอผู้วิเคราะห์ของจังหวัดยืนยันกับอำเภอ"
NOTHING: Final = "ไม่ต้องทำอะไร"
_URGENCY: Final = {"undecided": 0, "unusable": 1}
_SENT_AGAIN: Final = f"{NOTHING} เพราะส่งฉบับใหม่มาแทนแล้ว"


def files_section(view: View) -> Html:
    """How many files came and what became of them; then those that are set aside, and why."""
    counts = Counter(row.verdict for row in view.results.files)
    said = " · ".join(f"{words.VERDICTS[verdict]} {count}" for verdict, count in counts.most_common())
    lead = thai_digits(f"พบ {len(view.results.files)} ไฟล์: {said}") if said else "ยังไม่มีไฟล์ที่ได้รับ"
    lines = (el("p", lead), *_set_aside(view), _rest(view))
    return parts.section("files", "ไฟล์ที่ได้รับ", el("div", *lines, class_="card"))


def _set_aside(view: View) -> Iterator[Html | None]:
    """A row for each file that does not count: first those that somebody must act upon, then, folded, the others."""
    said = _said(view)
    files = [row for row in view.results.files if row.verdict != "counted"]
    files.sort(key=lambda row: _URGENCY.get(row.verdict, len(_URGENCY)))
    groups = {
        row: grouped(each for each in said.get(row.path, ()) if each.code in row.codes) for row in files
    }
    open_ = [row for row in files if any(group.severity == "must_fix" for group in groups[row])]
    done = [row for row in files if row not in open_]
    if open_:
        yield _table(view, "ไฟล์ที่ยังไม่ได้นำมารวม ต้องทำต่อ", open_, groups)
    if done:
        summary = el(
            "summary",
            "ไฟล์ที่ไม่ได้นำมารวม และไม่ต้องทำอะไร",
            el("span", thai_digits(f"{len(done)} ไฟล์"), class_="told"),
        )
        yield el(
            "details", summary, _table(view, "ไฟล์ที่ไม่ได้นำมารวม และไม่ต้องทำอะไร", done, groups), class_="more"
        )


def _table(
    view: View, caption: str, files: Sequence[FileRow], groups: Mapping[FileRow, Sequence[Group]]
) -> Html:
    heads = [parts.head(text) for text in ("ไฟล์", "ผล", "เป็นของ", "สิ่งที่พบ", "ต้องทำอะไร")]
    return parts.table(caption, heads, [_row(view, row, groups[row]) for row in files], class_="unplaced")


def _said(view: View) -> Mapping[str, Sequence[Issue]]:
    """Everything that is said of each file. What is said of it in several rounds in the same words is said once."""
    found: dict[str, dict[tuple[str, str, str], Issue]] = {}
    everything = (*(issue for each in view.rounds for issue in each.issues), *view.results.unplaced)
    for issue in everything:
        found.setdefault(issue.file, {}).setdefault((issue.code, issue.sheet, issue.message), issue)
    return {file: tuple(issues.values()) for file, issues in found.items()}


def _row(view: View, row: FileRow, groups: Sequence[Group]) -> Html:
    when = el("small", f"ได้รับ {view.moment(row.received_at)}") if row.received_at else None
    chip = el("span", words.VERDICTS[row.verdict], class_=f"chip {_tone(row)}")
    return parts.row(
        el("th", quoted(row.path), when, scope="row", role="rowheader"),
        parts.cell("ผล", chip),
        parts.cell("เป็นของ", *_places(view, row)),
        parts.cell("สิ่งที่พบ", *_lines(group.what for group in groups)),
        parts.cell("ต้องทำอะไร", *_lines(_todo(view, row, group) for group in groups)),
    )


def _tone(row: FileRow) -> str:
    return row.verdict if row.verdict in _URGENCY else "note"


def _places(view: View, row: FileRow) -> Iterator[Child]:
    """The districts and rounds that a file is of, or may be of."""
    campaign = view.results.campaign
    if not row.places:
        yield "ไม่ทราบ"
    for code in dict.fromkeys(code for code, _ in row.places):
        rounds = ", ".join(name(each) for each in campaign.rounds if (code, each.key) in row.places)
        yield el("a", campaign.registry.district(code).name, href=f"#d-{code}")
        yield el("small", rounds)


def _todo(view: View, row: FileRow, group: Group) -> str:
    """What is to be done. A question is the analyst's, whose own list has the line to answer it with."""
    if view.waits(group):
        return ASKED
    if row.verdict == "unusable" and row.places and group.severity == "note":
        return _SENT_AGAIN
    return group.remedy


def _rest(view: View) -> Html | None:
    """What belongs to no round and is not about a file above: an answer without a question, a sheet of a report."""
    above = {(row.path, code) for row in view.results.files if row.verdict != "counted" for code in row.codes}
    groups = grouped(issue for issue in view.results.unplaced if (issue.file, issue.code) not in above)
    if not groups:
        return None
    heads = [parts.head(text) for text in ("ไฟล์", "ระดับ", "สิ่งที่พบ", "ต้องทำอะไร")]
    rows = [
        parts.row(
            el("th", quoted(group.file), scope="row", role="rowheader"),
            parts.cell("ระดับ", el("span", words.SEVERITIES[group.severity], class_=f"chip {group.severity}")),
            parts.cell("สิ่งที่พบ", quoted(group.what)),
            parts.cell("ต้องทำอะไร", quoted(group.remedy)),
        )
        for group in groups
    ]
    return parts.table("เรื่องอื่นที่ไม่ได้เป็นของครั้งใด", heads, rows, class_="unplaced")


def _lines(texts: Iterable[str]) -> Iterator[Html]:
    """One below the other, each once."""
    return (el("p", quoted(text)) for text in dict.fromkeys(texts))
