"""หมายเหตุ: what the signs, statuses, ratios and column keys mean, and how lateness is reckoned."""

from pipeline.model import RoundResult
from pipeline.thai import thai_digits
from pipeline.write import figures, layout, metrics, sentences, words
from pipeline.write.book import page, print_in_parts
from pipeline.write.cells import Book, Page, put, put_across
from pipeline.write.layout import FIRST_ROW, Layout

_WIDTHS = (220, 720)
_GAP_POINTS = 10
_DICTIONARY = "คอลัมน์ของแผ่น ข้อมูล"
_SIGNS = (
    (words.UNKNOWN, "ยังไม่มีข้อมูล หรือค่าที่ส่งมายังใช้ไม่ได้ ไม่นำไปรวมและไม่นับเป็นศูนย์"),
    ("0", "อำเภอรายงานว่าเป็นศูนย์"),
    ("*", "ตัวเลขที่แก้จากในไฟล์ ตามที่อำเภอแจ้งภายหลัง รายการอยู่ในหัวข้อข้างล่าง"),
    ("p", "ตัวเลขเบื้องต้น ยังมีอำเภอที่ยังไม่ส่งหรือมีจุดที่ต้องแก้ ตัวเลขอาจเปลี่ยน"),
    ("r", "ตัวเลขปรับปรุงแล้ว อำเภอส่งฉบับแก้ไขแทนฉบับก่อน หรือแจ้งแก้ภายหลัง"),
    ("อปท.", "องค์กรปกครองส่วนท้องถิ่น (เทศบาลและองค์การบริหารส่วนตำบล)"),
)
_TIMES = (
    ("ได้รับเมื่อ", "เวลาที่ไฟล์แรกของอำเภอสำหรับครั้งนี้มาถึง"),
    ("ใช้ได้เมื่อ", "เวลาที่รายงานฉบับแรกซึ่งอ่านได้และมีตัวเลขอย่างน้อยหนึ่งช่องมาถึง ใช้ตัดสินว่าทันกำหนดหรือช้า"),
    ("ตามทะเบียนรับ", "เจ้าหน้าที่ลงทะเบียนเวลารับไว้"),
    ("ตามเวลาไฟล์", "ยังไม่มีผู้ลงทะเบียนรับ ใช้เวลาของไฟล์แทน ถือว่ายังไม่ยืนยัน และไม่ใช้ในหนังสือติดตาม"),
    ("รายงานหลายฉบับ", "นับฉบับใหม่ที่สุดที่ใช้ได้และรายงาน อปท. ไม่น้อยกว่าฉบับก่อน"),
)


def put_sheet(book: Book, plan: Layout) -> Page:
    """Writes the explanations, a section after another."""
    made = page(book, layout.NOTES, "หมายเหตุและนิยาม", "ใช้ประกอบทุกตารางในสมุดนี้", _WIDTHS)
    starts = [0]
    row = FIRST_ROW
    for heading, entries in _sections(book.result, plan):
        if heading == _DICTIONARY:
            starts.append(row)
        put_across(made, row, 0, 1, heading, "section")
        for term, meaning in entries:
            row += 1
            put(made, row, 0, term, "wrap_bold")
            put(made, row, 1, meaning, "wrap")
            lines = (
                metrics.line_count(text, width - 10)
                for text, width in zip((term, meaning), _WIDTHS, strict=True)
            )
            made.sheet.set_row(row, max(lines) * metrics.line_height())
        made.sheet.set_row(row + 1, _GAP_POINTS)
        row += 2
    print_in_parts(made, starts, row - 2)
    return made


def _sections(result: RoundResult, plan: Layout) -> list[tuple[str, list[tuple[str, str]]]]:
    coverage = thai_digits(sentences.coverage(result))
    ratios = [(ratio.title, ratio.definition) for ratio in result.form.ratios]
    shares = [
        *ratios,
        ("ยอดรวม", "บวกเฉพาะ อปท. ที่มีข้อมูล ทุกยอดบอกว่ารวมกี่ อปท. และกี่อำเภอ"),
        ("ร้อยละของอำเภอและจังหวัด", "คำนวณใหม่จากผลบวกของ อปท. ที่รายงานทั้งสองจำนวน ไม่ใช่ค่าเฉลี่ยของร้อยละ"),
        ("ความครอบคลุมของครั้งนี้", coverage),
    ]
    return [
        ("สัญลักษณ์และคำย่อ", list(_SIGNS)),
        ("ร้อยละ ตัวหาร และยอดรวม", shares),
        ("สถานะของอำเภอ", _statuses(result)),
        ("เวลาและการนับวันช้า", list(_TIMES)),
        (
            "ระดับของรายการตรวจพบ",
            [(word, words.SEVERITY_MEANINGS[key]) for key, word in words.SEVERITIES.items()],
        ),
        *_corrections(result),
        (_DICTIONARY, _dictionary(result, plan)),
    ]


def _statuses(result: RoundResult) -> list[tuple[str, str]]:
    """The statuses and what they mean; that lateness does not count, where it does not."""
    meanings = {**words.STATUS_MEANINGS}
    if result.round.no_lateness:
        meanings["on_time"] = f"ได้รับรายงานที่ใช้ได้แล้ว ครั้งนี้ไม่นับการส่งช้า เพราะ{result.round.no_lateness}"
        del meanings["late"]
    told = [(words.statuses(result.round)[status], meaning) for status, meaning in meanings.items()]
    document = (words.AS_DOCUMENT, "ส่งเป็นไฟล์เอกสารหรือ PDF จังหวัดได้รับแล้ว แต่ไม่มีตัวเลขหรือข้อความที่ระบบอ่านได้")
    return [*told, document] if result.form.documents else told


def _corrections(result: RoundResult) -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures that districts corrected by telephone, if there are any."""
    names = {row.district_code: row.district for row in result.roster}
    told = [
        (f"{names.get(issue.district_code, '')} · {issue.file}", issue.message)
        for issue in result.issues
        if issue.code == "CORRECTED"
    ]
    return [("ตัวเลขที่แก้ตามที่อำเภอแจ้ง", told)] if told else []


def _dictionary(result: RoundResult, plan: Layout) -> list[tuple[str, str]]:
    """The key of each column of ข้อมูล and what it holds."""
    meanings = {
        "round": "ครั้งที่รายงาน",
        "district_code": "รหัสอำเภอ",
        "district": "อำเภอ",
        "local_body_code": "รหัส อปท.",
        "local_body": "ชื่อ อปท.",
        "status": "สถานะของอำเภอ",
        "corrected": "คอลัมน์ที่แก้ตามที่อำเภอแจ้ง",
        "file": "ไฟล์ต้นทางของตัวเลข",
        "sheet": "แผ่นงานในไฟล์ต้นทาง",
        "cells": "เซลล์ของตัวเลขแต่ละตัวในแผ่นงานนั้น เช่น hh_total=F10 หากรวมจากหลายเซลล์จะคั่นด้วยเครื่องหมาย ,",
        "source": "ลำดับของไฟล์ในแผ่น ที่มา ซึ่งบอกเวลาที่ได้รับและลายนิ้วมือของไฟล์",
    }
    columns = {column.key: column for column in result.form.columns}
    ratios = {ratio.key: ratio.title for ratio in result.form.ratios}
    for key in (*plan.keys, *plan.once):
        column = columns.get(key)
        meanings[key] = ratios.get(key) or (figures.full_label(column) if column else meanings.get(key, ""))
    return [(key, meanings[key]) for key in plan.columns if meanings[key]]
