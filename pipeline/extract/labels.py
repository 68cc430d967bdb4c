"""The labels of a form, folded, so that a header is recognised however it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.thai import fold_label
from schemas.form import Form

LEVELS = " > "
NUMBER = "จำนวน"


@dataclass(frozen=True, slots=True)
class Label:
    """One label above a column; `own` when it stands there or in a merge, not taken over from the left."""

    text: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class Labels:
    """`paths`: a folded label, with or without its group -> key; `alone`: labels that mean a column only where no
    group stands above them; `neutral`: sub-labels that only say a number stands there (จำนวน, a unit);
    `groups`: folded group, and each of its levels -> the keys under it; `words`: every folded label and group, to
    know a header row by."""

    paths: Mapping[str, str]
    alone: Mapping[str, str]
    neutral: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    words: frozenset[str]


def form_labels(form: Form) -> Labels:
    """The labels of a form's table columns; อำเภอ too, which some write as a column.

    A leaf that several columns share (ทั้งหมด) means nothing without its group, so alone it is no path; where the
    form lists it as one column's own way of writing (จำนวนครัวเรือน), it is enough if no group stands above it.
    """
    paths: dict[str, str] = {}
    owners: dict[str, set[str]] = {}
    groups: dict[str, set[str]] = {}
    for column in form.columns:
        if column.level != "row" and column.kind != "district":
            continue
        for label in column.labels:
            *levels, leaf = (fold_label(part) for part in label.split(LEVELS))
            group = "".join(levels)
            paths.setdefault(group + leaf, column.key)
            owners.setdefault(leaf, set()).add(column.key)
            for level in filter(None, {group, *levels}):
                groups.setdefault(level, set()).add(column.key)
    listed = {
        fold_label(label): column.key
        for column in form.columns
        for label in column.labels
        if LEVELS not in label and not (column.group and label == column.header)
    }
    shared = {leaf for leaf, keys in owners.items() if len(keys) > 1}
    return Labels(
        paths={path: key for path, key in paths.items() if path not in shared},
        alone={label: key for label, key in listed.items() if label in shared},
        neutral=frozenset(
            {fold_label(NUMBER)} | {fold_label(column.unit) for column in form.columns if column.unit}
        ),
        groups={group: frozenset(keys) for group, keys in groups.items()},
        words=frozenset(paths) | frozenset(owners) | frozenset(groups),
    )


def match(path: Sequence[Label], labels: Labels) -> str:
    """The key of the column under the labels of `path` (top to bottom), or empty if it is none of the form's.

    The longest run of levels that is known wins. A leaf alone is not enough under another column's group.
    """
    folded = [(text, label.own) for label in path if (text := fold_label(label.text))]
    if (
        len(folded) > 1
        and folded[-1][0] in labels.neutral
        and "".join(text for text, _ in folded[-2:]) not in labels.paths
    ):
        folded = folded[:-1]
    if len(folded) == 1 and folded[0][0] in labels.alone:
        return labels.alone[folded[0][0]]
    for start in range(len(folded)):
        key = labels.paths.get("".join(text for text, _ in folded[start:]), "")
        if key and _fits(key, folded[:start], labels):
            return key
    for start in range(len(folded) - 2):
        key = labels.paths.get(
            folded[start][0] + folded[-1][0], ""
        )  # a level between says nothing of the form
        if key:
            return key
    return ""


def _fits(key: str, above: Sequence[tuple[str, bool]], labels: Labels) -> bool:
    """Whether no label of its own above it is another column's group."""
    return all(key in labels.groups.get(text, {key}) for text, own in above if own)
