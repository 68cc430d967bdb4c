"""Labels of a form that is filled in once: which cells are one, and what stands behind it in the same cell."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.labels import LEVELS
from pipeline.extract.parts import labelled_parts
from pipeline.headings import plain, unnumbered
from pipeline.model import Cell
from pipeline.thai import fold
from schemas.form import Form


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it may be written, folded; `group` is the item that it belongs to, `key` empty for an item's own."""

    text: str
    key: str
    group: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that is a label, and what stands behind it in the same cell."""

    cell: Cell
    label: Label
    behind: str


def labels_of(form: Form) -> tuple[Label, ...]:
    """Every label of the form, the longest first; those of a group with each of its spellings."""
    found: dict[Label, None] = {}
    for column in form.row_columns:
        for written in column.labels:
            group, leaf = written.rpartition(LEVELS)[::2]
            if group:
                found[Label(_key(group), "", column.group)] = None
            found[Label(_key(leaf), column.key, column.group)] = None
    return tuple(sorted(found, key=lambda label: -len(label.text)))


def _key(text: str) -> str:
    return fold(unnumbered(text))


def marks_of(cells: Sequence[Cell], labels: Sequence[Label], form: Form) -> list[Mark]:
    """The labels of a sheet in reading order. One within a group is known only below its group's own label, or where
    the sheet has none: a sentence may well begin with หน่วยงาน. A cell that holds several of them answers its group."""
    texts = [_key(str(cell.value)) for cell in cells]
    own = [label for label in labels if not label.key]
    present = {label.group for label in own if any(text.startswith(label.text) for text in texts)}
    marks: list[Mark] = []
    here = ""
    for cell in cells:
        known = [
            label
            for label in labels
            if not label.key or label.group in ("", here) or label.group not in present
        ]
        mark = _mark(cell, known)
        if mark and not (mark.label.key and mark.label.group and _is_of_several(mark, form)):
            marks.append(mark)
            here = mark.label.group
    return marks


def _mark(cell: Cell, labels: Sequence[Label]) -> Mark | None:
    """The label that a cell is: its first line begins so, and no letter follows."""
    lines = cell.value.splitlines() if isinstance(cell.value, str) else []
    if not lines:
        return None
    text = unnumbered(lines[0])
    folded = fold(text)
    for label in labels:
        if folded.startswith(label.text):
            behind = _behind(text, label.text)
            if not behind[:1].isalpha():
                said = "\n".join([plain(behind).strip(" :.-–=*()"), *lines[1:]]).strip()
                return Mark(cell, label, said)
    return None


def _is_of_several(mark: Mark, form: Form) -> bool:
    columns = [column for column in form.row_columns if column.group == mark.label.group]
    return len(list(labelled_parts(str(mark.cell.value), columns))) > 1


def _behind(text: str, label: str) -> str:
    """What stands behind a label whose folded text a text begins with; vowels and tones belong to their consonant."""
    end = next(end for end in range(1, len(text) + 1) if fold(text[:end]) == label)
    while end < len(text) and unicodedata.category(text[end]) == "Mn":
        end += 1
    return text[end:]
