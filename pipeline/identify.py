"""Which district and round a table is of (design rule 4).

The content decides: the form's code and the titles of the heading, then a column อำเภอ, the sheet's name, the rest of
the workbook, and last the local bodies it lists. A folder that says otherwise, or content at odds with itself, makes
the table undecided; a file's name that says otherwise is a note.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.context import Context
from pipeline.evidence import Evidence, of_form, open_rounds
from pipeline.form_code import FormCode
from pipeline.headings import (
    districts_named,
    form_codes,
    heading_date,
    heading_lines,
    rounds_in,
    rounds_named,
)
from pipeline.model import Arrival, Campaign, Finding, Place, Placement, Round, Table
from pipeline.names import Match, Names, districts_in, find_district, resolve_local_body, retired_in
from pipeline.thai import clean

FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is said of one table: by itself, by its whole workbook, by its folders and its file's name; and the
    rounds of its form that were open when it came."""

    own: Evidence
    whole: Evidence
    folder: Evidence
    name: Evidence
    open: Sequence[str]


def identify(
    tables: Sequence[Table], arrival: Arrival, path: tuple[Evidence, Evidence], context: Context
) -> tuple[Placement, ...]:
    """A placement for each table of one workbook, in order; `path` is what `path_evidence` says of its file."""
    said = [_content(table, context) for table in tables]
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
                _completed(each, whole), whole, folder, name, of_form(might_be, table.form, context.campaign)
            ),
            context,
        )
        for table, each in zip(tables, said, strict=True)
    )


def _content(table: Table, context: Context) -> Evidence:
    """What the table itself says, the strongest source first. A form that is asked for once says its round itself."""
    campaign, names = context.campaign, context.names
    heading, footer = heading_lines(table.heading), heading_lines(table.footer)
    keys = frozenset(round_.key for round_ in campaign.rounds if round_.form == table.form)
    codes, _ = form_codes(table.heading, table.sheet, campaign)
    if codes:
        titled = Evidence(districts_named(heading, names), rounds_named(heading) & keys)
        return _coded(codes, titled, table.form, keys)
    column = [str(row.cells["district"].value) for row in table.rows if "district" in row.cells]
    listed = frozenset(code for text in column if (code := find_district(text, names)))
    district_sources = (
        districts_named(heading, names),
        listed,
        districts_in(clean(table.sheet), names),
        districts_named(footer, names),
    )
    round_sources = (
        rounds_named(heading),
        rounds_in(clean(table.sheet)),
        rounds_named(footer),
    )
    return Evidence(
        next((found for found in district_sources if found), frozenset()),
        next(
            (found & keys for found in round_sources if found & keys), keys if len(keys) == 1 else frozenset()
        ),
    )


def _coded(codes: frozenset[FormCode], titled: Evidence, form: str, keys: frozenset[str]) -> Evidence:
    """What the code of a form says and what the titles beside it say: they agree, or contradict one another. The code
    of another form contradicts the table itself."""
    rounds = titled.rounds | {code.round for code in codes}
    if any(code.form != form for code in codes):
        rounds |= titled.rounds or keys
    return Evidence(titled.districts | {code.district for code in codes}, rounds)


def _completed(said: Evidence, whole: Evidence) -> Evidence:
    """A sheet that is silent means what the other sheets of its workbook say with one voice."""
    return Evidence(
        said.districts or (whole.districts if len(whole.districts) == 1 else frozenset()),
        said.rounds or (whole.rounds if len(whole.rounds) == 1 else frozenset()),
    )


def _place(table: Table, sources: Sources, context: Context) -> Placement:
    said, folder, name = sources.own, sources.folder, sources.name
    labels = _labels(table, context)
    districts = said.districts or _from_rows(table, labels, context.names)
    told = of_form(sorted(folder.rounds | name.rounds), table.form, context.campaign)
    rounds = sorted(said.rounds) or told or sources.open
    if not districts:
        likely = folder.districts | name.districts
        return _undecided("NO_DISTRICT", table, [(code, key) for code in likely for key in rounds])
    if not said.rounds:
        return _undecided("NO_ROUND", table, [(code, key) for code in districts for key in rounds])
    contradicting = _at_odds(table, labels, districts, said.rounds, context)
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


def _labels(table: Table, context: Context) -> list[str]:
    """The names of the local bodies that a table lists."""
    form = context.campaign.forms[table.form]
    return [str(row.cells[form.name_key].value) for row in table.rows if form.name_key in row.cells]


def _at_odds(
    table: Table, labels: Sequence[str], districts: frozenset[str], rounds: frozenset[str], context: Context
) -> list[Place]:
    """The places between which content contradicts itself: two districts or rounds in the heading, local bodies of
    another district, or a date of a later round. None when it does not."""
    foreign = _belongs_elsewhere(labels, districts, context.names)
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


def _belongs_elsewhere(labels: Sequence[str], districts: frozenset[str], names: Names) -> frozenset[str]:
    """Another district to which more of the listed local bodies belong than to the one that the heading names."""
    if len(districts) != 1:
        return frozenset()
    tally = Counter[str]()
    for label in labels:
        own = resolve_local_body(label, next(iter(districts)), names)
        tally.update(_districts_of(own, names))
    if not tally:
        return frozenset()
    most = min(tally, key=lambda code: (-tally[code], code))
    more = tally[most] > tally[next(iter(districts))] and tally[most] >= FEWEST_NAMES
    return frozenset({most}) if more else frozenset()


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
