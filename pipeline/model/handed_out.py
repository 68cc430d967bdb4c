"""What is handed out: a form for a district to fill in for a round. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.model.expected import Campaign, District, LocalBody, Round
from schemas.form import Form


@dataclass(frozen=True, slots=True)
class Before:
    """The figures of a district in the round before, as they were written: by local body code, then by key."""

    round: Round
    as_of: datetime
    figures: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Template:
    """A form for one district and round: its printed `code`, the `project` it is of, and what the district reported
    `before`, if anything is known of it. Made from the state of `as_of`; with `sample` while the sample is there."""

    campaign: Campaign
    form: Form
    round: Round
    district: District
    code: str
    project: str
    as_of: datetime
    sample: bool
    before: Before | None = None

    @property
    def title(self) -> str:
        """What it is called: its form and its round."""
        return self.form.titled(self.round.title)

    @property
    def bodies(self) -> tuple[LocalBody, ...]:
        """The local bodies that it asks, in registry order."""
        return self.campaign.registry_of(self.round).bodies_of(self.district.code)

    @property
    def due_at(self) -> datetime:
        """When it is due, the district's extension included."""
        return self.campaign.due_at(self.district.code, self.round)
