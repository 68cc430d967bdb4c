"""When reports came: a small chart, a column for each day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.model import RoundResult
from pipeline.thai import MONTHS_SHORT, thai_digits
from pipeline.write.page.markup import Html, el, join
from pipeline.write.page.view import View

_DAYS_BEFORE = 10
_WIDTH, _HEIGHT, _BASE = 340, 128, 96


def arrivals(view: View, result: RoundResult) -> Html | None:
    """On which day the first usable report of each district came."""
    zone = view.results.campaign.zone
    days = [
        row.first_acceptable_at.astimezone(zone).date() for row in result.roster if row.first_acceptable_at
    ]
    due = result.round.due_at.astimezone(zone).date()
    if not days:
        return None
    counts = Counter(max(day, due - timedelta(days=_DAYS_BEFORE)) for day in days)
    last = max(*days, due, min(view.as_of.astimezone(zone).date(), due + timedelta(days=_DAYS_BEFORE)))
    first = min(*counts, due - timedelta(days=3))
    span = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    said = ", ".join(f"{_short(day)} {counts[day]} อำเภอ" for day in span if counts[day])
    drawn = el(
        "svg",
        *_columns(span, counts, due),
        class_="days",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_label=f"อำเภอที่ส่งในแต่ละวัน: {said}",
    )
    return join([el("h3", "ส่งมาวันใด"), drawn])


def _columns(span: list[date], counts: Counter[date], due: date) -> Iterator[Html]:
    """A column for each day, its count above; the due day is named, then the first and last."""
    step = _WIDTH / len(span)
    most = max(counts.values())
    for place, day in enumerate(span):
        centre = (place + 0.5) * step
        if counts[day]:
            height = counts[day] / most * (_BASE - 22)
            width = min(step * 0.7, 26)
            kind = "late" if day > due else "on_time"
            yield el(
                "rect",
                x=f"{centre - width / 2:.1f}",
                y=f"{_BASE - height:.1f}",
                width=f"{width:.1f}",
                height=f"{height:.1f}",
                class_=f"fill {kind}",
            )
            yield _label(counts[day], centre, _BASE - height - 5)
    yield el("line", x1=0, y1=_BASE, x2=_WIDTH, y2=_BASE, class_="axis")
    at = (span.index(due) + 1) * step
    yield el("line", x1=f"{at:.1f}", y1=8, x2=f"{at:.1f}", y2=_BASE, class_="due")
    for day in (span[0], due, span[-1]):
        if day == due or abs((day - due).days) * step > 62:
            edge = "start" if day == span[0] else "end" if day == span[-1] else "middle"
            x = 0.0 if edge == "start" else float(_WIDTH) if edge == "end" else (span.index(day) + 0.5) * step
            yield _label(_short(day), x, _BASE + 16, edge)
    yield _label("กำหนดส่ง", min((span.index(due) + 0.5) * step, _WIDTH - 24), _BASE + 30)


def _label(text: object, x: float, y: float, anchor: str = "middle") -> Html:
    return el("text", str(text), x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)


def _short(day: date) -> str:
    return thai_digits(f"{day.day} {MONTHS_SHORT[day.month - 1]}")
