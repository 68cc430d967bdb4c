"""A round looks back on the rounds of the same form that were due before it."""

from pathlib import Path

from pipeline.model import Folders
from pipeline.run import run
from tests.campaigns import AS_OF, NOW, SCHEMAS, Sent, consolidate, in_process, round_of
from tests.sample.model import Table


def test_a_round_brings_the_rounds_before_it_as_they_stand_now(tmp_path: Path) -> None:
    """Also where it alone is asked for; the figures are those that the earlier round has by itself."""
    sent = [
        Sent("หนึ่ง.xlsx", "2021-02-03T10:00:00", Table("3401", "1")),
        Sent("สอง.xlsx", "2021-02-18T10:00:00", Table("3401", "2")),
        Sent("หนึ่ง ล่าช้า.xlsx", "2021-02-19T10:00:00", Table("3403", "1")),
    ]
    whole = consolidate(tmp_path, *sent)
    folders = Folders(SCHEMAS, tmp_path / "input", tmp_path / "output", AS_OF)
    (alone,) = run(folders, NOW, only=("2",), publish=False, reading=in_process).rounds
    (earlier,) = alone.earlier
    first = round_of(whole, "1")
    assert earlier.round.key == "1"
    assert earlier.totals == first.totals
    assert earlier.totals["hh_total"].districts == 2, "what came after its day is in it"
    assert earlier.consolidated.equals(first.consolidated)
    assert [each.round.key for each in round_of(whole, "2").earlier] == ["1"]
    assert first.earlier == ()
