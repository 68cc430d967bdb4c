"""Empty forms as offices draw them, made with openpyxl alone: nothing here knows how a form of ours looks.

Each is a `Blank`: sheets of texts by cell with the merged ranges. `drawn` gives the workbook, `filled` the same with
figures typed into it, as a district does.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import openpyxl

from tests.sample.libreoffice import converted

Written = Mapping[str, object]
"""What is typed into the cells of a sheet, by address."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its name, its texts by address, its merged ranges."""

    name: str
    texts: Written
    merges: tuple[str, ...] = ()
    hidden: bool = False


Blank = tuple[Page, ...]


def drawn(blank: Blank, saved_as: str = "") -> bytes:
    """The workbook; `saved_as` a suffix, as LibreOffice saves it again."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in blank:
        sheet = book.create_sheet(page.name)
        for place, text in page.texts.items():
            sheet[place] = text
            if isinstance(text, str):
                sheet[place].data_type = "s"  # also what begins as a formula does
        for merged in page.merges:
            sheet.merge_cells(merged)
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    content = io.BytesIO()
    book.save(content)
    return converted(content.getvalue(), saved_as) if saved_as else content.getvalue()


def filled(blank: Blank, *typed: Written) -> Blank:
    """The blank with what a district types into each of its sheets, over what is printed there."""
    pages = zip(blank, (*typed, *({} for _ in blank[len(typed) :])), strict=True)
    return tuple(Page(page.name, {**page.texts, **more}, page.merges, page.hidden) for page, more in pages)


def across(row: int, *texts: object, first: str = "A") -> dict[str, object]:
    """Texts side by side from a column on; nothing for an empty one."""
    return {
        f"{openpyxl.utils.get_column_letter(column)}{row}": text
        for column, text in enumerate(texts, start=openpyxl.utils.column_index_from_string(first))
        if text != ""
    }


SIGNED = {
    "B22": "ลงชื่อ ........................................ ผู้รายงาน",
    "B23": "(........................................)",
    "B24": "ตำแหน่ง ....................................",
}

THREE_LEVELS: Blank = (
    Page(
        "แบบ ข.1",
        {
            "A1": "แบบรายงานผลการคัดแยกขยะต้นทาง",
            "A2": "อำเภอ........................ จังหวัดอุบลราชธานี",
            "A3": "ครั้งที่ .......... ข้อมูล ณ วันที่ ........................",
            "A4": "จำนวนวิทยากรที่ผ่านการอบรม .......... คน",
            **across(5, "ที่", "อปท.", "การคัดแยกขยะ", "", "", "", "", "ปริมาณขยะ (ตัน)", "", "หมายเหตุ"),
            **across(6, "ครัวเรือน", "", "ชุมชน (แห่ง)", "", "ร้อยละ", "ก่อน", "หลัง", first="C"),
            **across(7, "ทั้งหมด", "คัดแยกแล้ว", "ทั้งหมด", "คัดแยกแล้ว", first="C"),
            **across(8, *[f"({number})" for number in range(1, 11)]),
            **across(9, 1),
            **across(10, 2),
            "A20": "รวม",
            **SIGNED,
        },
        ("A1:J1", "A2:J2", "A3:J3", "A4:J4", "A5:A7", "B5:B7", "C5:G5", "C6:D6", "E6:F6", "G6:G7", "H5:I5",
         "H6:H7", "I6:I7", "J5:J7"),
    ),
)  # fmt: skip
"""Three levels of header, the lowest of which repeats itself under each of the two above it."""

PER_BODY: Blank = tuple(
    Page(
        name,
        {
            "A1": "แบบสำรวจครัวเรือนปลูกผักสวนครัว",
            "A2": "อำเภอดอนมดแดง ครั้งที่ .....",
            **across(4, "หมู่ที่", "จำนวนครัวเรือนทั้งหมด", "ครัวเรือนที่ปลูกผัก", "พื้นที่ปลูก\nไร่", "งบประมาณ (บาท)", "ข้อสังเกต"),
            **{f"A{row}": f"หมู่ที่ {row - 4}" for row in range(5, 9)},
            "A9": "รวม",
        },
    )
    for name in ("อบต.ดอนมดแดง", "อบต.คำไฮใหญ่")
)  # fmt: skip
"""One sheet per local body, whose rows are villages; no column says whose they are."""

TRANSPOSED: Blank = (
    Page(
        "สรุป",
        {
            "A1": "สรุปผลการดำเนินงาน อำเภอ..............",
            **across(3, "รายการ", "อบต.ดอนมดแดง", "อบต.คำไฮใหญ่", "อบต.เหล่าแดง", "รวม"),
            "A4": "จำนวนครัวเรือนทั้งหมด",
            "A5": "จำนวนครัวเรือนที่ปลูกผัก",
            "A6": "จำนวนครัวเรือนที่คัดแยกขยะ",
        },
    ),
)
"""Local bodies across, what is asked downwards."""

TWO_TABLES: Blank = (
    Page(
        "Sheet1",
        {
            "A1": "แบบติดตามงานสิ่งแวดล้อม",
            "A2": "อำเภอ.............. ครั้งที่ .....",
            "A4": "ตอนที่ 1 ถังขยะเปียก",
            **across(5, "ลำดับ", "ชื่อ อปท.", "ครัวเรือนทั้งหมด", "ครัวเรือนที่มีถังขยะเปียก", "ถังขยะเปียก (ใบ)"),
            **across(6, 1),
            **across(7, 2),
            "A11": "ตอนที่ 2 สมาชิก อถล.",
            **across(12, "ลำดับ", "ชื่อ อปท.", "สมาชิกชาย (คน)", "สมาชิกหญิง (คน)", "ประชุม (ครั้ง)"),
            **across(13, 1),
            **across(14, 2),
            "A18": "ผู้รายงาน ..........................",
        },
    ),
)
"""Two tables, one below the other, with their own headers."""

TWO_LANGUAGES: Blank = (
    Page(
        "Form",
        {
            "A1": "แบบรายงานอาสาสมัคร / Volunteer report",
            "A2": "อำเภอ (District): .............. ครั้งที่ (Round) .....",
            "A3": "Contact: ..............",
            **across(
                5, "No.", "อปท.\nLocal body", "Number of volunteers (persons)", "จำนวนครัวเรือน\nHouseholds",
                "Share (%)", "Budget (baht)", "Start date", "End date", "Remarks",
            ),
            "A12": "Total",
        },
        ("A1:I1", "A2:I2"),
    ),
)  # fmt: skip
"""Labels in English, in Thai, and in both."""

LOST_MERGES: Blank = (
    Page("คำชี้แจง", {"A1": "โปรดกรอกข้อมูลให้ครบทุกช่อง", "A2": "ส่งภายในวันที่ 20 ของเดือน"}),
    Page(
        "แบบ",
        {
            "A1": "แบบรายงานกองทุนขยะ",
            "A2": "อำเภอ", "B2": "", "E2": "ครั้งที่",
            "H3": "หน่วย : ครัวเรือน",
            **across(4, "ลำดับ", "หน่วยงาน", "สมาชิกกองทุน", "", "", "เงินกองทุน", "", "ปี", ""),
            **across(5, "ทั้งหมด", "ใหม่", "ลาออก", "รับ", "จ่าย", 2563, 2564, first="C"),
            **across(6, "", "", "", "บาท", "บาท", first="C"),
            **across(7, 1),
        },
    ),
)  # fmt: skip
"""Groups without merged cells, a unit for the whole table, a row of units, and years that are numbers."""

ACTIVITIES: Blank = (
    Page(
        "แผน",
        {
            "A1": "แผนการรณรงค์ลดขยะ",
            "A2": "อำเภอ....................",
            **across(
                4, "ที่", "หน่วยงาน", "โครงการ", "เป้าหมาย", "", "ช่วงเวลา", "", "งบประมาณ", "ผู้รับผิดชอบโครงการ"
            ),
            **across(5, "ผู้เข้าร่วม (คน)", "สถานที่", "เริ่ม", "แล้วเสร็จ", first="D"),
        },
        ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:H5", "I4:I5"),
    ),
)
"""Any number of projects of each local body."""

LISTED: Blank = (
    Page(
        "แบบ",
        {
            "A1": "แบบเก็บข้อมูล อบต. ....................",
            **across(3, "ที่", "ตัวชี้วัด", "หน่วยนับ", "จำนวน", "หมายเหตุ"),
            **across(4, 1, "ครัวเรือนทั้งหมด", "ครัวเรือน"),
            **across(5, 2, "ครัวเรือนที่คัดแยกขยะ", "ครัวเรือน"),
            **across(6, 3, "สมาชิก อถล.", "คน"),
            **across(7, 4, "ธนาคารขยะ", "แห่ง"),
        },
    ),
)
"""What is asked stands in rows, one sheet per local body."""

SIDE_BY_SIDE: Blank = (
    Page(
        "แบบ",
        {
            "A1": "แบบรายงานสองตาราง ครั้งที่ ..... อำเภอ ..........",
            **across(3, "อปท.", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "ปุ๋ยหมัก (กก.)"),
            **across(3, "อปท.", "ผู้สูงอายุ (คน)", "เด็ก (คน)", "คนพิการ (คน)", first="F"),
        },
    ),
)

STORY: Blank = (
    Page(
        "แบบ",
        {
            "A1": "แบบเล่าเรื่องชุมชนสะอาด",
            "A2": "อำเภอ ............ จังหวัดอุบลราชธานี ครั้งที่ .....",
            "A3": "๑. ชื่อเรื่อง",
            "A5": "๒. หน่วยงาน ....................",
            "A6": "๓. จำนวนผู้เข้าร่วม .......... คน",
            "A7": "๔. พื้นที่ดำเนินการ หมู่ที่ ..... บ้าน ..........",
            "A8": "๕. ปัญหาอุปสรรค",
            "A12": "ลงชื่อ ............................ ผู้รายงาน",
        },
    ),
)
"""No table: items that each district answers once."""

DOWNWARDS: Blank = (
    Page(
        "แบบ",
        {
            "A1": "แบบรายงานขยะ",
            "A3": "ชื่อ อปท.",
            "A4": "ครัวเรือนทั้งหมด",
            "A5": "ครัวเรือนที่คัดแยกขยะ",
            "A6": "ปริมาณขยะ",
        },
    ),
)
"""Labels that run downwards, for local bodies that are to be written to the right of them."""
