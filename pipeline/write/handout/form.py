"""The sheet that the district fills in: its heading with the code, the table, what is signed; all else is locked."""

from typing import Final

from pipeline.aids import ASKS, CHECK, DONE
from pipeline.thai import thai_date, thai_digits
from pipeline.write import metrics, words
from pipeline.write.book import put_foot, set_up
from pipeline.write.cells import Leaf, put, put_across
from pipeline.write.handout.checks import check_of
from pipeline.write.handout.plan import (
    PROTECTED,
    Line,
    Plan,
    groups_of,
    groups_points,
    label,
    starred,
    turned_points,
)
from pipeline.write.handout.printing import printed_parts, set_printed
from pipeline.write.handout.validation import put_validation
from schemas.form import DAY_KINDS, NUMERIC_KINDS, Column

NAME: Final = "แบบรายงาน"
CHECK_PX: Final = 420
_LABEL_PX: Final = 300
_FIELD_PX: Final = 220
SIGNED: Final = ("ตำแหน่ง", "โทร.", "วันที่รายงาน")
"""What stands below a person who reports."""
_GAP_POINTS: Final = 8
_ZOOM: Final = 80


def put_form(leaf: Leaf, plan: Plan, names: str) -> None:
    """Writes the sheet; `names` is the range that lists the district's local bodies."""
    set_up(leaf, plan.template.title, landscape=True)
    put_foot(leaf, f"รหัสแบบ {plan.template.code}")
    _put_heading(leaf, plan)
    _put_header(leaf, plan)
    for line in plan.lines:
        _put_line(leaf, plan, line)
    for place, column in enumerate(plan.columns):
        for first, last in _stretches(plan, column):
            put_validation(leaf, plan, column, (place, first, last), names)
    last_row = _put_signed(leaf, plan, printed_parts(plan)[0][1])
    _colour_checks(leaf, plan)
    sheet = leaf.sheet
    set_printed(leaf, plan, last_row)
    sheet.freeze_panes(plan.rows[0], plan.lead)
    sheet.set_zoom(_ZOOM)
    sheet.protect("", PROTECTED)


def _put_heading(leaf: Leaf, plan: Plan) -> None:
    template, row = plan.template, plan.title_row
    if template.sample:
        put_across(leaf, 0, 0, printed_parts(plan)[0][1], words.SAMPLE_BANNER, "sample")
    put(leaf, row, 0, thai_digits(template.title), "title")
    leaf.sheet.set_row(row, metrics.line_height(20))
    put(leaf, row + 1, 0, template.project, "subtitle")
    due = thai_date(template.due_at.astimezone(template.campaign.zone).date())
    whose = f"อำเภอ{template.district.name} จังหวัด{template.campaign.province} · กำหนดส่งภายในวันที่ {due}"
    put(leaf, row + 2, 0, whose, "label")
    star = " · ช่องที่มีเครื่องหมาย * ต้องกรอก" if starred(template.form) else ""
    put(leaf, plan.code_row, 0, f"รหัสแบบ: {template.code} · พิมพ์เฉพาะช่องสีเหลือง{star}", "label")
    for place, column in enumerate(plan.fields, start=plan.code_row + 1):
        unit = f" ({column.unit})" if column.unit and column.unit not in column.header else ""
        at, _ = _put_field(leaf, place, 0, f"{column.header}{unit}", _look(column, "fill"))
        put_validation(leaf, plan, column, (at, place, place), "")
    leaf.sheet.set_row(plan.header[0] - 1, _GAP_POINTS)


def _put_field(leaf: Leaf, row: int, first: int, text: str, look: str) -> tuple[int, int]:
    """A label from a column on and the dotted line behind it; returns the columns in which is written."""
    written = min(_reach(leaf, first, _LABEL_PX) + 1, len(leaf.widths) - 2)
    put_across(leaf, row, first, written - 1, text, "field")
    last = _reach(leaf, written, _FIELD_PX)
    if last > written:
        leaf.sheet.merge_range(row, written, row, last, "", leaf.paper.format_of(look))
    else:
        leaf.sheet.write_blank(row, written, None, leaf.paper.format_of(look))
    return written, last


def _reach(leaf: Leaf, first: int, wanted: float) -> int:
    """The column of the form at which the widths from `first` on come to what is wanted."""
    room = 0
    form = leaf.widths[:-1]
    for column in range(first, len(form)):
        room += form[column]
        if room >= wanted:
            return column
    return len(form) - 1


def _put_header(leaf: Leaf, plan: Plan) -> None:
    top, bottom = plan.header
    for group, first, last in groups_of(plan.columns):
        if group:
            put_across(leaf, top, first, last, group, "head")
            for place in range(first, last + 1):
                _put_label(leaf, plan, (bottom, bottom), place)
        else:
            _put_label(leaf, plan, (top, bottom), first)
    _put_down(leaf, (top, bottom), plan.check_column, CHECK, "key")
    if bottom > top:
        leaf.sheet.set_row(top, groups_points(plan.columns, plan.widths))
    leaf.sheet.set_row(bottom, _header_height(leaf, plan))


def _put_label(leaf: Leaf, plan: Plan, rows: tuple[int, int], place: int) -> None:
    column = plan.columns[place]
    _put_down(leaf, rows, place, label(column), "head_turned" if _is_turned(plan, column) else "head")


def _put_down(leaf: Leaf, rows: tuple[int, int], column: int, text: str, look: str) -> None:
    """A text in one cell, or in the cells of both rows of the header."""
    if rows[1] > rows[0]:
        leaf.sheet.merge_range(rows[0], column, rows[1], column, "", leaf.paper.format_of(look))
    put(leaf, rows[0], column, text, look)


def _is_turned(plan: Plan, column: Column) -> bool:
    return plan.turned and column.kind in NUMERIC_KINDS


def _header_height(leaf: Leaf, plan: Plan) -> float:
    """As high as the turned labels are long, and the others need lines."""
    turned = [column for column in plan.columns if _is_turned(plan, column)]
    upright = [
        metrics.line_count(label(column), leaf.widths[place], bold=True) * metrics.line_height()
        for place, column in enumerate(plan.columns)
        if column not in turned
    ]
    return max(turned_points(turned), *upright)


def _put_line(leaf: Leaf, plan: Plan, line: Line) -> None:
    for place, column in enumerate(plan.columns):
        given = plan.given(line, column)
        if given is None:
            look = leaf.paper.format_of(_look(column, "input"))
            leaf.sheet.write_blank(line.row, place, None, look)
        elif given == "":
            leaf.sheet.write_blank(line.row, place, None, leaf.paper.format_of("centre"))
        else:
            put(leaf, line.row, place, given, "centre" if column.kind == "ignored" else "text")
    put(leaf, line.row, plan.check_column, check_of(plan, line), "check")


def _look(column: Column, of: str) -> str:
    """The format of a cell to write in: of the table (`input`), or of a line to write on (`fill`)."""
    if column.kind in ("count", "money"):
        return f"{of}_{column.kind}"
    if column.kind in NUMERIC_KINDS:
        return f"{of}_number"
    return f"{of}_date" if column.kind in (*DAY_KINDS, "date") else f"{of}_text"


def _stretches(plan: Plan, column: Column) -> list[tuple[int, int]]:
    """The stretches of rows in which the district writes in a column."""
    stretches: list[tuple[int, int]] = []
    for line in plan.lines:
        if plan.given(line, column) is not None:
            continue
        if stretches and stretches[-1][1] == line.row - 1:
            stretches[-1] = (stretches[-1][0], line.row)
        else:
            stretches.append((line.row, line.row))
    return stretches


def _put_signed(leaf: Leaf, plan: Plan, last_column: int) -> int:
    """What is signed, two fields side by side where the first page is wide enough; returns the last row."""
    row, first = plan.foot_row - 1, 0
    for column in plan.template.form.columns:
        if column.level == "footer":
            for text in (column.header, *(SIGNED if column.kind == "person" else ())):
                row, first = (row, first) if first else (row + 1, 0)
                _, last = _put_field(leaf, row, first, text, "fill_text")
                beside = last + 2
                fits = _reach(leaf, beside, _LABEL_PX + _FIELD_PX) <= last_column
                first = beside if fits and not first else 0
    return row


def _colour_checks(leaf: Leaf, plan: Plan) -> None:
    """Green where a row is complete, amber where something is asked."""
    first, last = plan.rows
    for word, look in ((DONE, "check_done"), (ASKS, "check_asks")):
        rule = {
            "type": "text",
            "criteria": "begins with",
            "value": word,
            "format": leaf.paper.format_of(look),
        }
        leaf.sheet.conditional_format(first, plan.check_column, last, plan.check_column, rule)
