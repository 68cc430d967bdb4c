"""What the commands and their options are called: Thai, or English with PIPELINE_LANG=en. Light, for `--help`."""

import os
from typing import Final

HELP: Final = {
    "pipeline": (
        "รวมรายงานของอำเภอเป็นสรุปของจังหวัด พร้อมรายชื่อที่ส่งช้าและยังไม่ส่ง",
        "Consolidate the districts' reports into the province's summary, with who is late and who is missing.",
    ),
    "consolidate": (
        "อ่าน ตรวจ และรวมรายงานทุกไฟล์ใน input แล้วเขียนผลลงใน output",
        "Read, check and merge every workbook in input/ and write the results to output/.",
    ),
    "check": (
        "ตรวจไฟล์ทีละไฟล์ แสดงสิ่งที่อ่านได้และทุกจุดที่ต้องแก้ โดยไม่บันทึกอะไร",
        "Check single workbooks: what was read, and every issue. Nothing is recorded.",
    ),
    "status": ("แสดงว่าอำเภอใดส่งแล้ว ส่งช้า หรือยังไม่ส่ง", "Show who has reported, who is late and who is missing."),
    "trace": (
        "แสดงว่ายอดรวมหนึ่งตัวมาจากไฟล์และเซลล์ใดบ้าง",
        "Show the files and cells that a figure of the outputs was added up from.",
    ),
    "templates": (
        "สร้างแบบรายงานสำหรับแจกอำเภอ กรอกชื่อไว้ให้แล้ว พร้อมตัวเลขครั้งก่อน",
        "Write the workbooks to hand out: a form per round and district, with last round's figures.",
    ),
    "receive": ("ลงทะเบียนว่าได้รับไฟล์เมื่อใด", "Tell the register when a file was received."),
    "withdraw": ("ถอนไฟล์ออกจากการนับ พร้อมเหตุผล", "Take a file out of every table, with the reason."),
    "start": ("เก็บข้อมูลตัวอย่าง แล้วเริ่มงานจริง", "Put the sample away and begin a real campaign."),
    "nightly": (
        "งานที่ให้เครื่องทำเองทุกคืน: รับไฟล์ใหม่ รวมทุกครั้ง เขียนเฉพาะที่เปลี่ยน และสรุปให้ผู้วิเคราะห์",
        "What cron runs: take in what arrived, consolidate, write only what changed, and leave a digest.",
    ),
    "log": ("โฟลเดอร์เก็บบันทึกรายคืน (ไม่ระบุ คือโฟลเดอร์ผลลัพธ์)", "Folder of the log; without it the output folder."),
    "form": (
        "ทำแบบรายงานของหน่วยงานเองให้เป็นตารางของระบบ และตรวจตารางของแบบ",
        "Turn an office's own form into tables, and prove a form's tables.",
    ),
    "form check": (
        "ตรวจตารางของทุกแบบ แล้วบอกว่าแต่ละแบบมีอะไร ใช้ในครั้งใด และสิ่งที่น่าจะลืม",
        "Prove every form's tables: what each has, which rounds ask for it, what was perhaps forgotten.",
    ),
    "form draft": (
        "อ่านแบบเปล่า แล้วร่างตารางของแบบ พร้อมรายการที่ยังไม่แน่ใจ",
        "Read a blank form and draft its tables, with a list of what is unsure.",
    ),
    "blank": ("แบบเปล่า", "BLANK"),
    "name": (
        "ชื่อของแบบ ใช้เป็นชื่อโฟลเดอร์ เป็นอักษรอังกฤษ ตัวเลข หรือขีดล่าง เช่น waste",
        "The form's name, an ASCII identifier: its folder's name.",
    ),
    "round": (
        "รายงานครั้งที่ต้องการ ระบุซ้ำได้ (ไม่ระบุ คือทุกครั้งที่ครบกำหนดหรือมีไฟล์แล้ว)",
        "A round to write; may be repeated.",
    ),
    "template_round": (
        "ครั้งที่ต้องการแบบ ระบุซ้ำได้ (ไม่ระบุ คือทุกครั้ง)",
        "A round to hand out; may be repeated. Without it every round.",
    ),
    "as_of": (
        'สรุปตามข้อมูลถึงเวลานี้ เช่น 2564-02-24 หรือ "2564-02-24T08:30"',
        "State of this moment, ISO 8601; years from 2400 are Buddhist-era.",
    ),
    "schemas": ("โฟลเดอร์ตารางของงาน", "Folder of the campaign's tables."),
    "input": ("โฟลเดอร์ไฟล์ที่ได้รับ", "Folder of what arrived."),
    "output": ("โฟลเดอร์ผลลัพธ์", "Folder of what is made."),
    "json": ("แสดงผลเป็น JSON", "Print one JSON document."),
    "strict": ("จบด้วยรหัส 3 เมื่อยังมีสิ่งที่ต้องแก้หรือต้องตัดสิน", "Exit 3 when something must be fixed or decided."),
    "quiet": ("ไม่แสดงข้อความระหว่างทำงาน", "Say nothing but the paths."),
    "at": ("เวลาที่ได้รับจริง เช่น 2564-02-05T15:30", "When it was received."),
    "note": ("บันทึกช่วยจำ", "A remark for the register."),
    "why": ("เหตุผล", "The reason."),
    "who": ("ผู้ตัดสิน (ตำแหน่ง)", "Who decided (office)."),
    "district": ("รหัสอำเภอ เช่น 3407 (ไม่ระบุ คือทั้งจังหวัด)", "A district's code; without it the whole province."),
    "key": ("ครั้งที่", "ROUND"),
    "indicator": ("ตัวชี้วัด", "INDICATOR"),
    "file": ("ไฟล์", "The file."),
    "help": ("แสดงคำอธิบายนี้", "Show this help."),
    "version": ("แสดงรุ่นของโปรแกรม", "Show the version."),
    "usage": ("วิธีใช้", "Usage"),
    "options": ("ตัวเลือก", "Options"),
    "commands": ("คำสั่ง", "Commands"),
}


def word(key: str) -> str:
    """The help text of a command or an option in the language of the terminal."""
    thai, english = HELP[key]
    return english if os.environ.get("PIPELINE_LANG", "").lower().startswith("en") else thai
