"""The columns of a blank table -> columns of a form: as a form that is there has them, else as they are guessed."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.drafting.blank import BlankTable
from pipeline.drafting.guesses import guess, stated_unit
from pipeline.drafting.known import Known, find, of_kind, thai_part
from pipeline.drafting.sheet import label_text
from pipeline.drafting.stacks import BlankColumn
from pipeline.extract.headers import FEWEST_ANSWERS
from pipeline.extract.labels import LEVELS
from pipeline.forms import labels_of
from pipeline.thai import fold, fold_label
from schemas.form import Column, Form, Kind


@dataclass(frozen=True, slots=True)
class Drafted:
    """A column of the draft and the blank one that it was drafted from, of which an added name column has none; `known`
    is the column of a form that is there, `deed` whether it tells rows apart by what is done."""

    column: Column
    blank: BlankColumn | None
    known: Known | None = None
    deed: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A blank column that cannot be expressed: NUMBER, a number is its label · UNNAMED, only its group has a label ·
    SAME, `other` has the same labels."""

    blank: BlankColumn
    why: str
    other: BlankColumn | None = None


def draft_columns(
    table: BlankTable, forms: Sequence[Form], unit: str
) -> tuple[tuple[Drafted, ...], tuple[LeftOut, ...]]:
    """The columns of a table, and those that no table of ours can express.

    `forms` are those that are there, the nearest first; `unit` is that of the whole table."""
    left = tuple(_left_out(table.columns))
    kept = [blank for blank in table.columns if blank not in [each.blank for each in left]]
    used: set[str] = set()
    drafted: list[Drafted] = []
    for number, blank in enumerate(kept, start=1):
        known = next(filter(None, (_known(blank, form, used) for form in forms)), None)
        each = _as_known(blank, known) if known else _as_guessed(blank, unit)
        key = each.column.key or free_key(f"column_{number}", used)
        used.add(key)
        drafted.append(replace(each, column=replace(each.column, key=key)))
    return tuple(_with_synonyms(_asked(_with_one_name(drafted, forms)))), left


def path_of(blank: BlankColumn) -> tuple[str, ...]:
    """The labels above a column, top to bottom, as they are written in the tables."""
    return tuple(label_text(label.value) for label in blank.labels)


def _left_out(columns: Sequence[BlankColumn]) -> Iterator[LeftOut]:
    upper = Counter(label.position for column in columns for label in column.labels[:-1])
    first: dict[str, BlankColumn] = {}
    for column in columns:
        folded = _folded(path_of(column))
        if not isinstance(column.label.value, str):
            yield LeftOut(column, "NUMBER")
        elif upper[column.label.position] or not folded:
            yield LeftOut(column, "UNNAMED")
        elif folded in first:
            yield LeftOut(column, "SAME", first[folded])
        else:
            first[folded] = column


def _folded(path: Sequence[str]) -> str:
    return "".join(fold_label(text) for text in path)


def _known(blank: BlankColumn, form: Form, used: set[str]) -> Known | None:
    """What a form knows of a column by its labels, or by their Thai part; nothing where the unit is another."""
    path = path_of(blank)
    part = find(thai_part(path), form)
    known = find(path, form) or (replace(part, whole=False) if part else None)
    stated = stated_unit(str(blank.label.value), path[:-1], blank.under)
    fits = known and (not stated or fold(stated) in map(fold, known.column.unit.split("/")))
    return known if known and fits and known.column.key not in used else None


def _as_known(blank: BlankColumn, known: Known) -> Drafted:
    """Everything but the labels is the known column's; its own labels are other ways of writing."""
    labels = labels_of(blank.group, blank.header, _alone(known.column))
    return Drafted(replace(known.column, header=blank.header, group=blank.group, labels=labels), blank, known)


def _alone(column: Column) -> list[str]:
    """The ways of writing a column's label that mean it in another form, too: a header with its group."""
    return [label for label in column.labels if not (column.group and label == column.header)]


def _as_guessed(blank: BlankColumn, unit: str) -> Drafted:
    guessed = guess(str(blank.label.value), path_of(blank)[:-1], blank.under, unit)
    labels = labels_of(blank.group, blank.header, ())
    required = guessed.kind == "name"
    column = Column("", blank.header, blank.group, "row", guessed.kind, guessed.unit, required, False, labels)
    return Drafted(column, blank, deed=guessed.deed)


def free_key(key: str, used: Collection[str]) -> str:
    """The key, or one like it that is not in use."""
    return key if key not in used else free_key(f"{key}_", used)


def _with_one_name(drafted: Sequence[Drafted], forms: Sequence[Form]) -> list[Drafted]:
    """One column names the local body; where the blank has none, the sheet's name does, and a district that writes it
    in a column is understood."""
    names = [each for each in drafted if each.column.kind == "name"]
    if not names:
        known = of_kind(forms, "name")
        labels = labels_of("", "อปท.", ())
        plain = Column("lao_name", "อปท.", "", "row", "name", "", True, False, labels)
        return [Drafted(known.column if known else plain, None, known), *drafted]
    return [each if each not in names[1:] else _as_kind(each, "text") for each in drafted]


def _as_kind(each: Drafted, kind: Kind) -> Drafted:
    return replace(each, column=replace(each.column, kind=kind))


def _asked(drafted: Sequence[Drafted]) -> list[Drafted]:
    """A table is known by the columns that it must have: where it has few figures, by its words."""
    if sum(each.column.kept for each in drafted) >= FEWEST_ANSWERS:
        return list(drafted)
    words: tuple[Kind, ...] = ("item", "text", "choice", "start", "end")
    return [
        replace(each, column=replace(each.column, required=True))
        if each.column.kind in words and each.known is None
        else each
        for each in drafted
    ]


def _with_synonyms(drafted: Sequence[Drafted]) -> Iterator[Drafted]:
    """Each column with the other ways of writing its labels that mean no other column of the draft."""
    claimed = {_spelled(each.column.labels[0]): each.column.key for each in drafted}
    partly = Counter(_spelled(label) for each in drafted for label in _partly(each.blank))
    for each in drafted:
        own = each.column
        lower = [label for label in _partly(each.blank) if partly[_spelled(label)] == 1]
        kept = [
            label
            for label in (*lower, *own.labels[2 if own.group else 1 :])
            if claimed.setdefault(_spelled(label), own.key) == own.key
        ]
        yield replace(each, column=replace(own, labels=labels_of(own.group, own.header, kept)))


def _partly(blank: BlankColumn | None) -> list[str]:
    """Of three levels or more: each level by itself, so that the reader knows its row for one of labels, and the lower
    ones without the upper."""
    path = [text.replace("|", "/") for text in path_of(blank)] if blank else []
    return [LEVELS.join(path[start:]) for start in range(len(path) - 1 if len(path) > 2 else 0)]


def _spelled(label: str) -> str:
    group, _, leaf = label.rpartition(LEVELS)
    return fold_label(group) + fold_label(leaf)
