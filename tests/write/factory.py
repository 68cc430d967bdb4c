"""A realistic round for the writers' tests: the operations form, invented figures from a seed."""

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.campaign import load_campaign
from pipeline.model import (
    Absent,
    Campaign,
    Earlier,
    FileRow,
    Issue,
    LocalBody,
    Results,
    RosterRow,
    Round,
    RoundResult,
    Status,
    Total,
)
from schemas.form import Form, Ratio
from tests.campaigns import SCHEMAS

ZONE = ZoneInfo("Asia/Bangkok")
AS_OF = datetime(2021, 2, 24, 8, 30, tzinfo=ZONE)
DUE = datetime(2021, 2, 20, 23, 59, 59, tzinfo=ZONE)
STATUSES: dict[int, Status] = {
    4: "late", 8: "late", 18: "late", 6: "missing", 15: "missing", 21: "missing", 11: "unusable", 13: "undecided",
}  # fmt: skip
COUNTED: tuple[Status, ...] = ("on_time", "late")


def results(
    *,
    sample: bool = False,
    statuses: dict[int, Status] | None = None,
    issues: Sequence[Issue] | None = None,
    round_key: str = "2",
    blank: float = 0.04,
    seed: int = 64,
) -> Results:
    """A run of one round. `statuses` by place in the registry, others on time; `blank` is the share of unknowns."""
    campaign = load_campaign(SCHEMAS)
    chosen = STATUSES if statuses is None else statuses
    dice = random.Random(seed)
    round_ = campaign.round(round_key)
    form = campaign.forms[round_.form]
    absent = _absent(campaign, chosen)
    consolidated = _consolidated(campaign, form, chosen, absent, dice, blank)
    values = _values(form, round_, consolidated)
    found = tuple(_issues(campaign, chosen)) if issues is None else tuple(issues)
    roster = _roster(campaign, round_, chosen, consolidated, found)
    files = tuple(_files(roster))
    result = RoundResult(
        round=round_,
        form=form,
        roster=roster,
        values=values,
        consolidated=consolidated,
        districts=_districts(campaign, form, consolidated),
        extras=pd.DataFrame(),
        totals=_totals(form, consolidated, values),
        issues=found,
        absent=absent,
        files=files,
        previous={row.district_code: "late" if place == 6 else "on_time" for place, row in enumerate(roster)},
        earlier=_earlier(campaign, round_, seed),
    )
    return Results(campaign, AS_OF, sample, (result,), files, ())


def issue(**changes: str) -> Issue:
    """An issue to be changed as a test needs."""
    base = Issue(
        severity="must_fix",
        code="BAD_VALUE",
        district_code="3404",
        form="operations",
        round="2",
        file="รอบ 2/เขื่องใน.xlsx",
        sheet="แบบ 2",
        cell="C6",
        value="12-15",
        message='แผ่น "แบบ 2" เซลล์ C6 พบ "12-15" ต้องเป็นจำนวนเดียว',
        remedy="พิมพ์จำนวนจริงจำนวนเดียว เช่น 12",
        reason="ต้องเป็นจำนวนเดียว",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def _absent(campaign: Campaign, statuses: dict[int, Status]) -> tuple[Absent, ...]:
    districts = [
        district
        for place, district in enumerate(campaign.registry.districts)
        if statuses.get(place, "on_time") in COUNTED
    ]
    chosen = districts[:9:4]
    return tuple(
        Absent(district.code, body.code)
        for district in chosen
        for body in campaign.registry.bodies_of(district.code)[-2:]
    )


def _earlier(campaign: Campaign, round_: Round, seed: int) -> tuple[Earlier, ...]:
    """The rounds before, each with a figure of every district but one."""
    form, found = campaign.forms[round_.form], []
    for number, before in enumerate(campaign.rounds_before(round_)):
        dice = random.Random(seed + number + 1)
        frame = _consolidated(campaign, form, {9 + number: "missing"}, (), dice, 0.04)
        values = _values(form, before, frame)
        found.append(
            Earlier(before, form, frame, _districts(campaign, form, frame), _totals(form, frame, values))
        )
    return tuple(found)


def _values(form: Form, round_: Round, frame: pd.DataFrame) -> pd.DataFrame:
    """Each known figure with its cell, and one that every district but the ninth gives once for all."""
    keys = [column.key for column in form.indicators]
    found: list[tuple[object, ...]] = []
    for code, rows in frame[frame["file"] != ""].groupby("district_code", sort=False):
        file, district = str(rows["file"].iloc[0]), str(rows["district"].iloc[0])
        sha256 = hashlib.sha256(district.encode()).hexdigest()
        for number, row in enumerate(rows.to_dict("records"), start=6):
            found += [
                (
                    code,
                    row["local_body_code"],
                    key,
                    float(row[key]),
                    file,
                    xl_rowcol_to_cell(number, place),
                    sha256,
                )
                for place, key in enumerate(keys, start=3)
                if not pd.isna(row[key])
            ]
        if code != "3409":
            found += [(code, "", column.key, 6.0, file, "C3", sha256) for column in form.once]
    names = ("district_code", "local_body_code", "indicator", "value", "file", "cell", "sha256")
    values = pd.DataFrame(found, columns=pd.Index(names))
    return values.assign(form=form.key, round=round_.key, item="", sheet="แบบ 2", corrected_from="")


def _consolidated(
    campaign: Campaign,
    form: Form,
    statuses: dict[int, Status],
    absent: Iterable[Absent],
    dice: random.Random,
    blank: float,
) -> pd.DataFrame:
    place = {district.code: number for number, district in enumerate(campaign.registry.districts)}
    gone = {item.local_body_code for item in absent}
    rows = []
    for body in campaign.registry.local_bodies:
        status = statuses.get(place[body.district_code], "on_time")
        district = campaign.registry.district(body.district_code).name
        row: dict[str, object] = {
            "district_code": body.district_code,
            "district": district,
            "local_body_code": body.code,
            "local_body": body.label,
            "status": status,
            "file": f"รอบ 2/อำเภอ{district} ครั้งที่ 2.xlsx" if status in COUNTED else "",
        }
        if status in COUNTED and body.code not in gone:
            row |= _figures(body, form, dice, blank, 0.5 + (place[body.district_code] * 7 % 25) / 55)
        rows.append(row)
    keys = [
        "district_code",
        "district",
        "local_body_code",
        "local_body",
        "status",
        *(column.key for column in form.row_columns if column.counted),
    ]
    texts = [column.key for column in form.row_columns if column.kind == "text"]
    frame = pd.DataFrame(rows).reindex(columns=[*keys, *texts, "file"])
    for column in form.indicators:
        frame[column.key] = frame[column.key].astype("Float64" if column.kind == "area" else "Int64")
    for ratio in form.ratios:
        frame[ratio.key] = (
            100 * frame[ratio.part].astype("Float64") / frame[ratio.whole].where(frame[ratio.whole] > 0)
        )
    return frame


def _figures(
    body: LocalBody, form: Form, dice: random.Random, blank: float, share: float
) -> dict[str, object]:
    """A body's figures: households from its registered houses, everything else a share of them, some unknown."""
    total = int(body.registered_houses * 0.9)
    target = int(total * 0.8)
    grown = int(target * min(1.0, share + dice.random() * 0.1))
    known = {"hh_total": total, "hh_target": target, "hh_veg": grown, "hh_sort": int(total * share * 0.8)}
    row: dict[str, object] = {}
    for column in form.indicators:
        value: float = known.get(column.key, dice.randrange(0, max(2, total // 20)))
        row[column.key] = value / 10 if column.kind == "area" else value
        if dice.random() < blank:
            row[column.key] = None
    row["problem"] = dice.choice([None, None, "ขาดเมล็ดพันธุ์", "น้ำไม่เพียงพอในฤดูแล้ง"])
    return row


def _districts(campaign: Campaign, form: Form, frame: pd.DataFrame) -> pd.DataFrame:
    codes = [district.code for district in campaign.registry.districts]
    groups = {code: frame[frame["district_code"] == code] for code in codes}
    columns = {
        column.key: [_sum(groups[code][column.key]) for code in codes] for column in form.indicators
    } | {ratio.key: [_share(groups[code], ratio) for code in codes] for ratio in form.ratios}
    index = pd.Index(codes, name="district_code")
    return pd.DataFrame(columns, index=index).astype("Float64")


def _sum(column: "pd.Series[float]") -> float | None:
    known = column.dropna()
    return float(known.sum()) if len(known) else None


def _share(frame: pd.DataFrame, ratio: Ratio) -> float | None:
    both = frame[frame[ratio.part].notna() & frame[ratio.whole].notna()]
    whole = float(both[ratio.whole].sum())
    return 100 * float(both[ratio.part].sum()) / whole if whole > 0 else None


def _totals(form: Form, frame: pd.DataFrame, values: pd.DataFrame) -> dict[str, Total]:
    totals = {}
    for column in form.indicators:
        known = frame[frame[column.key].notna()]
        if len(known):
            totals[column.key] = Total(
                float(known[column.key].sum()), len(known), known["district_code"].nunique()
            )
    for ratio in form.ratios:
        both = frame[frame[ratio.part].notna() & frame[ratio.whole].notna()]
        share = _share(frame, ratio)
        if share is not None:
            totals[ratio.key] = Total(share, len(both), both["district_code"].nunique())
    for column in form.once:
        given = values[values["indicator"] == column.key]
        totals[column.key] = Total(float(given["value"].sum()), 0, len(given))
    return totals


def _roster(
    campaign: Campaign,
    round_: Round,
    statuses: dict[int, Status],
    frame: pd.DataFrame,
    issues: Sequence[Issue],
) -> tuple[RosterRow, ...]:
    known = frame[frame["hh_total"].notna() | frame["hh_veg"].notna() | frame["visits"].notna()]
    reported = known.groupby("district_code").size()
    rows = []
    for place, district in enumerate(campaign.registry.districts):
        status = statuses.get(place, "on_time")
        came = status not in ("missing", "pending", "waived")
        late = (
            timedelta(days=place % 3 + 1)
            if status == "late"
            else timedelta(days=-(place % 4), hours=-9, minutes=-7 * place)
        )
        moment = DUE + late if came else None
        mine = [item for item in issues if item.district_code == district.code]
        rows.append(
            RosterRow(
                district_code=district.code,
                district=district.name,
                form=round_.form,
                round=round_.key,
                status=status,
                due_at=round_.due_at,
                first_received_at=moment,
                first_acceptable_at=moment if status in COUNTED else None,
                counted_at=moment if status in COUNTED else None,
                days_late=place % 3 + 1 if status == "late" else 0,
                counted_file=f"รอบ 2/อำเภอ{district.name} ครั้งที่ 2.xlsx" if status in COUNTED else "",
                receipt_source=("file_time" if place % 5 == 3 else "register") if came else "",
                local_bodies_reported=int(reported.get(district.code, 0)),
                local_bodies_expected=len(campaign.registry.bodies_of(district.code)),
                must_fix=sum(item.severity == "must_fix" for item in mine),
                please_explain=sum(item.severity == "please_explain" for item in mine),
                note={"unusable": "ไฟล์มีรหัสผ่าน", "undecided": "โฟลเดอร์ระบุคนละครั้งกับหัวแบบ"}.get(status, ""),
            )
        )
    return tuple(rows)


def _issues(campaign: Campaign, statuses: dict[int, Status]) -> Iterable[Issue]:
    names = dict(enumerate(campaign.registry.districts))
    for place in (1, 3, 4, 8, 9, 14, 17):
        district = names[place]
        base = issue(district_code=district.code, file=f"รอบ 2/อำเภอ{district.name} ครั้งที่ 2.xlsx")
        yield base
        yield replace(base, cell="D9", value="ประมาณ 100")
        for row in range(7, 7 + place % 5):
            yield replace(
                base,
                code="hh_veg_le_total",
                cell=f"F{row}",
                value=str(2100 + row),
                reason="ครัวเรือนที่ปลูกผักสวนครัวมากกว่าครัวเรือนทั้งหมด",
                remedy="ตรวจว่ากรอกสลับช่องหรือไม่ แล้วพิมพ์จำนวนที่ถูกต้อง",
            )
        yield replace(
            base,
            severity="please_explain",
            code="net_total_is_sum",
            cell="X8",
            value="58",
            reason="รวมเครือข่ายไม่เท่ากับผลบวกของผู้นำ อช. อช. กพสม. และ กพสต. (54)",
            remedy="ตรวจตัวเลขทั้งห้าช่อง หากถูกต้องแล้วโปรดชี้แจงในช่องหมายเหตุ",
        )
        for row in range(6, 12):
            yield replace(
                base,
                severity="note",
                code="NUMBER_AS_TEXT",
                cell=f"E{row}",
                value="๑,๒๐๐",
                reason="อ่านเป็น 1200",
            )
    held = next((names[place] for place, status in statuses.items() if status == "unusable"), None)
    if held:
        yield issue(
            district_code=held.code,
            code="PASSWORD",
            file=f"รอบ 2/{held.name}.xlsx",
            sheet="",
            cell="",
            value="",
            message="ไฟล์มีรหัสผ่าน จึงเปิดอ่านไม่ได้",
            reason="ไฟล์มีรหัสผ่าน จึงเปิดอ่านไม่ได้",
            remedy="บันทึกใหม่โดยไม่ตั้งรหัสผ่าน แล้วส่งอีกครั้ง",
        )


def _files(roster: Sequence[RosterRow]) -> Iterable[FileRow]:
    for row in roster:
        if row.first_received_at is None:
            continue
        verdict = "counted" if row.status in COUNTED else row.status
        yield FileRow(
            path=f"รอบ 2/อำเภอ{row.district} ครั้งที่ 2.xlsx",
            sha256=hashlib.sha256(row.district.encode()).hexdigest(),
            received_at=row.first_received_at,
            source=row.receipt_source,
            verdict=verdict,  # type: ignore[arg-type]
            codes=(),
            places=((row.district_code, row.round),),
            rows_used=row.local_bodies_reported,
            seen=0 if verdict == "unusable" else 400,
            read=0 if verdict == "unusable" else 390,
            set_aside=0 if verdict == "unusable" else 10,
        )
    yield FileRow(
        path="รอบ 2/ภาพกิจกรรม.pdf",
        sha256=hashlib.sha256(b"pdf").hexdigest(),
        received_at=AS_OF - timedelta(days=5),
        source="file_time",
        verdict="ignored",
        codes=("WRONG_TYPE",),
        places=(),
        rows_used=0,
        seen=0,
        read=0,
        set_aside=0,
    )
