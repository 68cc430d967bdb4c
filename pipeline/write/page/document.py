"""The page as a document: its head with what it may load (nothing), its parts in order, its foot."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from pipeline.write import words
from pipeline.write.page import parts
from pipeline.write.page.districts import districts_section
from pipeline.write.page.files import files_section
from pipeline.write.page.latest import latest_section
from pipeline.write.page.markup import Html, el, join, void
from pipeline.write.page.matrix import matrix_section
from pipeline.write.page.rounds import rounds_section
from pipeline.write.page.steps import steps_section
from pipeline.write.page.view import View, latest

STYLES = Path(__file__).with_name("page.css")
_TITLE = "สถานะการรายงานของอำเภอ"


def document(view: View) -> str:
    """The whole page."""
    return f'<!DOCTYPE html>\n<html lang="th">\n{_head(view).text}\n{_body(view).text}\n</html>\n'


@cache
def _styles() -> tuple[str, str]:
    """The style sheet, and its hash as a policy names it."""
    text = STYLES.read_text(encoding="utf-8")
    return text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _head(view: View) -> Html:
    styles, sha256 = _styles()
    policy = f"default-src 'none'; style-src 'sha256-{sha256}'; base-uri 'none'; form-action 'none'"
    return el(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        void("meta", name="referrer", content="no-referrer"),
        void("meta", name="robots", content="noindex"),
        void("meta", name="format-detection", content="telephone=no, date=no, address=no"),
        el("title", f"{_TITLE} จังหวัด{view.results.campaign.province}"),
        el("style", Html(styles)),
    )


def _body(view: View) -> Html:
    first = latest(view)
    sections = [
        latest_section(view, first) if first else None,
        steps_section(view),
        rounds_section(view),
        matrix_section(view),
        districts_section(view),
        files_section(view),
        _meanings(),
    ]
    skip = el("a", "ข้ามไปที่เนื้อหา", href="#main", class_="skip")
    return el(
        "body",
        skip,
        _header(view),
        _navigation(),
        el("main", *sections, id="main", tabindex=-1),
        _footer(view),
    )


def _header(view: View) -> Html:
    campaign = view.results.campaign
    return el(
        "header",
        el("p", words.SAMPLE_BANNER, class_="sample", role="note") if view.results.sample else None,
        el("p", campaign.title, class_="campaign"),
        el("h1", f"{_TITLE} จังหวัด{campaign.province}"),
        el("p", f"ข้อมูล ณ วันที่ {view.moment(view.as_of, short=False)}", class_="as-of"),
    )


def _navigation() -> Html:
    places = (
        ("latest", "ครั้งล่าสุด"),
        ("next", "ต้องทำต่อไป"),
        ("rounds", "ทุกครั้ง"),
        ("table", "ทุกอำเภอ"),
        ("districts", "รายอำเภอ"),
        ("files", "ไฟล์ที่ได้รับ"),
        ("meanings", "ความหมายของคำ"),
    )
    items = (el("li", el("a", text, href=f"#{key}")) for key, text in places)
    return el("nav", el("ul", *items), aria_label="ส่วนต่าง ๆ ของหน้า")


def _meanings() -> Html:
    """What the statuses mean."""
    items = [
        (el("span", word, class_=f"chip {status}"), words.STATUS_MEANINGS[status])
        for status, word in words.STATUSES.items()
    ]
    return parts.section(
        "meanings", "ความหมายของคำ", el("div", parts.pairs(items, class_="meanings"), class_="card")
    )


def _footer(view: View) -> Html:
    campaign = view.results.campaign
    imprint = join(filter(None, (campaign.office, campaign.contact, campaign.letter)), " · ")
    links = "ลิงก์ของไฟล์เปิดได้เมื่อหน้านี้อยู่ในโฟลเดอร์เดียวกับโฟลเดอร์ของแต่ละครั้ง"
    return el("footer", el("p", imprint), el("p", links, class_="screen"))
