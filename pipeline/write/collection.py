"""collection.xlsx: the best practice of every district in one workbook, a sheet each, with its pictures."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from pipeline.model import Results, RoundResult
from pipeline.thai import thai_digits
from pipeline.write import metrics, sentences, table, words
from pipeline.write.book import page, written
from pipeline.write.cells import Book, Page, put, put_across
from pipeline.write.layout import FIRST_ROW
from pipeline.write.photos import UNSHOWN, shown
from pipeline.write.stories import Story, stories
from pipeline.write.table import Field

_CONTENTS: Final = "สารบัญ"
_WIDTHS: Final = (230, 510)
_INDENT_PX: Final = 16
_BOX: Final = (360, 270)
"""A picture's place in pixels, two of them side by side."""
_FIELDS: Final = (
    Field("ที่", "centre"),
    Field("อำเภอ"),
    Field("สถานะ", "centre"),
    Field("อปท.", most=200),
    Field("ชื่อกิจกรรม/โครงการ", "wrap", most=330),
    Field("รูป", "centre"),
)


def write_collection(path: Path, results: Results, result: RoundResult) -> None:
    """Writes the workbook; `OSError` if it cannot be written."""
    told = {story.district_code: story for story in stories(result)}
    with written(path, results, result, result.title) as book:
        _put_contents(book, told)
        for story in told.values():
            _put_story(book, story)


def _put_contents(book: Book, told: dict[str, Story]) -> None:
    """Every district: what it sent, or where it stands, with the way to its sheet."""
    rows = []
    for number, owed in enumerate(book.result.roster, start=1):
        story = told.get(owed.district_code)
        activity = story.items[0].text if story else owed.note
        photos = len(story.photos) if story else ""
        body = story.local_body if story else ""
        rows.append((number, owed.district, words.status_of(owed, book.result.round), body, activity, photos))
    made = page(book, _CONTENTS, book.result.title, _subtitle(book, told), table.widths(_FIELDS, rows))
    table.put_table(made, FIRST_ROW, _FIELDS, rows)
    link = book.format_of("link")
    for place, owed in enumerate(book.result.roster, start=FIRST_ROW + 1):
        if owed.district_code in told:
            made.sheet.write_url(place, 1, f"internal:'{owed.district}'!A1", link, owed.district)
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.freeze_panes(FIRST_ROW + 1, 2)


def _subtitle(book: Book, told: dict[str, Story]) -> str:
    day = sentences.local_day(book.results.as_of, book.results.campaign)
    return thai_digits(f"อ่านเนื้อหาได้ {len(told)} จาก {len(book.result.roster)} อำเภอ · ข้อมูล ณ วันที่ {day}")


def _put_story(book: Book, story: Story) -> None:
    made = page(book, story.district, f"อำเภอ{story.district}", story.local_body, _WIDTHS)
    row = FIRST_ROW
    for item in story.items:
        for label, text in _lines(item.label, item.text or words.UNKNOWN):
            put(made, row, 0, label, "wrap_bold")
            put(made, row, 1, text, "wrap")
            lines = max(_line_count(text), metrics.line_count(label, _WIDTHS[0] - _INDENT_PX, bold=True))
            made.sheet.set_row(row, min(lines * metrics.line_height(), metrics.HIGHEST_ROW))
            row += 1
    _put_photos(made, story, row + 1)


def _lines(label: str, text: str) -> Iterator[tuple[str, str]]:
    """The answer in rows none of which is higher than a row can be; the label beside the first."""
    most = int(metrics.HIGHEST_ROW / metrics.line_height())
    part: list[str] = []
    for line in text.split("\n"):
        if part and _line_count("\n".join([*part, line])) > most:
            yield label, "\n".join(part)
            label, part = "", []
        part.append(line)
    yield label, "\n".join(part)


def _line_count(text: str) -> int:
    return metrics.line_count(text, _WIDTHS[1] - _INDENT_PX)


def _put_photos(made: Page, story: Story, row: int) -> None:
    """Two pictures side by side, each as large as its place allows."""
    for number, photo in enumerate(story.photos):
        place = row + number // 2
        left = number % 2 == 0
        made.sheet.set_row_pixels(place, _BOX[1] + 10)
        picture = shown(photo)
        if picture is None:
            put_across(made, place, 0 if left else 1, 0 if left else 1, UNSHOWN, "wrap")
            continue
        scale = picture.scale(*_BOX)
        made.sheet.insert_image(
            place, 0, f"{number}", {
                "image_data": BytesIO(picture.data), "x_scale": scale, "y_scale": scale,
                "x_offset": 4 if left else _BOX[0] + 16, "y_offset": 4, "object_position": 1,
            },
        )  # fmt: skip
