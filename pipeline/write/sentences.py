"""The sentences of the cover and the follow-up box, made from the results: plain Thai, Thai digits, no blame."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.model import Campaign, Results, RosterRow, Round, RoundResult, Status
from pipeline.thai import thai_date, thai_digits
from pipeline.write import figures, words


def with_status(result: RoundResult, *statuses: Status) -> tuple[RosterRow, ...]:
    """The roster rows that have one of these statuses, in registry order."""
    return tuple(row for row in result.roster if row.status in statuses)


def names(rows: Iterable[RosterRow]) -> str:
    """The districts' names, one after another."""
    return ", ".join(row.district for row in rows)


def local_day(moment: datetime, campaign: Campaign, *, short: bool = False) -> str:
    """The day of a moment in the campaign's time zone."""
    return thai_date(moment.astimezone(ZoneInfo(campaign.timezone)).date(), short=short)


def due_line(results: Results, result: RoundResult) -> str:
    """When the round was due and how old these figures are."""
    due = local_day(result.round.due_at, results.campaign)
    as_of = local_day(results.as_of, results.campaign)
    return f"กำหนดส่งวันที่ {due} · {not_late(result.round)}ข้อมูล ณ วันที่ {as_of}"


def not_late(round_: Round) -> str:
    """That nothing is called late in a round, and why; empty where lateness counts."""
    return f"ไม่นับการส่งช้า เพราะ{round_.no_lateness} · " if round_.no_lateness else ""


def coverage(result: RoundResult) -> str:
    """รวม 231 จาก 238 อปท. · 23 จาก 25 อำเภอ"""
    reported, expected, districts = coverage_counts(result)
    return f"รวม {reported} จาก {expected} อปท. · {districts} จาก {len(result.roster)} อำเภอ"


def coverage_counts(result: RoundResult) -> tuple[int, int, int]:
    """Local bodies reported, local bodies expected, and districts of which at least one local body is in."""
    reported = sum(row.local_bodies_reported for row in result.roster)
    expected = sum(row.local_bodies_expected for row in result.roster)
    return reported, expected, sum(row.local_bodies_reported > 0 for row in result.roster)


def submission(result: RoundResult) -> str:
    """How many districts sent in time, late, and how many local bodies that covers."""
    on_time, late = len(with_status(result, "on_time")), len(with_status(result, "late"))
    reported, expected, _ = coverage_counts(result)
    when = "" if result.round.no_lateness else f"(ทันกำหนด {on_time} ส่งช้า {late}) "
    return thai_digits(
        f"ส่งแล้ว {on_time + late} จาก {len(result.roster)} อำเภอ {when}ครอบคลุม {reported} จาก {expected} อปท."
    )


def outstanding(result: RoundResult) -> str:
    """Who has not sent, whose return cannot be used yet, and who waits for the province."""
    parts = [
        _counted(word, with_status(result, status))
        for status, word in words.STATUSES.items()
        if status in ("missing", "unusable", "undecided", "pending") and with_status(result, status)
    ]
    return thai_digits(" · ".join(parts)) if parts else "ทุกอำเภอส่งรายงานที่ใช้ได้แล้ว"


def outcome(result: RoundResult) -> str:
    """The headline ratio of the province, and the districts that are highest and lowest."""
    if not result.form.ratios:
        return _sums(result)
    ratio = result.form.ratios[0]
    part, whole = result.form.column(ratio.part), result.form.column(ratio.whole)
    share, count = figures.total(result, ratio.key), figures.total(result, ratio.part)
    if share is None or count is None:
        return f"ยังไม่มีตัวเลข{part.header}"
    ranked = ranking(result)
    text = f"{part.header} {count:,.0f} {part.unit} คิดเป็นร้อยละ {share * 100:.1f} ของ{whole.header}"
    if len(ranked) > 1:
        high, low = ranked[0], ranked[-1]
        text += f" สูงสุด {high[0]} (ร้อยละ {high[1] * 100:.1f}) ต่ำสุด {low[0]} (ร้อยละ {low[1] * 100:.1f})"
    return thai_digits(text)


def _sums(result: RoundResult) -> str:
    """The totals of what the summary shows, in a form without a ratio."""
    shown = [column for column in result.form.indicators if column.summary and column.key in result.totals]
    parts = [
        f"{figures.full_label(column)} {figures.total(result, column.key):,.0f} {column.unit}"
        for column in shown
    ]
    return thai_digits(" · ".join(parts)) if parts else "ยังไม่มีตัวเลข"


def quality(result: RoundResult) -> str:
    """How much must be fixed and explained, and whose local bodies are absent from returns that count."""
    fix = sum(row.must_fix for row in result.roster)
    explain = sum(row.please_explain for row in result.roster)
    if not fix and not explain and not result.absent:
        return "ไม่พบจุดที่ต้องแก้หรือต้องชี้แจง"
    districts = sum(row.must_fix > 0 for row in result.roster)
    parts = [f"ต้องแก้ {fix:,} จุด ใน {districts} อำเภอ" if fix else "ไม่มีจุดที่ต้องแก้", f"โปรดชี้แจง {explain:,} จุด"]
    if result.absent:
        owners = len({absent.district_code for absent in result.absent})
        parts.append(f"อปท. ที่ยังไม่มีในรายงานของอำเภอ {len(result.absent)} แห่ง ใน {owners} อำเภอ")
    return thai_digits(" · ".join(parts))


def ranking(result: RoundResult) -> tuple[tuple[str, float, int], ...]:
    """(district, headline figure, place in the registry) of every district that has one, highest first."""
    codes = [row.district_code for row in result.roster]
    headline = figures.headline(result.form)
    values = figures.by_district(result, tuple(codes)).get(headline.key, []) if headline else []
    known = [
        (row.district, value, place)
        for place, (row, value) in enumerate(zip(result.roster, map(figures.number, values), strict=False))
        if value is not None
    ]
    return tuple(sorted(known, key=lambda item: (-item[1], item[2])))


def state(results: Results, result: RoundResult) -> str:
    """สมบูรณ์ when nothing is outstanding, else เบื้องต้น and why."""
    waiting = with_status(result, "missing", "unusable", "undecided", "pending")
    fix = sum(row.must_fix for row in result.roster)
    reasons = [
        f"ยังรอรายงานจาก {len(waiting)} อำเภอ" if waiting else "",
        f"มีจุดที่ต้องแก้ {fix:,} จุด" if fix else "",
        f"อปท. ยังไม่ครบ {len(result.absent)} แห่ง" if result.absent else "",
    ]
    given = " · ".join(reason for reason in reasons if reason)
    kind = thai_digits(f"ข้อมูลเบื้องต้น ({given})") if given else "ข้อมูลสมบูรณ์"
    return f"{words.SAMPLE} · {kind}" if results.sample else kind


def complete(result: RoundResult) -> bool:
    """Whether nothing is outstanding: every district in or excused, nothing to fix, no local body absent."""
    waiting = with_status(result, "missing", "unusable", "undecided", "pending")
    return not waiting and not result.absent and not any(row.must_fix for row in result.roster)


def marks(result: RoundResult) -> dict[str, str]:
    """By the district's code: p where its figures may still change, r where a later version or a correction took the
    place of what it first reported."""
    corrected = {issue.district_code for issue in result.issues if issue.code == "CORRECTED"}
    return {row.district_code: _mark(row, row.district_code in corrected) for row in result.roster}


def _mark(row: RosterRow, corrected: bool) -> str:
    if not row.local_bodies_reported:
        return ""
    open_ = row.must_fix or row.local_bodies_reported < row.local_bodies_expected
    revised = corrected or row.counted_at != row.first_acceptable_at
    return " ".join(sign for sign, holds in (("p", open_), ("r", revised)) if holds)


def next_deadline(results: Results, district_code: str = "") -> str:
    """The round that is due next after as-of, for one district with its own extensions."""
    campaign = results.campaign
    due = {round_: campaign.due_at(district_code, round_) for round_ in campaign.rounds}
    ahead = [round_ for round_ in campaign.rounds if due[round_] > results.as_of]
    if not ahead:
        return "ครบกำหนดส่งทุกครั้งแล้ว"
    first = min(ahead, key=lambda round_: due[round_])
    return f"{thai_digits(first.title)} ภายในวันที่ {local_day(due[first], campaign)}"


def _counted(word: str, rows: Sequence[RosterRow]) -> str:
    return f"{word} {len(rows)}\u00a0อำเภอ: {names(rows)}"
