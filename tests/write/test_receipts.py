"""The slip of a district: what came, when, its hash, what was read of it, what is still to be mended."""

from pathlib import Path

import pytest

from pipeline.model import Results
from tests.campaigns import TABLES, Sent, consolidate, roster_row, round_of
from tests.sample.model import Cell, Table
from tests.write.test_worklist import AS_OF, AT, BODIES, SENT

LATER = "2021-02-05T10:00:00"
MENDED = Sent(
    "น้ำขุ่น 1 แก้ไข.xlsx", LATER, Table("3433", "1", changes=(Cell(BODIES[1].label, "visits", "12-15"),))
)
ODD = "เมือง\u202egnp.xlsx"
OF_ODD = Sent(ODD, AT, Table("3401", "1", changes=(Cell(TABLES.bodies_of("3401")[0].label, "visits", 1),)))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Results]:
    folder = tmp_path_factory.mktemp("receipts")
    run = consolidate(folder, *SENT, MENDED, OF_ODD, as_of=AS_OF, publish=True)
    return folder / "output" / "1" / "receipts", run


def slip(ran: tuple[Path, Results], code: str) -> list[str]:
    return (ran[0] / f"{code}.txt").read_text(encoding="utf-8").splitlines()


def test_a_slip_is_written_for_each_district_of_which_something_came(ran):
    folder, run = ran
    came = {code for file in round_of(run, "1").files for code, _ in file.places}
    assert (
        {path.stem for path in folder.iterdir()} == came == {"3401", "3407", "3421", "3422", "3430", "3433"}
    )


def test_every_file_stands_with_its_time_what_became_of_it_and_its_hash(ran):
    lines = slip(ran, "3433")
    first, second = (file for file in ran[1].files if ("3433", "1") in file.places)
    assert "ได้รับ ๒ ไฟล์" in lines
    at = lines.index("๑. น้ำขุ่น 1.xlsx")
    assert lines[at + 1] == "   ได้รับเมื่อ ๔ กุมภาพันธ์ ๒๕๖๔ เวลา ๐๙.๐๐ น. (ตามทะเบียนรับของจังหวัด)"
    assert lines[at + 2] == "   ผล: ได้รับแล้ว มีฉบับที่ใหม่กว่าแทน จึงใช้ฉบับใหม่"
    assert f"   รหัสเนื้อหาเต็ม (SHA-256) {first.sha256}" in lines
    at = lines.index("๒. น้ำขุ่น 1 แก้ไข.xlsx")
    assert lines[at + 2] == "   ผล: ใช้ได้ นำมารวมแล้ว"
    assert f"   รหัสเนื้อหาเต็ม (SHA-256) {second.sha256}" in lines


def test_what_was_read_of_the_report_that_counts_is_told_in_figures(ran):
    lines = slip(ran, "3433")
    values = round_of(ran[1], "1").values
    figures = (values["district_code"] == "3433").sum()
    thai = str(figures).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert f'   อ่านจากแผ่น "แบบรายงาน" ใช้ ๔ แถว {thai} ตัวเลข' in lines


def test_what_is_still_to_be_mended_is_listed_of_the_report_that_counts_alone(ran):
    lines = slip(ran, "3433")
    at = lines.index("   ต้องแก้ ๑ จุด ขอให้ส่งฉบับแก้ไขโดยเร็ว")
    (issue,) = (
        one for one in round_of(ran[1], "1").issues if one.file == MENDED.path and one.code == "BAD_VALUE"
    )
    assert lines[at + 1] == f'   - แผ่น "แบบรายงาน" เซลล์ {issue.cell} พบ "12-15" ต้องเป็นจำนวนเดียว'
    assert lines[at + 2] == f"     {issue.remedy}"
    assert not any("ทต.ไม่มีจริง" in line for line in lines)


def test_who_has_only_to_explain_is_not_asked_to_send_again(ran):
    lines = slip(ran, "3401")
    assert [line for line in lines if "โปรดชี้แจง" in line] == ["   โปรดชี้แจง ๑ จุด หากถูกต้องแล้วไม่ต้องส่งใหม่"]
    assert not any("ขอให้ส่งฉบับแก้ไข" in line for line in lines)


def test_a_file_that_cannot_be_used_says_why_and_what_to_do(ran):
    lines = slip(ran, "3430")
    assert roster_row(ran[1], "3430", "1").status == "unusable"
    at = lines.index("   ผล: ได้รับแล้ว แต่ยังใช้ไม่ได้ ขอให้ส่งใหม่")
    assert lines[at + 1].startswith("   เหตุผล: เป็นไฟล์ PDF")
    assert lines[at + 2].startswith("   ขอให้ทำ: ")
    assert "   ขอให้ส่งใหม่โดยเร็ว" in lines


@pytest.mark.parametrize("code", ["3421", "3422"])
def test_what_waits_for_the_province_asks_nothing_of_either_district(ran, code):
    lines = slip(ran, code)
    assert "   ผล: อาจเป็นของอำเภอนี้หรืออำเภออื่น จังหวัดกำลังตรวจสอบ อำเภอยังไม่ต้องส่งใหม่" in lines
    assert not any("ขอให้" in line for line in lines)


def test_a_time_that_nobody_confirmed_says_so(ran):
    lines = slip(ran, "3407")
    assert any(line.endswith("(ตามเวลาของไฟล์ ยังไม่มีผู้ยืนยัน)") for line in lines)
    assert "   สถานะ: ส่งช้า ๓ วัน ตามเวลาของไฟล์ ยังไม่ยืนยัน" in lines


def test_signs_that_nobody_sees_are_written_out(ran):
    text = "\n".join(slip(ran, "3401"))
    assert "เมือง‹U+202E›gnp.xlsx" in text
    assert "\u202e" not in text
