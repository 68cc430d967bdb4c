"""What is known before a workbook is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.answers import Answer
from pipeline.campaign import load_campaign
from pipeline.corrections import Correction
from pipeline.extract.labels import Labels, form_labels
from pipeline.model import Campaign
from pipeline.names import Names, gazetteer


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The campaign, the lookups of its names and of its forms' labels, and what the analyst decided and was told."""

    campaign: Campaign
    names: Names
    labels: Mapping[str, Labels]
    answers: Sequence[Answer] = ()
    corrections: Sequence[Correction] = ()


def context_of(
    campaign: Campaign, answers: Sequence[Answer] = (), corrections: Sequence[Correction] = ()
) -> Context:
    """The lookups of a campaign, built once for all its workbooks."""
    labels = {key: form_labels(form) for key, form in campaign.forms.items()}
    return Context(campaign, gazetteer(campaign.registry, campaign.province), labels, answers, corrections)


@lru_cache(1)
def context_at(schemas: Path) -> Context:
    """The context of a folder of tables, for a reader in a process of its own; raises `ConfigurationError`."""
    return context_of(load_campaign(schemas))
