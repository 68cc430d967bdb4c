"""The code of a form that was handed out: what its check digits notice, and what it decides beside the titles."""

import pytest

from pipeline.campaign import load_campaign
from pipeline.form_code import FormCode, code_in, make, read
from pipeline.headings import form_codes
from pipeline.model import Cell
from tests.campaigns import (
    SHIPPED,
    Sent,
    consolidate,
    issues_of,
    roster_row,
    round_of,
    verdicts,
)
from tests.sample.model import Table
from tests.sample.plan_sheet import Plan

CAMPAIGN = load_campaign(SHIPPED)
DISTRICT, OTHER = "3429", "3433"
IN_TIME = "2021-02-04T10:00:00"
CODES = [
    make(FormCode(round_.form, round_.key, district.code))
    for round_ in CAMPAIGN.rounds
    for district in CAMPAIGN.registry.districts
]


def code(round_: str, district: str = DISTRICT, form: str = "operations") -> str:
    return make(FormCode(form, round_, district))


# --- the check digits ---------------------------------------------------------------------------------------------


def test_the_check_digits_are_those_of_iso_7064_mod_97_10():
    """794 has the check digits 44 in the standard's own example."""
    assert make(FormCode("7", "9", "4")) == "7-9-4-44"
    assert code("2", "3404") == "operations-2-3404-67"
    assert make(FormCode("best_practice", "best_practice", "3404")) == "best_practice-best_practice-3404-15"


@pytest.mark.parametrize("text", CODES)
def test_what_is_made_is_read(text):
    said = read(text)
    assert said is not None
    assert make(said) == text


def test_every_wrong_sign_and_every_swap_of_neighbours_is_noticed():
    for text in CODES[::7]:
        for place, sign in enumerate(text):
            others = (
                "0123456789" if sign.isdigit() else "abcdefghijklmnopqrstuvwxyz" if sign.isalpha() else ""
            )
            for other in set(others) - {sign}:
                assert read(text[:place] + other + text[place + 1 :]) is None
            after = text[place + 1 : place + 2]
            if after != sign and (sign + after).isalnum() and sign.isdigit() == after.isdigit():
                assert read(text[:place] + after + sign + text[place + 2 :]) is None


@pytest.mark.parametrize(
    "text", ["", "operations", "operations-2-3404", "operations-2-3404-6", "2-3404-67", "a-b-c-d-10"]
)
def test_what_has_not_three_parts_and_two_digits_is_no_code(text):
    assert read(text) is None


@pytest.mark.parametrize("part", ["แผน", "a-b", "A", ""])
def test_no_code_is_made_of_other_signs(part):
    with pytest.raises(ValueError, match="no code"):
        make(FormCode(part, "1", "3404"))


@pytest.mark.parametrize(
    "text",
    [
        "รหัสแบบ: operations-2-3404-67",
        "รหัสแบบ operations-2-3404-67 (ห้ามแก้)",
        "แบบที่ ๑ รหัสแบบ : OPERATIONS – 2 – ๓๔๐๔ – ๖๗",
        "รหัสแบบ:\noperations-2-3404-67 · พิมพ์เฉพาะช่องสีเหลือง",
    ],
)
def test_it_is_read_however_it_was_typed(text):
    assert code_in(text) == "operations-2-3404-67"


@pytest.mark.parametrize(
    "text", ["รหัสแบบ: ..........", "รหัสแบบ พช.01-2", "รหัส operations-2-3404-67", "รหัสแบบ 12"]
)
def test_what_is_no_code_of_ours_is_none(text):
    assert code_in(text) == ""


def test_it_may_stand_in_the_next_cell_of_the_row_and_in_no_other():
    label, beside, below = Cell((3, 0), "รหัสแบบ"), Cell((3, 4), code("2")), Cell((4, 0), code("1"))
    assert form_codes([label, beside], "แผ่น", CAMPAIGN) == ({FormCode("operations", "2", DISTRICT)}, ())
    assert form_codes([label, below], "แผ่น", CAMPAIGN) == (frozenset(), ())


# --- what it decides ----------------------------------------------------------------------------------------------


def sent(folder, content):
    return consolidate(folder, Sent("รายงาน.xlsx", IN_TIME, content), schemas=SHIPPED)


def headed(turn: str, area: str = "", **more: str) -> Table:
    """The report of the district's first round with something else in its heading."""
    return Table(DISTRICT, "1", turn=turn, area=area, **more)


def told(results, key: str = "1") -> list[str]:
    """The codes of all that is said, but for the total that the report states."""
    return [
        each.code for each in (*round_of(results, key).issues, *results.unplaced) if each.code != "TOTAL_ROW"
    ]


def test_a_right_code_that_agrees_with_the_titles_says_nothing_new(tmp_path):
    results = sent(tmp_path, headed(f"ครั้งที่ ๑ รหัสแบบ: {code('1')}"))
    assert roster_row(results, DISTRICT, "1").status == "on_time"
    assert told(results) == []


def test_a_right_code_alone_says_whose_and_which(tmp_path):
    results = sent(tmp_path, headed(f"รหัสแบบ: {code('1')}", "อำเภอ .........."))
    assert roster_row(results, DISTRICT, "1").status == "on_time"
    assert told(results) == []


def test_a_right_code_is_believed_before_the_name_of_the_sheet(tmp_path):
    results = sent(tmp_path, headed(f"รหัสแบบ: {code('1')}", "อำเภอ ..........", sheet="ครั้งที่ 2"))
    assert roster_row(results, DISTRICT, "1").status == "on_time"


@pytest.mark.parametrize(
    "wrong",
    ["operations-1-3429-00", "operations-1-3429", code("1", "3499"), code("9"), code("1", form="other")],
)
def test_a_wrong_code_is_a_note_at_its_cell_and_the_titles_decide(tmp_path, wrong):
    results = sent(tmp_path, headed(f"ครั้งที่ ๑ รหัสแบบ: {wrong}"))
    assert roster_row(results, DISTRICT, "1").status == "on_time"
    assert told(results) == ["FORM_CODE"]
    (note,) = issues_of(results, "FORM_CODE")
    assert (note.severity, note.cell, note.value) == ("note", "A1", wrong)


def test_a_wrong_code_is_no_evidence(tmp_path):
    results = sent(tmp_path, headed("รหัสแบบ: operations-1-3429-00"))
    (asked,) = issues_of(results, "NO_ROUND")
    assert asked.severity == "must_fix"
    assert verdicts(results, "รายงาน.xlsx") == ["undecided"]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        (code("2"), ("ครั้งที่ ๑", "ครั้งที่ ๒")),
        (code("1", OTHER), ("อำเภอนาเยีย", "อำเภอน้ำขุ่น")),
        (code("plan", form="plan"), ("ครั้งที่ ๑", "แผนปฏิบัติการ")),
    ],
)
def test_a_right_code_that_contradicts_the_titles_is_asked_about(tmp_path, said, places):
    results = sent(tmp_path, headed(f"ครั้งที่ ๑ รหัสแบบ: {said}"))
    assert verdicts(results, "รายงาน.xlsx") == ["undecided"]
    messages = {issue.message for issue in issues_of(results, "MIXED_CONTENT")}
    assert messages
    assert all(place in message for message in messages for place in places)


def test_the_code_of_another_form_alone_contradicts_the_table_itself(tmp_path):
    results = sent(tmp_path, headed(f"รหัสแบบ: {code('plan', form='plan')}"))
    assert verdicts(results, "รายงาน.xlsx") == ["undecided"]
    assert issues_of(results, "MIXED_CONTENT") != []


def test_two_codes_that_differ_contradict_one_another(tmp_path):
    both = f"ครั้งที่ ๑ รหัสแบบ: {code('1')}"
    results = sent(tmp_path, headed(both, f"อำเภอนาเยีย รหัสแบบ: {code('2')}"))
    assert issues_of(results, "MIXED_CONTENT") != []


def test_a_plan_carries_its_code_too(tmp_path):
    plan = Plan(DISTRICT, title=f"แบบรายงานการจัดทำแผนปฏิบัติการ รหัสแบบ: {code('plan', form='plan')}")
    results = consolidate(tmp_path, Sent("แผน.xlsx", "2021-01-25T09:00:00", plan), schemas=SHIPPED)
    assert roster_row(results, DISTRICT, "plan").status == "on_time"
    assert told(results, "plan") == []
