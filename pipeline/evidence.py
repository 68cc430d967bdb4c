"""What speaks for a district and a round besides a table itself: the folders and the name of its file, and its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from pipeline.context import Context
from pipeline.headings import plain, rounds_in
from pipeline.model import Campaign
from pipeline.names import Names, districts_in
from pipeline.thai import fold


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source says of district and round; several districts or rounds mean that it contradicts itself."""

    districts: frozenset[str] = frozenset()
    rounds: frozenset[str] = frozenset()


def path_evidence(file: str, context: Context) -> tuple[Evidence, Evidence]:
    """What the folders of a path say, and what the file's name says."""
    campaign, names = context.campaign, context.names
    path = PurePosixPath(file)
    rounds = frozenset(round_.key for round_ in campaign.rounds)
    folders = [_spoken(part, rounds, names) for part in path.parts[:-1]]
    folder = Evidence(
        next((each.districts for each in reversed(folders) if len(each.districts) == 1), frozenset()),
        next((each.rounds for each in reversed(folders) if len(each.rounds) == 1), frozenset()),
    )
    return folder, _spoken(path.stem, rounds, names)


def open_rounds(received_at: datetime, campaign: Campaign) -> list[str]:
    """The rounds that a file of that time may report: each form's rounds up to the first one not yet due."""
    keys = []
    for form in campaign.forms:
        due = sorted((each for each in campaign.rounds if each.form == form), key=lambda each: each.due_at)
        past = [each.key for each in due if each.due_at < received_at]
        keys += [each.key for each in due[: len(past) + 1]]
    return keys


def of_form(keys: Sequence[str], form: str, campaign: Campaign) -> list[str]:
    """Those of the rounds that ask for a form."""
    return [key for key in keys if campaign.round(key).form == form]


def rounds_of_titles(file: str, campaign: Campaign) -> frozenset[str]:
    """The round of each form that is asked for once and whose title stands in a path. It says what a file may be that
    cannot speak itself; a folder may be called so and hold more."""
    said = fold(file)
    keys = {
        form.key: [each.key for each in campaign.rounds if each.form == form.key]
        for form in campaign.forms.values()
        if any(fold(title) in said for title in form.titles)
    }
    return frozenset(found[0] for found in keys.values() if len(found) == 1)


def _spoken(text: str, rounds: frozenset[str], names: Names) -> Evidence:
    said = plain(text.replace("_", " "))
    return Evidence(districts_in(said, names, file_name=True), rounds_in(said) & rounds)
