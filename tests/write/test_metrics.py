import pytest

from pipeline.write.metrics import column_px, line_count, line_height, text_px


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


def test_what_cannot_be_broken_goes_to_the_next_line_whole() -> None:
    assert line_count("กกกกกก " + "a" * 12, 150) == 2
    assert line_count("กกกกกก " + "ก" * 12, 150) == 2
    assert line_count("กกก " + "a" * 60, 150) == 1 + line_count("a" * 60, 150)


def test_a_text_that_just_fits_in_one_program_may_need_two_lines_in_another() -> None:
    text = "ก" * 20
    assert line_count(text, text_px(text) + 12) == 2
    assert line_count(text, column_px([text])) == 1


def test_many_lines_are_given_one_more_for_a_font_that_stands_in() -> None:
    assert line_count("\n".join("ก" * 5), 100) == 5
    assert line_count("\n".join("ก" * 6), 100) == 7
    assert line_count("\n".join("ก" * 12), 100) == 14


def test_a_column_is_as_wide_as_its_longest_text() -> None:
    assert column_px(["ก", "กกกก", "กก"]) == column_px(["กกกก"])
    assert column_px(["กกกก"]) > text_px("กกกก") / 0.965
    assert column_px([]) == column_px([""])
