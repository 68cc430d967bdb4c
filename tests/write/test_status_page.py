"""status.html: what it says of every round and district, how it is built, and that nobody else's text is markup."""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline import durable
from pipeline.exceptions import CannotWrite
from pipeline.model import Folders, Results, RoundResult
from pipeline.run import run as pipeline_run
from pipeline.thai import thai_digits
from pipeline.write import words
from pipeline.write.page.document import document
from pipeline.write.page.status import write_status
from pipeline.write.page.view import Beside, view_of
from tests.campaigns import AS_OF as CAMPAIGN_AS_OF
from tests.campaigns import NOW, SCHEMAS, Sent, consolidate, in_process
from tests.sample.model import Cell, Table
from tests.write import factory
from tests.write.factory import AS_OF, issue
from tests.write.page_tree import Element, tree

AHEAD = dict.fromkeys(range(25), "pending")
ROUNDS = ("1", "2", "3", "4")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}</style>",
    "</bdi></td></table><h1>ชนะ</h1>",
    "javascript:alert(1)",
    "http://example.invalid/a",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "<!-- -->",
    "]]><![CDATA[",
)


@cache
def results(round_key: str = "2", kind: str = "") -> Results:
    """A run of one round, in which everybody sent in time (`well`), nobody has to yet (`ahead`), or as it comes."""
    statuses = {"well": {}, "ahead": AHEAD}.get(kind)
    return factory.results(round_key=round_key, statuses=statuses, issues=() if kind else None)


@pytest.fixture(scope="module")
def run() -> Results:
    """Two rounds that are due, two that are not, of which nothing has come."""
    return campaign(factory.results(round_key="1", statuses={3: "late"}, issues=(), seed=1), results())


def campaign(*due: Results) -> Results:
    """A run of all these rounds, and of those that follow, of which nothing has come."""
    later = [results(key, "ahead") for key in ROUNDS[len(due) :]]
    rounds = tuple(each.rounds[0] for each in (*due, *later))
    shown = tuple(
        replace(each, totals={}) if each.round.key in ROUNDS[len(due) :] else each for each in rounds
    )
    return replace(due[-1], rounds=shown[: len(due)], every_round=shown)


def page_of(run: Results, **beside: Beside) -> str:
    return document(view_of(run, {key.removeprefix("r"): value for key, value in beside.items()}))


def read(run: Results, **beside: Beside) -> Element:
    return tree(page_of(run, **beside))


def with_round(run: Results, key: str, **changes: object) -> Results:
    """The run with one round changed, wherever it stands."""

    def changed(each: RoundResult) -> RoundResult:
        return replace(each, **changes) if each.round.key == key else each  # type: ignore[arg-type]

    return replace(
        run, rounds=tuple(map(changed, run.rounds)), every_round=tuple(map(changed, run.every_round))
    )


def rows(table: Element) -> list[list[Element]]:
    """The cells of each row of a table's body."""
    return [row.all("td", "th") for row in table.one("tbody").all("tr")]


def district(page: Element, code: str) -> Element:
    return page.one("details", id=f"d-{code}")


# --- how it is built ----------------------------------------------------------------------------------------------


def test_it_is_one_thai_page_that_may_load_and_run_nothing(run: Results) -> None:
    text = page_of(run)
    page = tree(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="th">\n')
    assert page.one("title").text == "สถานะการรายงานของอำเภอ จังหวัดอุบลราชธานี"
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    digest = hashlib.sha256("".join(map(str, page.one("style").inside)).encode()).digest()
    style = base64.b64encode(digest).decode()
    assert policy == (f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'")
    assert (
        page.all("script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video") == []
    )
    written = {name for each in page.all() for name in each.attributes}
    assert {name for name in written if name.startswith("on") or name in ("src", "srcset", "style")} == set()
    assert re.search(r"url\(|@import|https?:|//[a-z]", text) is None


def test_every_link_leads_to_a_place_of_the_page_or_to_a_file_that_is_there(run: Results) -> None:
    page = read(run, r2=Beside(frozenset({"summary.xlsx", "receipts/3404.txt"}), AS_OF))
    ids = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    targets = {each.attributes["href"] for each in page.all("a")}
    assert {href[1:] for href in targets if href.startswith("#")} <= set(ids)
    assert {href for href in targets if not href.startswith("#")} == {"2/summary.xlsx", "2/receipts/3404.txt"}
    assert page.all("a")[0].attributes["href"] == "#main"
    assert page.one("main").attributes["id"] == "main"


def test_no_heading_is_passed_over_and_every_part_has_a_name(run: Results) -> None:
    page = read(run)
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    named = [section.attributes["aria-labelledby"] for section in page.all("section")]
    assert len(named) == len(set(named)) == 7
    assert {each.attributes["id"] for each in page.all("h2")} == set(named)
    assert all(each.attributes["role"] == "img" and each.attributes["aria-label"] for each in page.all("svg"))


def test_every_table_says_what_it_is_and_what_its_cells_belong_to(run: Results) -> None:
    tables = read(run).all("table")
    assert len(tables) > 25
    for table in tables:
        assert table.one("caption").text
        heads = table.one("thead").all("th")
        assert {head.attributes["scope"] for head in heads} == {"col"}
        for row in rows(table):
            assert len(row) == len(heads)
            assert (row[0].tag, row[0].attributes["scope"]) == ("th", "row")
            labels = [cell.attributes["data-label"] for cell in row[1:]]
            assert all(head.text.startswith(label) for label, head in zip(labels, heads[1:], strict=True))
        parts = table.all("thead", "tbody", "tfoot", "tr", "th", "td")
        assert {each.attributes["role"] for each in parts} == {
            "rowgroup", "row", "columnheader", "rowheader", "cell",
        }  # fmt: skip


def test_the_same_run_gives_the_same_bytes(run: Results) -> None:
    files = [f"{folder}/{code}.x" for folder in ("returned", "receipts") for code in ("3404", "3401")]
    first = page_of(run, r1=Beside(frozenset(files)), r2=Beside(frozenset(["line.txt", "summary.xlsx"])))
    second = page_of(
        run, r1=Beside(frozenset(files[::-1])), r2=Beside(frozenset(["summary.xlsx", "line.txt"]))
    )
    assert first == second


def test_a_sample_says_that_it_is_one(run: Results) -> None:
    assert words.SAMPLE_BANNER in read(replace(run, sample=True)).one("header").text
    assert words.SAMPLE not in read(run).text


# --- what it says -------------------------------------------------------------------------------------------------


def test_the_table_has_every_district_in_every_round_in_words(run: Results) -> None:
    table = read(run).one("table", class_="matrix")
    registry = run.campaign.registry
    assert [head.text for head in table.one("thead").all("th")][1:3] == [
        "ครั้งที่ ๑ ๕ ก.พ. ๒๕๖๔",
        "ครั้งที่ ๒ ๒๐ ก.พ. ๒๕๖๔",
    ]
    shown = rows(table)
    assert [row[0].text for row in shown] == [each.name for each in registry.districts]
    for place, row in enumerate(shown):
        for result, cell in zip(run.every_round, row[1:], strict=True):
            status = result.roster[place].status
            chip = cell.one(class_="chip")
            assert chip.attributes["class"] == f"chip {status}"
            assert chip.text.startswith(words.STATUSES[status])
    assert [cell.text for cell in table.one("tfoot").all("td")] == [
        "๒๕ จาก ๒๕",
        "๒๐ จาก ๒๕",
        "๐ จาก ๒๕",
        "๐ จาก ๒๕",
    ]


def test_the_table_says_how_late_how_long_overdue_and_what_a_report_lacks(run: Results) -> None:
    shown = {row[0].text: row for row in rows(read(run).one("table", class_="matrix"))}
    assert shown["เขื่องใน"][1].text == "ส่งช้า 1 วัน"
    assert shown["โพธิ์ไทร"][2].text == "ยังไม่ส่ง เลย 4 วัน"
    assert "ต้องแก้ 5" in shown["เขื่องใน"][2].text
    assert "อปท. 11/13" in shown["เมืองอุบลราชธานี"][2].text


def test_each_round_has_its_due_date_its_counts_and_its_coverage(run: Results) -> None:
    cards = {each.attributes["id"]: each for each in read(run).all("article")}
    assert list(cards) == [f"r-{key}" for key in ROUNDS]
    second = cards["r-2"]
    assert "กำหนดส่ง ๒๐ ก.พ. ๒๕๖๔" in second.text
    assert "ครบกำหนดเมื่อ ๔ วันก่อน" in second.text
    assert [each.text for each in second.one("ul", class_="counts").all("li")] == [
        "17 ส่งทันกำหนด", "3 ส่งช้า", "1 ส่งแล้วแต่ยังใช้ไม่ได้", "1 รอยืนยัน", "3 ยังไม่ส่ง",
    ]  # fmt: skip
    expected = run.every_round[1]
    reported = sum(row.local_bodies_reported for row in expected.roster)
    assert f"รวม {reported} จาก 238 อปท. · 20 จาก 25 อำเภอ" in second.text
    assert "อีก ๒๔ วัน" in cards["r-3"].text
    assert "ยังไม่มีรายงานที่นำมารวมได้" in cards["r-3"].text


def test_the_round_that_was_due_last_comes_first_with_the_figures_of_the_province(run: Results) -> None:
    first = read(run).one("section", id="latest")
    assert first.one("h2").text == "ครั้งล่าสุด: แบบรายงานการดำเนินงาน ครั้งที่ ๒"
    total = run.every_round[1].totals["hh_veg"]
    shown = {
        row[0].text: [cell.text for cell in row[1:]] for row in rows(first.one("table", class_="figures"))
    }
    assert shown["ครัวเรือนที่ปลูกผักสวนครัว"] == [
        f"{total.value:,.0f} ครัวเรือน", str(total.local_bodies), str(total.districts),
    ]  # fmt: skip
    assert shown["ร้อยละครัวเรือนที่ปลูกผัก"][0] == f"{run.every_round[1].totals['hh_veg_pct'].value:.1f} %"


def test_before_anything_is_due_the_round_that_is_due_first_comes_first() -> None:
    ahead = campaign(results("1", "ahead"))
    early = replace(
        with_round(ahead, "1", totals={}),
        as_of=AS_OF - timedelta(days=25),
        rounds=(),
        every_round=ahead.every_round,
    )
    page = read(early)
    assert page.one("section", id="latest").one("h2").text.endswith("ครั้งที่ ๑")
    assert "ยังไม่มีตัวเลข" not in page.one("section", id="next").text
    assert "แบบรายงานการดำเนินงาน ครั้งที่ ๑ ภายในวันที่ ๕ กุมภาพันธ์ ๒๕๖๔" in page.one("section", id="next").text


def test_the_steps_name_whom_to_ask_for_what_and_the_next_deadline(run: Results) -> None:
    steps = [each for each in read(run).one("ol", class_="steps").inside if isinstance(each, Element)]
    said = {step.one("h3").text: step.text for step in steps}
    assert list(said) == [
        "ติดตามอำเภอที่ยังไม่ส่ง",
        "ขอให้ส่งใหม่ เพราะไฟล์ที่ได้รับยังใช้ไม่ได้",
        "ยืนยันกับอำเภอว่าไฟล์ที่รอยืนยัน ๑ ไฟล์เป็นของใด และนับได้หรือไม่",
        "ขอให้แก้ไขรายงานที่ส่งแล้ว",
        "เตรียมกำหนดส่งถัดไป",
    ]
    missing, unusable, undecided, mend, ahead = said.values()
    assert missing.endswith("ครั้งที่ ๒ นาจะหลวย เลย ๔ วัน โพธิ์ไทร เลย ๔ วัน นาตาล เลย ๔ วัน")
    assert unusable.endswith("ครั้งที่ ๒ ม่วงสามสิบ")
    assert "ครั้งที่ ๒ พิบูลมังสาหาร" in undecided
    assert "ครั้งที่ ๒ เขมราฐ ๖ จุด ตระการพืชผล ๖ จุด ตาลสุม ๖ จุด เขื่องใน ๕ จุด" in mend
    assert ahead.endswith("แบบรายงานการดำเนินงาน ครั้งที่ ๓ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๔ (อีก ๒๔ วัน)")


def test_until_reminders_begin_it_is_said_from_when_on(run: Results) -> None:
    sunday = replace(run, as_of=AS_OF - timedelta(days=3))
    said = read(sunday).one("section", id="next").text
    assert said.count("แจ้งเตือนได้ตั้งแต่ ๒๒ ก.พ. ๒๕๖๔ เวลา ๐๙.๐๐ น.") == 3
    assert "แจ้งเตือนได้ตั้งแต่" not in read(run).text


def test_a_campaign_in_which_all_is_well_asks_for_nothing() -> None:
    well = campaign(*(results(key, "well") for key in ROUNDS))
    last = replace(well.every_round[-1].round, due_at=AS_OF - timedelta(days=1))
    well = with_round(with_round(well, "4", round=last), "3", round=replace(last, key="3"))
    page = read(with_round(well, "2", absent=()))
    assert "ไม่มีเรื่องที่ต้องทำ" in page.one("section", id="next").text
    assert page.all(class_="must_fix") == []
    assert "ครบกำหนดส่งทุกครั้งแล้ว" in page.one("section", id="latest").text


def test_each_district_says_what_it_is_asked_for_and_how_it_is_mended(run: Results) -> None:
    page = read(run)
    assert [each.attributes["id"] for each in page.all("details", class_="district")] == [
        f"d-{each.code}" for each in run.campaign.registry.districts
    ]
    own = district(page, "3404")
    assert own.one("summary").text == "เขื่องใน ครั้งที่ ๒ ต้องแก้ ๕ จุด โปรดชี้แจง ๑ จุด"
    causes = [each.text for each in own.one("ul", class_="causes").all("li")]
    assert causes[0] == (
        'ต้องแก้ ครั้งที่ ๒ · รอบ 2/อำเภอเขื่องใน ครั้งที่ 2.xlsx · แผ่น "แบบ 2" · เซลล์ C6, D9 '
        'พบ "12-15" ต้องเป็นจำนวนเดียว ต้องทำอะไร พิมพ์จำนวนจริงจำนวนเดียว เช่น 12'
    )
    assert [cause.split()[0] for cause in causes] == ["ต้องแก้", "ต้องแก้", "โปรดชี้แจง"]


def test_local_bodies_that_a_report_lacks_are_named(run: Results) -> None:
    labels = run.campaign.registry.labels
    absent = [each for each in run.every_round[1].absent if each.district_code == "3401"]
    assert absent
    told = district(read(run), "3401").one("ul", class_="asked").text
    assert f"ขาด อปท. {thai_digits(str(len(absent)))} แห่ง คือ" in told
    assert all(labels[each.local_body_code] in told for each in absent)


def test_a_district_that_is_asked_for_nothing_says_so(run: Results) -> None:
    quiet = district(read(run), "3433")
    assert quiet.one("summary").text == "น้ำขุ่น ไม่มีเรื่องค้าง"
    assert quiet.all("ul", class_="asked") == []


def test_what_waits_for_the_province_is_asked_of_no_district(run: Results) -> None:
    """A question of the analyst is counted as something to fix in the tables; the district is not chased for it."""
    question = issue(district_code="3433", code="NO_ROUND", remedy="ผู้วิเคราะห์ตรวจ answers.csv", question=True)
    (found,) = [each for each in run.every_round if each.round.key == "2"]
    asked = with_round(run, "2", issues=(*found.issues, question))
    own = district(read(asked), "3433")
    assert "ต้องแก้" not in own.one("summary").text
    assert "answers.csv" not in own.text
    (cause,) = own.one("ul", class_="causes").all("li")
    assert cause.one(class_="chip").text == "รอยืนยัน"
    assert cause.text.endswith("รอผู้วิเคราะห์ของจังหวัดยืนยันกับอำเภอ")


def test_every_file_that_does_not_count_is_named_with_the_reason(run: Results) -> None:
    reason = issue(district_code="", file="รอบ 2/ภาพกิจกรรม.pdf", code="WRONG_TYPE", message="เป็นไฟล์ PDF", reason="",
                   remedy="ส่งไฟล์ต้นฉบับ", sheet="", cell="", value="")  # fmt: skip
    stray = replace(reason, file="answers.csv", code="ANSWER_UNUSED", severity="note", message="ไม่มีไฟล์นี้")
    section = read(replace(run, unplaced=(reason, stray))).one("section", id="files")
    shown = {
        row[0].text: [cell.text for cell in row[1:]] for table in section.all("table") for row in rows(table)
    }
    aside = [row for row in run.files if row.verdict != "counted"]
    assert len(aside) == 3
    assert all(any(told.startswith(row.path) for told in shown) for row in aside)
    (pdf,) = [cells for told, cells in shown.items() if told.startswith("รอบ 2/ภาพกิจกรรม.pdf")]
    assert pdf == ["ไม่ได้นำมารวม", "ไม่ทราบ", "เป็นไฟล์ PDF", "ส่งไฟล์ต้นฉบับ"]
    assert shown["answers.csv"] == ["แจ้งให้ทราบ", "ไม่มีไฟล์นี้", "ส่งไฟล์ต้นฉบับ"]
    counts = Counter(row.verdict for row in run.files)
    assert thai_digits(f"พบ {len(run.files)} ไฟล์: นำมารวมแล้ว {counts['counted']}") in section.text


def test_files_of_a_round_that_this_run_left_alone_tell_of_their_own_moment(run: Results) -> None:
    older = Beside(frozenset({"summary.xlsx"}), AS_OF - timedelta(days=9))
    cards = read(run, r1=older, r2=Beside(frozenset({"summary.xlsx"}), AS_OF)).all("article")
    assert "ไฟล์ของครั้งนี้เป็นข้อมูล ณ วันที่ ๑๕ ก.พ. ๒๕๖๔ เวลา ๐๘.๓๐ น." in cards[0].text
    assert "ไฟล์ของครั้งนี้" not in cards[1].text


# --- nobody else's text is markup -----------------------------------------------------------------------------------


def said_by(text: str) -> Results:
    """A run in which a district says `text` wherever it can."""
    run = campaign(results("1", "well"), results())
    told = issue(district_code="3404", file=text, sheet=text, cell="C6", value=text, message=text, reason=text,
                 remedy=text, code="X")  # fmt: skip
    result = run.every_round[1]
    roster = tuple(replace(row, note=text, counted_file=text and row.counted_file) for row in result.roster)
    files = tuple(
        replace(row, path=text if row.verdict == "ignored" else row.path, codes=("X",)) for row in run.files
    )
    changed = with_round(run, "2", issues=(told,), roster=roster)
    return replace(changed, unplaced=(replace(told, district_code=""),), files=files)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_of_a_district_is_shown_as_it_is_and_makes_no_element(text: str) -> None:
    plain, hostile = read(said_by("ข้อความ")), read(said_by(text))
    tags = [(each.tag, *each.attributes) for each in plain.all()]
    assert [(each.tag, *each.attributes) for each in hostile.all()] == tags
    apart = [each.text for each in hostile.all("bdi")]
    assert apart.count(" ".join(text.split())) >= 30
    values = [value for each in hostile.all() for value in each.attributes.values()]
    assert not any(text in value for value in values)


def test_what_turns_or_hides_text_is_shown_as_what_nobody_can_read() -> None:
    shown = page_of(said_by("ก\u202eข\x00ค\u2066ง\ufeffจ\x1b[2J"))
    assert "ก\ufffdข\ufffdค\ufffdง\ufffdจ\ufffd[2J" in shown
    assert re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ufeff]", shown) is None


def test_a_text_as_long_as_a_book_is_cut() -> None:
    shown = read(said_by("ยาว" * 5000))
    assert max(len(each.text) for each in shown.all("bdi")) < 500
    assert any(each.text.endswith("…") for each in shown.all("bdi"))


# --- in its place ---------------------------------------------------------------------------------------------------

SENT = (
    Sent("1.xlsx", "2021-02-04T09:00:00", Table("3424", "1")),
    Sent(
        "2 <b>.xlsx",
        "2021-02-19T09:00:00",
        Table("3424", "2", changes=(Cell("อบต.คำไฮใหญ่", "hh_veg", "12-15"),)),
    ),
)


def test_a_run_writes_it_once_for_all_rounds_whichever_it_writes(tmp_path: Path) -> None:
    whole = consolidate(tmp_path, *SENT, publish=True)
    first = (tmp_path / "output" / "status.html").read_bytes()
    page = tree(first.decode())
    assert [each.attributes["id"] for each in page.all("article")] == [f"r-{key}" for key in ROUNDS]
    assert [each.round.key for each in whole.every_round] == list(ROUNDS)
    own = district(page, "3424")
    assert "2 <b>.xlsx" in own.text
    assert "1/summary.xlsx" in {each.attributes["href"] for each in page.all("a")}
    folders = Folders(SCHEMAS, tmp_path / "input", tmp_path / "output", CAMPAIGN_AS_OF)
    one = pipeline_run(folders, NOW, only=["1"], reading=in_process)
    assert [each.round.key for each in one.rounds] == ["1"]
    assert (tmp_path / "output" / "status.html").read_bytes() == first


def test_a_page_that_cannot_be_written_leaves_the_old_one(
    run: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_status(tmp_path, run)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable.os, "fsync", full)
    with pytest.raises(CannotWrite) as caught:
        write_status(tmp_path, replace(run, sample=True))
    assert str(path) in caught.value.sentence
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["status.html"]


def test_a_record_that_somebody_changed_tells_of_no_moment(run: Results, tmp_path: Path) -> None:
    (tmp_path / "3").mkdir()
    (tmp_path / "3" / "summary.xlsx").write_bytes(b"")
    for text in ("", "[]", '{"as_of": 4}', "{}"):
        (tmp_path / "3" / "run.json").write_text(text, encoding="utf-8")
        page = tree(write_status(tmp_path, run).read_text(encoding="utf-8"))
        assert "3/summary.xlsx" in {each.attributes["href"] for each in page.all("a")}
        assert "ไฟล์ของครั้งนี้" not in page.text


def test_a_round_that_this_run_left_alone_tells_of_the_moment_in_its_record(
    run: Results, tmp_path: Path
) -> None:
    for key, moment in (("1", run.as_of.isoformat()), ("3", "2021-02-01T08:00:00+07:00")):
        (tmp_path / key).mkdir()
        (tmp_path / key / "line.txt").write_bytes(b"")
        (tmp_path / key / "run.json").write_text(f'{{"as_of": "{moment}"}}', encoding="utf-8")
    cards = tree(write_status(tmp_path, run).read_text(encoding="utf-8")).all("article")
    told = "ไฟล์ของครั้งนี้เป็นข้อมูล ณ วันที่ ๑ ก.พ. ๒๕๖๔ เวลา ๐๘.๐๐ น."
    assert [told in card.text for card in cards] == [False, False, True, False]
