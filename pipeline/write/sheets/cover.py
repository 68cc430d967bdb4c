"""ปก: what this is, how far it has come, four sentences, and the way to every sheet."""

from pipeline.thai import thai_digits
from pipeline.write import layout, metrics, sentences, words
from pipeline.write.book import as_of_words, plain_page
from pipeline.write.cells import Book, Page, put, put_across, put_paragraph

_WIDTHS = (30, 140, 570, 30)
_CONTENTS = (
    (layout.OVERVIEW, "ตัวเลขสำคัญ แผนภูมิ เรื่องที่ต้องติดตาม และยอดรวมทั้งจังหวัด"),
    (layout.DISTRICTS, "{subject}และสถานะของทุกอำเภอ พร้อมยอดรวม"),
    (layout.BODIES, "{subject}ราย อปท. พร้อมยอดรวมของแต่ละอำเภอ"),
    (layout.ITEMS, "ทุกกิจกรรมตามแผน เป้าหมาย ระยะเวลา งบประมาณ และผู้รับผิดชอบ"),
    (layout.LATE, "อำเภอที่ส่งหลังกำหนด และจำนวนวัน"),
    (layout.MISSING, "อำเภอที่ยังไม่ส่ง ส่งแล้วแต่ยังใช้ไม่ได้ และรอยืนยัน"),
    (layout.FIXES, "รายการที่ต้องแก้หรือโปรดชี้แจง ระบุไฟล์และเซลล์ พร้อมวิธีแก้"),
    (layout.MAP, "อำเภอวางตามตำแหน่ง แสดงสถานะการส่งและตัวเลขสำคัญ"),
    (layout.TREND, "เทียบทุกครั้งของแบบรายงานนี้ รายอำเภอและทั้งจังหวัด"),
    (layout.NOTES, "สัญลักษณ์ นิยาม และวิธีคำนวณ"),
    (layout.SOURCES, "ไฟล์ต้นทางทุกไฟล์ เวลาที่ได้รับ และลายนิ้วมือของไฟล์"),
    (layout.DATA, "ข้อมูลราย อปท. ทุกช่อง สำหรับวิเคราะห์ต่อ"),
)


def put_sheet(book: Book) -> Page:
    """Writes the cover on one page."""
    made = plain_page(book, layout.COVER, "สรุปผลการรายงาน", _WIDTHS)
    made.sheet.fit_to_pages(1, 1)
    row = _put_title(made)
    row = _put_sentences(made, row + 1)
    row = _put_contents(made, row + 1)
    _put_about(made, row + 1)
    made.sheet.activate()
    return made


def _put_title(made: Page) -> int:
    results, result = made.book.results, made.book.result
    if results.sample:
        put_across(made, 0, 1, 2, f"{words.SAMPLE} ไม่ใช่ข้อมูลจริง ใช้เพื่อทดลองเท่านั้น", "sample_large")
        made.sheet.set_row(0, metrics.line_height(24))
    put(made, 2, 1, results.campaign.office, "cover_office")
    made.sheet.set_row(2, metrics.line_height(18))
    put(made, 3, 1, f"สรุปผลการรายงาน {thai_digits(result.round.title)}", "cover_title")
    made.sheet.set_row(3, metrics.line_height(30))
    put_paragraph(made, 4, 1, 2, results.campaign.title, "line")
    due = sentences.local_day(result.round.due_at, results.campaign)
    not_late = sentences.not_late(result.round).removesuffix(" · ")
    put(made, 5, 1, f"กำหนดส่งวันที่ {due}{f' ({not_late})' if not_late else ''}", "subtitle")
    put(made, 6, 1, as_of_words(made.paper.imprint), "subtitle")
    tone = "state_good" if sentences.complete(result) and not results.sample else "state_draft"
    put_paragraph(made, 7, 1, 2, sentences.state(results, result), tone)
    return 8


def _put_sentences(made: Page, row: int) -> int:
    result = made.book.result
    put_across(made, row, 1, 2, "สาระสำคัญ", "section")
    waiting = sentences.with_status(result, "missing", "unusable", "undecided")
    entries = (
        ("การส่งรายงาน", "label", sentences.submission(result)),
        ("ที่ยังรออยู่", "label_alert" if waiting else "label", sentences.outstanding(result)),
        (words.subject(result.form), "label", sentences.outcome(result)),
        ("คุณภาพข้อมูล", "label", sentences.quality(result)),
    )
    for number, (label, style, text) in enumerate(entries, start=1):
        put(made, row + number, 1, label, style)
        put_paragraph(made, row + number, 2, 2, text, "line")
    return row + len(entries) + 1


def _put_contents(made: Page, row: int) -> int:
    put_across(made, row, 1, 2, "สารบัญ", "section")
    result = made.book.result
    absent = layout.absent_sheets(made.book.results.campaign, result.round)
    contents = [entry for entry in _CONTENTS if entry[0] not in absent]
    for number, (name, what) in enumerate(contents, start=1):
        link = made.book.format_of("link")
        made.sheet.write_url(row + number, 1, f"internal:'{name}'!A1", link, name)
        no_lateness = name == layout.LATE and result.round.no_lateness
        told = "ครั้งนี้ไม่นับการส่งช้า" if no_lateness else what.format(subject=words.subject(result.form))
        put(made, row + number, 2, told, "line")
    return row + len(contents) + 1


def _put_about(made: Page, row: int) -> None:
    results = made.book.results
    put_across(made, row, 1, 2, "ติดต่อและกำหนดถัดไป", "section")
    entries = (
        ("ผู้จัดทำ", f"{results.campaign.contact} {results.campaign.office}"),
        ("กำหนดถัดไป", sentences.next_deadline(results)),
        ("อ้างถึง", results.campaign.letter),
    )
    for number, (label, text) in enumerate(entries, start=1):
        put(made, row + number, 1, label, "label")
        put_paragraph(made, row + number, 2, 2, text, "line")
