"""When something changes though nothing came: the dates of a campaign."""

from datetime import datetime

from pipeline.model.expected import Campaign


def clock_of(campaign: Campaign, moment: datetime) -> tuple[int, ...]:
    """On which side of each date of the campaign a moment lies: as long as it is the same, the passing of time alone
    changes no status, no next deadline and no reminder."""
    due = [*(each.due_at for each in campaign.rounds), *(each.due_at for each in campaign.extensions)]
    turns = (
        *due,
        *map(campaign.reminded_from, due),
        *(each.close_at for each in campaign.rounds if each.close_at),
        *(each.until for each in campaign.waivers if each.until),
    )
    return tuple((moment > turn) - (moment < turn) for turn in turns)
