import pytest

from pipeline.write.metrics import line_count, line_height, text_px


def test_marks_have_no_width() -> None:
    assert text_px("กี่") == text_px("ก")
    assert text_px("น้ำ") == text_px("นำ")
    assert text_px("ปู่") == text_px("ป")


def test_invisible_characters_have_no_width() -> None:
    assert text_px("ก\u200bข") == text_px("กข")


@pytest.mark.parametrize("text, px", [("0000000000", 77.2), ("อำเภอ", 36.7), ("ABC", 25.3)])
def test_widths_are_those_of_the_font(text: str, px: float) -> None:
    assert text_px(text) == pytest.approx(px, abs=0.1)


def test_the_longest_line_counts() -> None:
    assert text_px("ก\nกกก") == text_px("กกก")


def test_bold_and_large_are_wider() -> None:
    assert text_px("ก", bold=True) > text_px("ก")
    assert text_px("ก", size=32) == pytest.approx(2 * text_px("ก"))


def test_lines() -> None:
    assert line_count("", 100) == 1
    assert line_count("สั้น", 100) == 1
    assert line_count("ก\nข", 100) == 2
    assert line_count("ก" * 60, 200) == 4
    assert line_height() == 24
