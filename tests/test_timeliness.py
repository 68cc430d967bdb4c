"""Who owes what, and where it stands: one roster row for each district and round, with its three clocks."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline.campaign import load_campaign
from pipeline.model import Extension, Results, RosterRow, Waiver
from pipeline.timeliness import days_late, roster
from tests.campaigns import (
    SCHEMAS,
    TABLES,
    Sent,
    consolidate,
    figure,
    issues_about,
    issues_of,
    put,
    rerun,
    roster_row,
    round_of,
    verdicts,
    with_tables,
)
from tests.sample.model import Cell, Named, Table

DISTRICT = "3429"
"""นาเยีย: four local bodies."""
BODY, LABEL = "5342901", "ทต.นาเยีย"
FIRST, SECOND = "นาเยีย 1.xlsx", "นาเยีย 2.xlsx"
CAMPAIGN = load_campaign(SCHEMAS)
FIRST_ROUND = CAMPAIGN.round("1")
DUE = FIRST_ROUND.due_at
SECOND_OF_TIME, WHOLE_DAY = timedelta(seconds=1), timedelta(days=1)
LETTER = Table(DISTRICT, "1")
CORRECTED = Table(DISTRICT, "1", changes=(Cell(LABEL, "visits", 77, 77),))


# --- who sent nothing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "after, status", [(-WHOLE_DAY, "pending"), (timedelta(0), "pending"), (SECOND_OF_TIME, "missing")]
)
def test_who_sent_nothing_is_missing_from_the_second_after_the_due_day(after, status):
    rows = roster((), FIRST_ROUND, CAMPAIGN, DUE + after)
    assert [row.district_code for row in rows] == [district.code for district in CAMPAIGN.registry.districts]
    assert {row.status for row in rows} == {status}
    assert next(row for row in rows if row.district_code == DISTRICT) == RosterRow(
        district_code=DISTRICT,
        district="นาเยีย",
        form="operations",
        round="1",
        status=status,
        due_at=DUE,
        first_received_at=None,
        first_acceptable_at=None,
        counted_at=None,
        days_late=0,
        counted_file="",
        receipt_source="",
        local_bodies_reported=0,
        local_bodies_expected=4,
        must_fix=0,
        please_explain=0,
        note="",
    )


def test_an_extension_and_a_waiver_are_of_one_district_and_one_round():
    later = DUE + WHOLE_DAY
    campaign = replace(
        CAMPAIGN,
        extensions=(Extension(DISTRICT, "1", later, "หัวหน้ากลุ่มงาน", "น้ำท่วม"),),
        waivers=(Waiver(DISTRICT, "1", "พัฒนาการจังหวัด", "ย้ายสำนักงาน"), Waiver("3433", "2", "ใคร", "เพราะ")),
    )
    rows = {row.district_code: row for row in roster((), FIRST_ROUND, campaign, DUE + SECOND_OF_TIME)}
    note = "ขยายเวลาโดย หัวหน้ากลุ่มงาน: น้ำท่วม; ยกเว้นโดย พัฒนาการจังหวัด: ย้ายสำนักงาน"
    row = rows.pop(DISTRICT)
    assert (row.status, row.due_at, row.note) == ("waived", later, note)
    assert {(row.status, row.due_at, row.note) for row in rows.values()} == {("missing", DUE, "")}


@pytest.mark.parametrize(
    "after, days",
    [
        (-WHOLE_DAY, 0),
        (timedelta(0), 0),
        (timedelta(microseconds=1), 1),
        (WHOLE_DAY, 1),
        (WHOLE_DAY + SECOND_OF_TIME, 2),
        (10 * WHOLE_DAY, 10),
    ],
)
def test_a_day_late_has_begun_with_its_first_moment(after, days):
    assert days_late(DUE + after, DUE) == days


# --- on time and late -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "at, status, days",
    [
        ("2021-02-05T23:59:59", "on_time", 0),
        ("2021-02-06T00:00:00", "late", 1),
        ("2021-02-06T00:00:30", "late", 1),
        ("2021-02-06T23:59:59", "late", 1),
        ("2021-02-07T00:00:00", "late", 2),
        ("2021-02-19T12:00:00", "late", 14),
    ],
)
def test_days_late_are_whole_days_begun_after_the_due_days_last_second(tmp_path, at, status, days):
    row = roster_row(consolidate(tmp_path, Sent(FIRST, at, LETTER)), DISTRICT, "1")
    assert (row.status, row.days_late) == (status, days)
    assert row.due_at.isoformat() == "2021-02-05T23:59:59+07:00"
    assert row.first_received_at == row.first_acceptable_at == datetime.fromisoformat(f"{at}+07:00")


def test_a_correction_sent_late_does_not_make_the_district_late(tmp_path):
    results = consolidate(
        tmp_path,
        Sent(FIRST, "2021-02-05T16:00:00", LETTER),
        Sent("นาเยีย 1 แก้ไข.xlsx", "2021-02-09T09:00:00", CORRECTED),
        as_of="2021-02-10T08:30:00+07:00",
    )
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.days_late) == ("on_time", 0)
    assert row.first_acceptable_at == datetime.fromisoformat("2021-02-05T16:00:00+07:00")
    assert row.counted_at == datetime.fromisoformat("2021-02-09T09:00:00+07:00")
    assert row.counted_file == "นาเยีย 1 แก้ไข.xlsx"
    assert figure(results, "1", BODY, "visits") == 77
    assert verdicts(results, FIRST) == ["superseded"]
    assert '"นาเยีย 1 แก้ไข.xlsx"' in issues_about(results, "SUPERSEDED", FIRST)[0].message


def test_a_useless_file_in_time_does_not_make_a_late_report_punctual(tmp_path):
    """First received and first acceptable are two clocks."""
    results = consolidate(
        tmp_path,
        Sent(FIRST, "2021-02-05T10:00:00", Table(DISTRICT, "1", blank=True)),
        Sent(FIRST, "2021-02-08T10:00:00", LETTER),
    )
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.days_late) == ("late", 3)
    assert row.first_received_at == datetime.fromisoformat("2021-02-05T10:00:00+07:00")
    assert row.first_acceptable_at == datetime.fromisoformat("2021-02-08T10:00:00+07:00")
    assert row.note == ""


def test_lateness_that_rests_on_the_files_own_time_is_unconfirmed(tmp_path):
    results = consolidate(
        tmp_path,
        Sent(FIRST, "2021-02-08T10:00:00", LETTER, source="file_time"),
        Sent("น้ำขุ่น.xlsx", "2021-02-08T10:00:00", Table("3433", "1"), source="register"),
        Sent("สำโรง.xlsx", "2021-02-05T23:59:59", Table("3422", "1"), source="file_time"),
    )
    note = "เวลารับมาจากเวลาของไฟล์ ยังไม่ยืนยัน"
    notes = {code: roster_row(results, code, "1").note for code in (DISTRICT, "3433", "3422")}
    assert notes == {DISTRICT: note, "3433": "", "3422": ""}
    assert roster_row(results, DISTRICT, "1").receipt_source == "file_time"
    assert roster_row(results, DISTRICT, "1").status == "late"


def test_a_copy_that_only_its_own_time_places_earlier_makes_nothing_earlier(tmp_path):
    results = consolidate(
        tmp_path,
        Sent(FIRST, "2021-02-08T10:00:00", LETTER),
        Sent("สำเนา.xlsx", "2021-02-04T10:00:00", LETTER, source="file_time"),
    )
    row = roster_row(results, DISTRICT, "1")
    assert verdicts(results, "สำเนา.xlsx") == ["duplicate"]
    assert (row.status, row.receipt_source) == ("late", "register")
    assert row.first_received_at == datetime.fromisoformat("2021-02-08T10:00:00+07:00")


def test_a_report_of_which_every_row_is_held_is_of_no_use(tmp_path):
    """It is placed and holds figures, but they are nobody's."""
    table = replace(LETTER, only=(LABEL,), changes=(Named(LABEL, "ทต.ไม่มีในทะเบียน", "", held=True),))
    row = roster_row(consolidate(tmp_path, Sent(FIRST, "2021-02-04T10:00:00", table)), DISTRICT, "1")
    assert (row.status, row.first_acceptable_at, row.note) == ("unusable", None, f"ยังใช้ไม่ได้: {FIRST}")


def test_a_person_who_says_when_it_came_makes_it_punctual(tmp_path):
    results = consolidate(
        tmp_path,
        Sent(FIRST, "2021-02-08T10:00:00", LETTER, source="file_time"),
        Sent(FIRST, "2021-02-05T15:00:00", LETTER, event="corrected", note="ส่งทางไลน์"),
    )
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.receipt_source, row.note) == ("on_time", "register", "")
    assert verdicts(results, FIRST) == ["counted"]


# --- nobody falls between ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mixed(tmp_path_factory) -> Results:
    """One district of every kind, in both rounds that are due."""
    waived = (
        '[[waiver]]\ndistrict = "3420"\nround = "1"\nwho = "หัวหน้ากลุ่มงาน"\nwhy = "ย้ายสำนักงาน"\n'
        '[[waiver]]\ndistrict = "3421"\nround = "1"\nwho = "หัวหน้ากลุ่มงาน"\nwhy = "น้ำท่วม"\n'
    )
    folder = tmp_path_factory.mktemp("mixed")
    return consolidate(
        folder,
        Sent(FIRST, "2021-02-04T10:00:00", LETTER),
        Sent(SECOND, "2021-02-22T10:00:00", Table(DISTRICT, "2")),
        Sent("3431 เหล่าเสือโก้ก/ว่าง.xlsx", "2021-02-04T10:00:00", Table("3431", "1", blank=True)),
        Sent("3430 นาตาล/รายงาน.xlsx", "2021-02-04T10:00:00", Table("3433", "1")),
        Sent("โพธิ์ไทร.xlsx", "2021-02-04T10:00:00", Table("3421", "1")),
        schemas=with_tables(folder, ('\n[[round]]\nkey = "1"', f'\n{waived}[[round]]\nkey = "1"')),
    )


def test_every_district_has_exactly_one_row_for_every_round_that_is_due(mixed):
    assert [result.round.key for result in mixed.rounds] == ["1", "2"]
    for result in mixed.rounds:
        codes = [row.district_code for row in result.roster]
        assert codes == [district.code for district in mixed.campaign.registry.districts]
        assert len(codes) == len(set(codes)) == 25
        assert {(row.form, row.round) for row in result.roster} == {("operations", result.round.key)}


def test_each_district_has_the_one_status_that_its_files_give_it(mixed):
    first = {row.district_code: row.status for row in round_of(mixed, "1").roster}
    special = {
        DISTRICT: "on_time",
        "3421": "on_time",
        "3431": "unusable",
        "3430": "undecided",
        "3433": "undecided",
        "3420": "waived",
    }
    assert {code: status for code, status in first.items() if status != "missing"} == special
    second = {row.district_code: row.status for row in round_of(mixed, "2").roster}
    assert {code: status for code, status in second.items() if status != "missing"} == {DISTRICT: "late"}


def test_the_roster_counts_local_bodies_and_issues(mixed):
    row = roster_row(mixed, DISTRICT, "1")
    assert (row.local_bodies_reported, row.local_bodies_expected) == (4, 4)
    unusable = roster_row(mixed, "3431", "1")
    assert (unusable.local_bodies_reported, unusable.local_bodies_expected) == (0, 4)
    assert (row.must_fix, unusable.must_fix) == (0, 1)
    assert unusable.first_received_at is not None
    assert (unusable.first_acceptable_at, unusable.counted_at, unusable.counted_file) == (None, None, "")


def test_a_note_names_the_files_that_wait_for_us_and_those_of_no_use(mixed):
    notes = {code: roster_row(mixed, code, "1").note for code in ("3430", "3431", "3433", DISTRICT)}
    waiting = "รอยืนยัน: 3430 นาตาล/รายงาน.xlsx"
    assert notes == {
        "3430": waiting,
        "3431": "ยังใช้ไม่ได้: 3431 เหล่าเสือโก้ก/ว่าง.xlsx",
        "3433": waiting,
        DISTRICT: "",
    }


def test_a_note_names_each_file_once_however_many_of_its_sheets_wait(tmp_path):
    """Undecided weighs more than unusable: we must decide before the officer is told to send again."""
    other, blank = Table("3433", "1"), Table("3430", "1", blank=True)
    bodies = [body.label for body in TABLES.bodies_of("3433")]
    halves = [
        replace(other, sheet="แผ่น 1", only=tuple(bodies[:1])),
        replace(other, sheet="แผ่น 2", only=tuple(bodies[1:])),
    ]
    results = consolidate(
        tmp_path,
        Sent("3430 นาตาล/ก.xlsx", "2021-02-04T10:00:00", halves),
        Sent("3430 นาตาล/ข.xlsx", "2021-02-05T10:00:00", replace(other, figures="2")),
        Sent("3430 นาตาล/ค.xlsx", "2021-02-05T10:00:00", [blank, replace(blank, sheet="แผ่น 2")]),
        Sent("3430 นาตาล/ง.xlsx", "2021-02-05T11:00:00", replace(blank, gap=True)),
    )
    row = roster_row(results, "3430", "1")
    assert row.status == "undecided"
    assert row.note == (
        "รอยืนยัน: 3430 นาตาล/ก.xlsx, 3430 นาตาล/ข.xlsx; ยังใช้ไม่ได้: 3430 นาตาล/ค.xlsx, 3430 นาตาล/ง.xlsx"
    )
    assert row.first_received_at == datetime.fromisoformat("2021-02-04T10:00:00+07:00")


def test_the_round_before_is_told_beside_each_district(mixed):
    assert round_of(mixed, "1").previous == {}
    assert round_of(mixed, "2").previous[DISTRICT] == "on_time"
    assert round_of(mixed, "2").previous["3431"] == "unusable"


@pytest.mark.parametrize("district", ["3420", "3421"])
def test_a_waiver_says_who_and_why_and_excuses_only_who_sent_nothing(mixed, district):
    row = roster_row(mixed, district, "1")
    assert row.status == {"3420": "waived", "3421": "on_time"}[district]
    assert (
        row.note
        == {"3420": "ยกเว้นโดย หัวหน้ากลุ่มงาน: ย้ายสำนักงาน", "3421": "ยกเว้นโดย หัวหน้ากลุ่มงาน: น้ำท่วม"}[district]
    )
    assert roster_row(mixed, district, "2").status == "missing"


def test_what_is_not_due_is_pending_and_not_missing(tmp_path):
    """Nothing is owed until the due day is over; a round that has received something is told of before."""
    results = consolidate(
        tmp_path, Sent(FIRST, "2021-02-04T10:00:00", LETTER), as_of="2021-02-05T23:59:59+07:00"
    )
    statuses = {row.district_code: row.status for row in round_of(results, "1").roster}
    assert statuses.pop(DISTRICT) == "on_time"
    assert set(statuses.values()) == {"pending"}
    assert [result.round.key for result in results.rounds] == ["1"]
    later = rerun(tmp_path, as_of="2021-02-06T00:00:00+07:00")
    assert roster_row(later, "3433", "1").status == "missing"


# --- the campaign's policies ------------------------------------------------------------------------------------


EXTENSION = (
    '\n[[round]]\nkey = "1"',
    (
        f'\n[[extension]]\ndistrict = "{DISTRICT}"\nround = "1"\ndue = "2564-02-10"\nwho = "หัวหน้ากลุ่มงาน"\n'
        'why = "น้ำท่วมพื้นที่"\n[[round]]\nkey = "1"'
    ),
)


@pytest.mark.parametrize(
    "at, status, days",
    [("2021-02-10T23:59:59", "on_time", 0), ("2021-02-11T00:00:30", "late", 1)],
)
def test_an_extension_moves_the_due_date_of_one_district_and_round(tmp_path, at, status, days):
    results = consolidate(
        tmp_path,
        Sent(FIRST, at, LETTER),
        Sent("น้ำขุ่น.xlsx", "2021-02-10T23:59:59", Table("3433", "1")),
        schemas=with_tables(tmp_path, EXTENSION),
    )
    row, other = roster_row(results, DISTRICT, "1"), roster_row(results, "3433", "1")
    assert (row.status, row.days_late, row.note) == (status, days, "ขยายเวลาโดย หัวหน้ากลุ่มงาน: น้ำท่วมพื้นที่")
    assert row.due_at.isoformat() == "2021-02-10T23:59:59+07:00"
    assert (other.status, other.days_late, other.note) == ("late", 5, "")


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2021-02-10T23:59:59+07:00", "waived"), ("2021-02-11T00:00:00+07:00", "missing")],
)
def test_a_waiver_that_has_an_end_holds_to_the_end_of_that_day(tmp_path, as_of, status):
    waiver = '[[waiver]]\ndistrict = "3420"\nround = "1"\nwho = "หัวหน้ากลุ่มงาน"\nwhy = "น้ำท่วม"\nuntil = "2564-02-10"\n'
    schemas = with_tables(
        tmp_path, ("# A later due date for one district", waiver + "# A later due date for one district")
    )
    row = roster_row(consolidate(tmp_path, schemas=schemas, as_of=as_of), "3420", "1")
    assert row.status == status
    assert row.note == "ยกเว้นโดย หัวหน้ากลุ่มงาน: น้ำท่วม (ถึง 10 ก.พ. 2564)"


def test_who_has_an_extension_is_pending_until_it_ends(tmp_path):
    results = consolidate(
        tmp_path, as_of="2021-02-08T09:00:00+07:00", schemas=with_tables(tmp_path, EXTENSION)
    )
    assert roster_row(results, DISTRICT, "1").status == "pending"
    assert roster_row(results, "3433", "1").status == "missing"


@pytest.fixture(scope="module")
def closed(tmp_path_factory) -> Results:
    """A round that is closed at the end of 10 February."""
    folder = tmp_path_factory.mktemp("closed")
    return consolidate(
        folder,
        Sent(FIRST, "2021-02-10T23:59:59", LETTER),
        Sent("นาเยีย 1 แก้ไข.xlsx", "2021-02-11T00:00:00", CORRECTED),
        Sent("น้ำขุ่น.xlsx", "2021-02-11T00:00:00", Table("3433", "1")),
        schemas=with_tables(folder, ('due = "2564-02-05"', 'due = "2564-02-05"\nclose = "2564-02-10"')),
    )


def test_what_comes_after_the_close_is_listed_as_late_and_not_merged(closed):
    row = roster_row(closed, "3433", "1")
    assert (row.status, row.days_late, row.counted_file, row.local_bodies_reported) == ("late", 6, "", 0)
    assert set(round_of(closed, "1").values["district_code"]) == {DISTRICT}
    assert verdicts(closed, "น้ำขุ่น.xlsx") == ["ignored"]
    assert [issue.severity for issue in issues_about(closed, "AFTER_CLOSE", "น้ำขุ่น.xlsx")] == ["note"]


def test_a_correction_after_the_close_supersedes_nothing(closed):
    row = roster_row(closed, DISTRICT, "1")
    assert (row.status, row.days_late, row.counted_file) == ("late", 5, FIRST)
    assert figure(closed, "1", BODY, "visits") != 77
    assert verdicts(closed, "นาเยีย 1 แก้ไข.xlsx") == ["ignored"]


def test_a_due_date_on_a_weekend_moves_to_the_next_working_day_if_the_campaign_says_so(tmp_path):
    """20 February 2564 is a Saturday; 5 February, a Friday, stays."""
    sent = Sent(SECOND, "2021-02-22T23:59:59", Table(DISTRICT, "2"))
    kept = consolidate(tmp_path / "keep", sent)
    moved = consolidate(
        tmp_path / "move",
        sent,
        schemas=with_tables(tmp_path, ('weekend = "keep"', 'weekend = "next_workday"')),
    )
    assert (roster_row(kept, DISTRICT, "2").status, roster_row(kept, DISTRICT, "2").days_late) == ("late", 2)
    assert roster_row(moved, DISTRICT, "2").status == "on_time"
    assert roster_row(moved, DISTRICT, "2").due_at.isoformat() == "2021-02-22T23:59:59+07:00"
    assert roster_row(moved, DISTRICT, "1").due_at.isoformat() == "2021-02-05T23:59:59+07:00"


def test_a_due_date_on_a_holiday_moves_past_the_holidays_too(tmp_path):
    schemas = with_tables(
        tmp_path,
        ('weekend = "keep"', 'weekend = "next_workday"'),
        ('due = "2564-02-05"', 'due = "2564-02-12"'),
    )
    row = roster_row(consolidate(tmp_path, schemas=schemas), DISTRICT, "1")
    assert row.due_at.isoformat() == "2021-02-15T23:59:59+07:00"


# --- what counts at the time of the summary ---------------------------------------------------------------------


def test_a_file_received_after_the_summarys_time_is_named_and_does_not_count_yet(tmp_path):
    sent = Sent(FIRST, "2021-02-05T10:00:00", LETTER)
    before = consolidate(tmp_path, sent, as_of="2021-02-05T09:59:59+07:00")
    assert before.rounds == ()
    assert verdicts(before, FIRST) == ["not_yet"]
    assert [issue.file for issue in before.unplaced if issue.code == "NOT_YET"] == [FIRST]
    assert f'"{FIRST}"' in issues_of(before, "NOT_YET")[0].message
    at = rerun(tmp_path, as_of="2021-02-05T10:00:00+07:00")
    assert (verdicts(at, FIRST), issues_of(at, "NOT_YET")) == (["counted"], [])


def test_a_later_version_received_after_the_summarys_time_leaves_the_older_counted(tmp_path):
    results = consolidate(
        tmp_path,
        Sent(FIRST, "2021-02-04T10:00:00", LETTER),
        Sent(FIRST, "2021-02-09T10:00:00", CORRECTED),
        as_of="2021-02-08T10:00:00+07:00",
    )
    assert verdicts(results, FIRST) == ["counted", "not_yet"]
    assert figure(results, "1", BODY, "visits") not in (77, None)


def test_a_withdrawn_file_counts_nowhere_and_is_named_with_its_reason(tmp_path):
    results = consolidate(
        tmp_path,
        Sent(FIRST, "2021-02-04T10:00:00", LETTER),
        Sent(FIRST, "2021-02-04T10:00:00", LETTER, event="withdrawn", note="ส่งผิดไฟล์"),
    )
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.first_received_at) == ("missing", None)
    assert verdicts(results, FIRST) == ["withdrawn"]
    assert "ส่งผิดไฟล์" in issues_about(results, "WITHDRAWN", FIRST)[0].message
    assert round_of(results, "1").values.empty


def test_a_withdrawn_correction_lets_the_older_version_count_again(tmp_path):
    results = consolidate(
        tmp_path,
        Sent(FIRST, "2021-02-04T10:00:00", LETTER),
        Sent(FIRST, "2021-02-09T10:00:00", CORRECTED),
        Sent(FIRST, "2021-02-09T10:00:00", CORRECTED, event="withdrawn", note="แก้ผิด"),
    )
    assert verdicts(results, FIRST) == ["counted", "withdrawn"]
    assert figure(results, "1", BODY, "visits") not in (77, None)


def test_a_file_that_vanished_still_counts_and_is_asked_about(tmp_path):
    put(tmp_path / "input", Sent(FIRST, "2021-02-04T10:00:00", LETTER))
    (tmp_path / "input" / FIRST).unlink()
    results = rerun(tmp_path)
    assert roster_row(results, DISTRICT, "1").status == "on_time"
    assert verdicts(results, FIRST) == ["counted"]
    assert figure(results, "1", BODY, "visits") is not None
    (asked,) = issues_about(results, "VANISHED", FIRST)
    assert (asked.severity, asked.district_code, asked.round) == ("please_explain", DISTRICT, "1")
    assert "pipeline withdraw" in asked.remedy
