"""What is known before a workbook is opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.answers import Answer
from pipeline.model import Campaign
from pipeline.names import Names


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The campaign, the lookup of its names, and what the analyst decided."""

    campaign: Campaign
    names: Names
    answers: Sequence[Answer] = ()
