"""digest.json: the digest with nothing left out."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipeline.model import Campaign, Digest, FileRow, Issue


def digest_record(digest: Digest, campaign: Campaign) -> str:
    """The same with nothing left out; names and shapes only ever grow."""
    record: dict[str, Any] = {
        "as_of": digest.as_of,
        "sample": digest.sample,
        "failures": _issues(digest.failures),
        "questions": _issues(digest.questions),
        "waiting": _issues(digest.waiting),
        "turned": [asdict(one) for one in digest.turned],
        "moved": [asdict(one) for one in digest.moved],
        "withdrawn": [_file(one) for one in digest.withdrawn],
        "corrected": [asdict(one) for one in digest.corrected],
        "mended": [asdict(one) for one in digest.mended],
        "arrivals": [_file(one.file) | {"again": one.again} for one in digest.came],
        "begun": digest.begun,
        "deadline": digest.deadline
        and {"round": digest.deadline.key, "due_at": digest.deadline.due_at.astimezone(campaign.zone)},
    }
    return json.dumps(record, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _issues(issues: Sequence[Issue]) -> list[dict[str, str]]:
    return [asdict(issue) for issue in issues]


def _file(row: FileRow) -> dict[str, Any]:
    places = [{"district_code": code, "round": key} for code, key in row.places]
    return {
        "path": row.path,
        "sha256": row.sha256,
        "received_at": row.received_at,
        "verdict": row.verdict,
        "places": places,
    }
