"""What stood and the new results -> the digest of a night: what came, what turned, what moved and by which file."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pipeline.catalogue import CATALOGUE, OURS
from pipeline.model import (
    Came,
    Corrected,
    Digest,
    FileRow,
    Issue,
    Mended,
    Moved,
    MovedBy,
    Results,
    RosterRow,
    RoundResult,
    Turned,
)
from pipeline.nightly.standing import Standing, Stood, said

BY_NAME_ALONE: Final = ("IGNORED_FILE",)
NOT_HERE: Final = ("withdrawn", "not_yet")
"""What a file is that has not come, or no longer counts as having come."""
Sums = Mapping[tuple[str, str, str], float]
"""By indicator, district code and file."""


def digest_of(results: Results, before: Mapping[str, Standing]) -> Digest:
    """The night in short; `before` are the rounds that stand, not yet replaced."""
    old = [(result, before[result.round.key]) for result in results.rounds if result.round.key in before]
    issues = _issues(results)
    known = frozenset(one for standing in before.values() for one in standing.issues)
    questions = [issue for issue in issues if CATALOGUE[issue.code].question]
    ahead = [round_ for round_ in results.campaign.rounds if round_.due_at > results.as_of]
    return Digest(
        as_of=results.as_of,
        sample=results.sample,
        begun={
            result.round.key: Counter(row.status for row in result.roster)
            for result in results.rounds
            if result.round.key not in before
        },
        failures=tuple(one for one in issues if one.code in OURS and said(one) not in known),
        questions=tuple(issue for issue in questions if said(issue) not in known),
        waiting=tuple(issue for issue in questions if said(issue) in known),
        turned=tuple(each for result, stood in old for each in _turned(result, stood)),
        moved=tuple(each for result, stood in old for each in _moved(result, stood)),
        corrected=tuple(each for result, stood in old for each in _corrected(result, stood)),
        mended=tuple(each for result, stood in old for each in _mended(result, stood)),
        came=tuple(_came(results.files, before)),
        withdrawn=tuple(_withdrawn(results.files, before)),
        deadline=min(ahead, key=lambda round_: round_.due_at, default=None),
    )


def _issues(results: Results) -> list[Issue]:
    """Every issue once, also where several rounds tell of it."""
    found = (issue for result in results.rounds for issue in result.issues)
    return list({said(issue): issue for issue in (*found, *results.unplaced)}.values())


def _turned(result: RoundResult, before: Standing) -> Iterator[Turned]:
    for row in result.roster:
        stood = before.roster.get(row.district_code)
        if stood and stood.status != row.status:
            yield Turned(result.round.key, row.district_code, stood.status, row.status, row.days_late)


def _mended(result: RoundResult, before: Standing) -> Iterator[Mended]:
    for row in result.roster:
        stood = before.roster.get(row.district_code)
        mended, found = _progress(row, stood) if stood else (0, 0)
        if mended > 0:
            yield Mended(result.round.key, row.district_code, mended, found, row.must_fix)


def _progress(row: RosterRow, stood: Stood) -> tuple[int, int]:
    """How much is gone and how much has come: with a new file by what the two hold, else by what was answered or
    corrected here."""
    if not stood.counted_file or row.counted_at is None:
        return 0, 0
    if (row.counted_file, row.counted_at.isoformat()) != (stood.counted_file, stood.counted_at):
        return row.mended, row.newly_found
    gone = (stood.must_fix - row.must_fix, stood.please_explain - row.please_explain)
    return sum(max(count, 0) for count in gone), sum(max(-count, 0) for count in gone)


def _came(files: Sequence[FileRow], before: Mapping[str, Standing]) -> Iterator[Came]:
    known = {
        file
        for standing in before.values()
        for file, verdict in standing.verdicts.items()
        if verdict not in NOT_HERE
    }
    for row in files:
        here = row.verdict not in NOT_HERE and row.codes != BY_NAME_ALONE
        if here and (row.path, row.sha256) not in known:
            stood = [before[key].roster.get(code) for code, key in row.places if key in before]
            yield Came(row, again=any(one.counted_file for one in stood if one))


def _withdrawn(files: Sequence[FileRow], before: Mapping[str, Standing]) -> Iterator[FileRow]:
    verdicts = {file: verdict for each in before.values() for file, verdict in each.verdicts.items()}
    for row in files:
        if row.verdict == "withdrawn" and verdicts.get((row.path, row.sha256), "withdrawn") != "withdrawn":
            yield row


# --- figures ------------------------------------------------------------------------------------------------------


def _moved(result: RoundResult, before: Standing) -> Iterator[Moved]:
    """In the order of the form; `run.json` holds every digit of a total, so that equal means equal."""
    keys = [key for key in {**result.totals, **before.totals} if _value(result, key) != _old(before, key)]
    if not keys:
        return
    behind = {key: _behind(result, key) for key in keys}
    asked = frozenset(one for each in behind.values() for one in each)
    old, new = _sums(before.values(), asked), _sums(_records(result), asked)
    for key in keys:
        by = tuple(each for one in behind[key] for each in _moved_by(one, old, new))
        yield Moved(result.round.key, key, before.totals.get(key), result.totals.get(key), by)


def _value(result: RoundResult, key: str) -> float | None:
    total = result.totals.get(key)
    return total.value if total and total.local_bodies + total.districts else None


def _old(before: Standing, key: str) -> float | None:
    total = before.totals.get(key)
    return total.value if total and total.local_bodies + total.districts else None


def _behind(result: RoundResult, key: str) -> tuple[str, ...]:
    """The counts that a figure is made of: itself, or the part and the whole of a ratio."""
    ratios = {ratio.key: (ratio.part, ratio.whole) for ratio in result.form.ratios}
    return ratios.get(key, (key,))


def _records(result: RoundResult) -> Iterator[dict[str, object]]:
    names = ("indicator", "district_code", "file", "value")
    columns = [result.values[name].tolist() for name in names]
    return (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def _sums(rows: Iterable[Mapping[str, object]], asked: frozenset[str]) -> Sums:
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in rows:
        indicator = str(row["indicator"])
        if indicator in asked:
            sums[indicator, str(row["district_code"]), str(row["file"])] += float(str(row["value"]))
    return sums


def _moved_by(indicator: str, old: Sums, new: Sums) -> Iterator[MovedBy]:
    """The districts whose sum is another, or comes from another file; the largest move first."""
    moves = []
    for district in sorted({code for key, code, _ in (*old, *new) if key == indicator}):
        before, after = (
            {file: value for (key, code, file), value in sums.items() if (key, code) == (indicator, district)}
            for sums in (old, new)
        )
        if before != after:
            files = tuple(sorted(after or before))
            moves.append(MovedBy(district, indicator, _sum(before), _sum(after), files))
    return iter(sorted(moves, key=lambda one: -abs((one.after or 0) - (one.before or 0))))


def _sum(values: Mapping[str, float]) -> float | None:
    return sum(values.values()) if values else None


def _corrected(result: RoundResult, before: Standing) -> Iterator[Corrected]:
    """The figures that `corrections.csv` has changed since."""
    values = result.values
    rows = values[values["corrected_from"] != ""].to_dict("records") if len(values) else []
    known = {_correction(row) for row in before.values() if row["corrected_from"]} if rows else frozenset()
    for row in rows:
        if _correction(row) not in known:
            yield Corrected(
                round=result.round.key,
                district_code=str(row["district_code"]),
                local_body_code=str(row["local_body_code"]),
                indicator=str(row["indicator"]),
                before=str(row["corrected_from"]),
                value=float(row["value"]),
                file=str(row["file"]),
                sheet=str(row["sheet"]),
                cell=str(row["cell"]),
            )


def _correction(row: Mapping[object, object] | Mapping[str, str]) -> tuple[str, str, str, float]:
    named = {str(name): value for name, value in row.items()}
    return str(named["file"]), str(named["cell"]), str(named["indicator"]), float(str(named["value"]))
