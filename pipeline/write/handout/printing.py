"""How a form is printed: whole where that is readable, else in parts that lie side by side."""

from typing import Final

from pipeline.write.cells import Leaf
from pipeline.write.handout.plan import Plan, groups_of
from pipeline.write.layout import reference

_WIDEST_PX: Final = 1450
"""Columns that are wider together are smaller than 11.5 points on A4 across."""
_STEP_PX: Final = 10


def set_printed(leaf: Leaf, plan: Plan, last_row: int) -> None:
    """A form that is too wide for its paper is printed in parts, each with the header and with whose the rows are."""
    name = leaf.sheet.get_name()
    parts = printed_parts(plan)
    tops = [0, *(plan.header[0] for _ in parts[1:])]
    ends = [last_row, *(plan.rows[1] for _ in parts[1:])]
    areas = [
        reference(name, top, first, end, last)
        for top, end, (first, last) in zip(tops, ends, parts, strict=True)
    ]
    leaf.paper.workbook.define_name(f"'{name}'!_xlnm.Print_Area", f"={','.join(areas)}")
    leaf.sheet.repeat_rows(*plan.header)
    if len(parts) > 1:
        leaf.sheet.repeat_columns(0, plan.lead - 1)


def printed_parts(plan: Plan) -> list[tuple[int, int]]:
    """The first and the last column of each part that is printed, all but the first beside the repeated lead: as few
    as are readable, about as wide as one another, and never through a group."""
    lead, total = sum(plan.widths[: plan.lead]), sum(plan.widths)
    widest = _WIDEST_PX - lead
    count = len(_packed(plan, widest))
    even = range((total - lead) // count, widest, _STEP_PX)
    (_, first), *others = next(
        (parts for most in even if len(parts := _packed(plan, most)) == count), _packed(plan, widest)
    )
    return [(0, first), *others]


def _packed(plan: Plan, most: int) -> list[tuple[int, int]]:
    """The columns after the lead in parts that are at most so wide (pixels), unless a group alone is wider."""
    parts: list[tuple[int, int]] = []
    for _, first, last in groups_of(plan.columns[plan.lead :]):
        begins = parts[-1][0] if parts else plan.lead
        if parts and sum(plan.widths[begins : plan.lead + last + 1]) <= most:
            parts[-1] = (begins, plan.lead + last)
        else:
            parts.append((plan.lead + first, plan.lead + last))
    return parts
