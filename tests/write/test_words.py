import subprocess
import sys
from typing import get_args

from pipeline.model import Status, Verdict
from pipeline.write import words
from schemas.form import Severity


def test_every_key_has_its_words() -> None:
    assert set(words.STATUSES) == set(words.STATUS_MEANINGS) == set(get_args(Status))
    assert set(words.SEVERITIES) == set(words.SEVERITY_MEANINGS) == set(get_args(Severity))
    assert set(words.VERDICTS) == set(get_args(Verdict))


def test_words_tell_keys_apart() -> None:
    for table in (words.STATUSES, words.SEVERITIES, words.VERDICTS, words.SOURCES):
        assert len(set(table.values())) == len(table)


def test_words_and_grouping_are_light() -> None:
    code = "import sys, pipeline.write.words, pipeline.write.grouping; print([m for m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("'pandas'", "'numpy'", "'xlsxwriter'", "'pandera'"):
        assert heavy not in loaded
