"""Text: cleaning repairs and never loses a letter; what is equal to a reader has one key."""

import re
import unicodedata
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalise import parse_text, shown
from pipeline.thai import arabic_digits, clean, fold, thai_digits

quick = settings(max_examples=300, derandomize=True, deadline=None)

CONSONANTS = "กขคงจชดตนบปมยรลวสหอ"
LEADING = "โใไ"  # เ is left to a test of its own: two of them are แ
ABOVE_BELOW = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47"
TONES = "\u0e48\u0e49\u0e4a\u0e4b"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
SPACES = " \u00a0\u3000\t\n\r\x0b"
LATIN = "AbZé0129๐๕๙"
SIGNS = "-/.,()%\"'ฯๆ#"

syllables = st.builds(
    lambda before, first, vowel, tone, after: before + first + vowel + tone + after,
    st.sampled_from(("", *LEADING)),
    st.sampled_from(CONSONANTS),
    st.sampled_from(("", *ABOVE_BELOW)),
    st.sampled_from(("", *TONES)),
    st.sampled_from(("", "า", "ะ", "\u0e33")),
)
words = st.lists(syllables | st.sampled_from([*LATIN, *SIGNS]), min_size=1, max_size=8).map("".join)
phrases = st.lists(words, min_size=1, max_size=5)
noise = st.lists(st.sampled_from(INVISIBLE + SPACES), max_size=3).map("".join)
hard = st.text(
    st.sampled_from(CONSONANTS + LEADING + ABOVE_BELOW + TONES + INVISIBLE + SPACES + LATIN + SIGNS)
)


def letters(text: str) -> list[str]:
    """The letters and digits of a text in order, as one reads them: without marks, spaces and signs."""
    return [sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign)[0] in "LN"]


# --- cleaning ---------------------------------------------------------------------------------------------------


@quick
@given(hard)
def test_every_letter_and_digit_stays_in_its_order(text):
    assert letters(clean(text)) == letters(text)


@quick
@given(hard)
def test_no_mark_is_lost_and_none_is_added(text):
    """Of marks only a repetition on one letter may go."""
    marks = Counter(sign for sign in text if unicodedata.category(sign) == "Mn" and sign > "\u0e00")
    kept = Counter(sign for sign in clean(text) if unicodedata.category(sign) == "Mn" and sign > "\u0e00")
    assert kept <= marks
    assert kept.keys() == marks.keys()


@quick
@given(phrases)
def test_a_text_in_order_is_left_alone(phrase):
    text = unicodedata.normalize("NFC", " ".join(phrase))
    assert clean(text) == text


@quick
@given(phrases, st.data())
def test_stray_spaces_and_invisible_signs_go_and_nothing_else_does(phrase, data):
    invisible = st.lists(st.sampled_from(INVISIBLE), max_size=2).map("".join)
    dirty = [data.draw(invisible).join(word) for word in phrase]
    text = data.draw(noise) + "".join(word + " " + data.draw(noise) for word in dirty)
    assert clean(text) == unicodedata.normalize("NFC", " ".join(phrase))


@quick
@given(st.lists(syllables, min_size=1, max_size=6), st.data())
def test_marks_typed_in_the_wrong_order_or_twice_are_the_same_text(typed, data):
    meant = "".join(typed)
    marks = re.compile(f"[{ABOVE_BELOW}{TONES}]+")

    def retyped(found: re.Match[str]) -> str:
        order = data.draw(st.permutations(found[0]))
        return "".join(sign * data.draw(st.integers(1, 2)) for sign in order)

    assert clean(marks.sub(retyped, meant)) == meant


@quick
@given(phrases)
def test_a_split_ae_and_a_split_am_are_mended(phrase):
    text = " ".join(phrase)
    meant = unicodedata.normalize("NFC", f"แ{text}".replace("ใ", "แ"))
    assert clean(meant.replace("แ", "เเ").replace("\u0e33", "\u0e4d\u0e32")) == meant


# --- keys and what is shown -------------------------------------------------------------------------------------


@quick
@given(phrases)
def test_a_key_does_not_know_the_script_of_digits_spacing_or_case(phrase):
    text = " ".join(phrase)
    for other in (thai_digits(text), arabic_digits(text), text.upper(), "".join(phrase), f" {text}\u200b"):
        assert fold(other) == fold(text)


@quick
@given(hard | st.text())
def test_a_text_cell_reads_the_same_when_it_is_typed_again_as_it_was_read(text):
    once = parse_text(text)
    assert parse_text(once.value) == once
    assert shown(shown(text)) == shown(text)


@quick
@given(st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_shown_is_that_number(number):
    assert float(shown(number)) == float(f"{number:.15g}")
