"""Settled filings -> one roster row for each district and round, with its three clocks (design rules 6 and 7)."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pipeline.filings import Filing
from pipeline.model import Campaign, District, RosterRow, Round, Status
from pipeline.normalise import shown

DAY = timedelta(days=1)


def roster(
    filings: Sequence[Filing], round_: Round, campaign: Campaign, as_of: datetime
) -> tuple[RosterRow, ...]:
    """One row per district of the registry; counts of issues are filled in when they are known."""
    return tuple(
        roster_row(district, round_, filings, campaign, as_of) for district in campaign.registry.districts
    )


def roster_row(
    district: District, round_: Round, filings: Sequence[Filing], campaign: Campaign, as_of: datetime
) -> RosterRow:
    """Where one district stands with one round."""
    place = (district.code, round_.key)
    came = sorted(
        (
            filing
            for filing in filings
            if place in (filing.place, *filing.candidates) and filing.verdict != "duplicate"
        ),
        key=lambda filing: filing.received_at,
    )
    accepted = [filing for filing in came if filing.place == place and is_accepted(filing)]
    counted = next((filing for filing in accepted if filing.verdict == "counted"), None)
    first = accepted[0] if accepted else None
    due_at = campaign.due_at(district.code, round_)
    late = days_late(first.received_at, due_at) if first and not round_.no_lateness else 0
    return RosterRow(
        district_code=district.code,
        district=district.name,
        form=round_.form,
        round=round_.key,
        status=_accepted(late) if first else _not_accepted(place, came, due_at, campaign, as_of),
        due_at=due_at,
        first_received_at=came[0].received_at if came else None,
        first_acceptable_at=first.received_at if first else None,
        counted_at=counted.received_at if counted else None,
        days_late=late,
        counted_file=counted.case.submission.arrival.file if counted else "",
        receipt_source=first.case.submission.arrival.source if first else "",
        local_bodies_reported=len(counted.bodies) if counted else 0,
        local_bodies_expected=campaign.bodies_expected(district.code, round_),
        must_fix=0,
        please_explain=0,
        note="; ".join(
            (
                *_allowed(place, campaign),
                *_unconfirmed(first, late),
                *_as_document(counted),
                *_waiting(came, first),
            )
        ),
    )


def is_accepted(filing: Filing) -> bool:
    """Read, placed, with a figure: also what came after the cut-off, which is late but not merged."""
    late_for_merging = any(finding.code == "AFTER_CLOSE" for finding in filing.findings)
    return filing.verdict in ("counted", "superseded") or late_for_merging


def days_late(received_at: datetime, due_at: datetime) -> int:
    """Whole days begun after the due day's last second: 00:00:30 of the next day is one (design rule 6)."""
    over = received_at - due_at
    return max(0, math.ceil(over / DAY)) if over > timedelta(0) else 0


def _accepted(late: int) -> Status:
    return "late" if late else "on_time"


def _not_accepted(
    place: tuple[str, str], came: Sequence[Filing], due_at: datetime, campaign: Campaign, as_of: datetime
) -> Status:
    if any(filing.verdict == "undecided" for filing in came):
        return "undecided"
    if any(filing.verdict == "unusable" for filing in came):
        return "unusable"
    excused = [each for each in campaign.waivers if (each.district_code, each.round) == place]
    if any(waiver.holds(as_of) for waiver in excused):
        return "waived"
    return "missing" if as_of > due_at else "pending"


def _allowed(place: tuple[str, str], campaign: Campaign) -> Iterator[str]:
    """What was allowed the district for this round, by whom and why."""
    for extension in campaign.extensions:
        if (extension.district_code, extension.round) == place:
            yield f"ขยายเวลาโดย {extension.who}: {extension.why}"
    for waiver in campaign.waivers:
        if (waiver.district_code, waiver.round) == place:
            until = f" (ถึง {shown(waiver.until.date())})" if waiver.until else ""
            yield f"ยกเว้นโดย {waiver.who}: {waiver.why}{until}"


def _unconfirmed(first: Filing | None, late: int) -> Iterator[str]:
    if first and late and first.case.submission.arrival.source == "file_time":
        yield "เวลารับมาจากเวลาของไฟล์ ยังไม่ยืนยัน"


def _as_document(counted: Filing | None) -> Iterator[str]:
    if counted and not counted.returns:
        yield "ส่งเป็นเอกสาร ยังไม่มีไฟล์ตารางคำนวณ"


def _waiting(came: Sequence[Filing], first: Filing | None) -> Iterator[str]:
    """The files that wait for the province, and those that cannot be used where nothing else can."""
    waiting = [filing.case.submission.arrival.file for filing in came if filing.verdict == "undecided"]
    if waiting:
        yield "รอยืนยัน: " + ", ".join(dict.fromkeys(waiting))
    unusable = [filing.case.submission.arrival.file for filing in came if filing.verdict == "unusable"]
    if unusable and not first:
        yield "ยังใช้ไม่ได้: " + ", ".join(dict.fromkeys(unusable))
