"""Which district and round a table is of (design rule 4).

The content decides: the form's code and the titles of the heading, then a column อำเภอ, the sheet's name, the rest of
the workbook, and last the local bodies it lists. A folder that says otherwise, or content at odds with itself, makes
the table undecided; a file's name that says otherwise is a note. Each placement keeps what every source says.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.context import Context
from pipeline.evidence import Evidence, of_form, open_rounds
from pipeline.form_code import FormCode
from pipeline.headings import form_codes, heading_date, heading_lines
from pipeline.model import Arrival, Campaign, Finding, Place, Placement, Round, Table, Testimony
from pipeline.names import Match, Names, resolve_local_body, retired_in
from pipeline.testimony import of_path, of_table, other_title, rounds_of_form, said_by

FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """What is said of one table: by itself, by its whole workbook, by its folders and its file's name; the rounds of
    its form that were open when it came; and `told`, each source by itself."""

    own: Evidence
    whole: Evidence
    folder: Evidence
    name: Evidence
    open: Sequence[str]
    told: tuple[Testimony, ...]


def identify(
    tables: Sequence[Table], arrival: Arrival, path: tuple[Evidence, Evidence], context: Context
) -> tuple[Placement, ...]:
    """A placement for each table of one workbook, in order; `path` is what `path_evidence` says of its file."""
    codes = [form_codes(table.heading, table.sheet, context.campaign)[0] for table in tables]
    told = [of_table(table, each, context) for table, each in zip(tables, codes, strict=True)]
    said = [
        _content(table, code, each, context.campaign)
        for table, code, each in zip(tables, codes, told, strict=True)
    ]
    whole = Evidence(
        frozenset[str]().union(*(each.districts for each in said)),
        frozenset[str]().union(*(each.rounds for each in said)),
    )
    folder, name = path
    might_be = open_rounds(arrival.received_at, context.campaign)
    return tuple(
        _place(
            table,
            Sources(
                own=_completed(own, whole),
                whole=whole,
                folder=folder,
                name=name,
                open=of_form(might_be, table.form, context.campaign),
                told=(*each, *_of_others(own, whole), *of_path(folder, name)),
            ),
            context,
        )
        for table, own, each in zip(tables, said, told, strict=True)
    )


def _content(
    table: Table, codes: frozenset[FormCode], told: Sequence[Testimony], campaign: Campaign
) -> Evidence:
    """What the table itself says: a code with the titles beside it, else the strongest source that speaks at all. A
    form that is asked for once says its round itself."""
    keys = rounds_of_form(table.form, campaign)
    if codes:
        heading = next((each for each in told if each.source == "heading"), Testimony("heading"))
        return _coded(
            codes, Evidence(frozenset(heading.districts), frozenset(heading.rounds)), table.form, keys
        )
    return Evidence(
        next((frozenset(each.districts) for each in told if each.districts), frozenset()),
        next(
            (frozenset(each.rounds) for each in told if each.rounds),
            keys if len(keys) == 1 else frozenset(),
        ),
    )


def _coded(codes: frozenset[FormCode], titled: Evidence, form: str, keys: frozenset[str]) -> Evidence:
    """What the code of a form says and what the titles beside it say: they agree, or contradict one another. The code
    of another form contradicts the table itself."""
    rounds = titled.rounds | {code.round for code in codes}
    if any(code.form != form for code in codes):
        rounds |= titled.rounds or keys
    return Evidence(titled.districts | {code.district for code in codes}, rounds)


def _of_others(own: Evidence, whole: Evidence) -> tuple[Testimony, ...]:
    """What the other sheets say, where this one is silent or says something else."""
    districts, rounds = whole.districts - own.districts, whole.rounds - own.rounds
    return (said_by("others", districts, rounds),) if districts or rounds else ()


def _completed(said: Evidence, whole: Evidence) -> Evidence:
    """A sheet that is silent means what the other sheets of its workbook say with one voice."""
    return Evidence(
        said.districts or (whole.districts if len(whole.districts) == 1 else frozenset()),
        said.rounds or (whole.rounds if len(whole.rounds) == 1 else frozenset()),
    )


def _place(table: Table, sources: Sources, context: Context) -> Placement:
    listed = _listed(table, sources.own.districts, context)
    placement = _decided(table, sources, listed, context)
    said = [*sources.told, *([said_by("bodies", listed)] if listed else [])]
    return replace(placement, said=tuple(said))


def _decided(table: Table, sources: Sources, listed: frozenset[str], context: Context) -> Placement:
    """`listed` is the district of the local bodies in the table, where it is clear."""
    said, folder, name = sources.own, sources.folder, sources.name
    districts = said.districts or listed
    told = of_form(sorted(folder.rounds | name.rounds), table.form, context.campaign)
    rounds = sorted(said.rounds) or told or sources.open
    if not districts:
        likely = folder.districts | name.districts
        return _undecided("NO_DISTRICT", table, [(code, key) for code in likely for key in rounds])
    if not said.rounds:
        return _undecided("NO_ROUND", table, [(code, key) for code in districts for key in rounds])
    if other_title(table, context.campaign):
        return _undecided("OTHER_TITLE", table, [(code, key) for code in districts for key in said.rounds])
    contradicting = _at_odds(table, listed, districts, said.rounds, context)
    if contradicting:
        return _undecided("MIXED_CONTENT", table, contradicting)
    content = Evidence(districts, sources.whole.rounds | said.rounds)
    if _otherwise(folder, content):
        places = [(code, key) for code in districts | folder.districts for key in said.rounds | folder.rounds]
        return _undecided("WRONG_FOLDER", table, places)
    notes = [Finding("DISTRICT_FROM_ROWS", table.sheet)] if not said.districts else []
    notes += [Finding("NAME_DIFFERS", table.sheet)] if _otherwise(name, content) else []
    notes += form_codes(table.heading, table.sheet, context.campaign)[1]
    return Placement(next(iter(districts)), next(iter(said.rounds)), findings=tuple(notes))


def _listed(table: Table, named: frozenset[str], context: Context) -> frozenset[str]:
    """The one district of the local bodies that a table lists, where they say it clearly: beside one that is named,
    that one, unless more of them belong to another; else the one in which all of them lie."""
    form = context.campaign.forms[table.form]
    labels = [str(row.cells[form.name_key].value) for row in table.rows if form.name_key in row.cells]
    if len(named) == 1:
        return _mostly(labels, next(iter(named)), context.names)
    return _from_rows(table, labels, context.names)


def _at_odds(
    table: Table, listed: frozenset[str], districts: frozenset[str], rounds: frozenset[str], context: Context
) -> list[Place]:
    """The places between which content contradicts itself: two districts or rounds in the heading, local bodies of
    another district, or a date of a later round. None when it does not."""
    foreign = listed - districts if len(districts) == 1 else frozenset()
    if len(districts) > 1 or len(rounds) > 1 or foreign:
        return [(code, key) for code in districts | foreign for key in rounds]
    district, key = next(iter(districts)), next(iter(rounds))
    later = _contradicting_date(table, context.campaign.round(key), context.campaign)
    return [(district, key), (district, later)] if later else []


def _undecided(code: str, table: Table, places: Sequence[Place]) -> Placement:
    return Placement("", "", code, tuple(sorted(places)), (Finding(code, table.sheet),))


def _otherwise(path: Evidence, content: Evidence) -> bool:
    """Whether a path clearly names a district or a round that the content does not."""
    return bool(
        (len(path.districts) == 1 and not path.districts & content.districts)
        or (len(path.rounds) == 1 and not path.rounds & content.rounds)
    )


def _from_rows(table: Table, labels: Sequence[str], names: Names) -> frozenset[str]:
    """The one district in which all the named local bodies lie, if there are at least two and only one such. None
    when the heading names a district that left the province: then nobody knows."""
    if any(retired_in(line, names) for line in heading_lines(table.heading)):
        return frozenset()
    found = [_districts_of(resolve_local_body(label, None, names), names) for label in labels]
    found = [districts for districts in found if districts]
    if len(found) < FEWEST_NAMES:
        return frozenset()
    common = frozenset.intersection(*found)
    return common if len(common) == 1 else frozenset()


def _mostly(labels: Sequence[str], named: str, names: Names) -> frozenset[str]:
    """The named district, or another to which more of the listed local bodies belong, at least two. Nothing where
    none of them is known."""
    tally = Counter[str]()
    for label in labels:
        tally.update(_districts_of(resolve_local_body(label, named, names), names))
    if not tally:
        return frozenset()
    most = min(tally, key=lambda code: (-tally[code], code))
    more = tally[most] > tally[named] and tally[most] >= FEWEST_NAMES
    return frozenset({most if more else named}) if more or tally[named] else frozenset()


def _districts_of(match: Match, names: Names) -> frozenset[str]:
    """The districts in which a name exists: of the local body it names, or of those it may mean."""
    codes = (match.code,) if match.code else match.candidates
    return frozenset(names.bodies.bodies[code].district_code for code in codes)


def _contradicting_date(table: Table, round_: Round, campaign: Campaign) -> str:
    """The round to which the date of the figures belongs, if that is a later one: its due date has come (case 55)."""
    dated, _ = heading_date(table.heading)
    if dated is None:
        return ""
    later = [
        other.key
        for other in campaign.rounds
        if other.form == round_.form and round_.due_at < other.due_at and other.due_at.date() <= dated
    ]
    return later[-1] if later else ""
