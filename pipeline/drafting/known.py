"""What the forms that are there already know of a blank form's labels."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.labels import LEVELS, NUMBER, form_labels
from pipeline.thai import clean, fold_label
from schemas.form import SAYS_ENOUGH, Column, Form, Kind

_LATIN = re.compile(r"[A-Za-z][A-Za-z'.,/& -]*")
_THAI = re.compile(r"[ก-ฮ]")

Path = tuple[str, ...]
"""The labels above a column, top to bottom."""


@dataclass(frozen=True, slots=True)
class Known:
    """A column of a form that is there: `whole` when all its labels agree, not only the lowest."""

    form: Form
    column: Column
    whole: bool = True


def nearest_first(forms: Mapping[str, Form], paths: Sequence[Path]) -> tuple[Form, ...]:
    """The forms by how many of the columns they know, the nearest first."""
    hits = Counter({key: sum(find(path, form) is not None for path in paths) for key, form in forms.items()})
    return tuple(forms[key] for key in sorted(forms, key=lambda key: (-hits[key], key)))


def find(path: Path, form: Form) -> Known | None:
    """The column of `form` under these labels: with its group, or by a label that says enough without one and does
    not stand under the group of another column."""
    said, groups = _said(form)
    folded = [label for text in path if (label := fold_label(text))]
    if len(folded) > 1 and folded[-1] == fold_label(NUMBER) and "".join(folded) not in said:
        folded = folded[:-1]
    for start in range(len(folded)):
        run = "".join(folded[start:])
        column = said.get(run)
        if column is None or (start and len(run) < SAYS_ENOUGH):
            continue
        if all(column.key in groups.get(above, {column.key}) for above in folded[:start]):
            return Known(form, column, whole=start == 0)
    return None


def thai_part(path: Path) -> Path:
    """The labels of a form in two languages without the other one; as they are where that would leave nothing."""
    return tuple(clean(_LATIN.sub(" ", text)) if _THAI.search(text) else text for text in path)


def of_kind(forms: Sequence[Form], kind: Kind) -> Known | None:
    """The first column of a kind in or around a table, in the order of the forms."""
    return next(
        (
            Known(form, column)
            for form in forms
            for column in form.columns
            if column.kind == kind and column.level != "answer"
        ),
        None,
    )


@lru_cache(64)
def _said(form: Form) -> tuple[Mapping[str, Column], Mapping[str, frozenset[str]]]:
    """The columns of a form's table by what stands above them, folded and joined; and the keys under each group. A
    short header (ทั้งหมด, ร้อยละ) says nothing without its group."""
    said: dict[str, Column] = {}
    for column in form.columns:
        if column.level != "row" and column.kind != "district":
            continue
        for label in column.labels:
            group, _, leaf = label.rpartition(LEVELS)
            if group or label != column.header or not column.group or len(fold_label(leaf)) >= SAYS_ENOUGH:
                said.setdefault(fold_label(group) + fold_label(leaf), column)
    return said, form_labels(form).groups
