import pandas as pd

from pipeline.write.origins import Origin, once_values, origins

NAMES = ("district_code", "local_body_code", "file", "sha256", "indicator", "sheet", "cell", "value")


def values(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=pd.Index(NAMES))


def test_each_figure_with_its_cell() -> None:
    found = origins(
        values(
            ("3401", "1", "ก.xlsx", "aa", "hh_total", "แบบ", "F10", 3.0),
            ("3401", "1", "ก.xlsx", "aa", "hh_veg", "แบบ", "H10", 2.0),
            ("3401", "", "ก.xlsx", "aa", "kpso", "แบบ", "C3", 6.0),
        )
    )
    assert found == {
        ("3401", "1"): Origin("ก.xlsx", "aa", "แบบ", "hh_total=F10 hh_veg=H10"),
        ("3401", ""): Origin("ก.xlsx", "aa", "แบบ", "kpso=C3"),
    }


def test_a_figure_of_several_cells_names_them_all() -> None:
    rows = [("3401", "1", "ก.xlsx", "aa", "visits", "แบบ", cell, 1.0) for cell in ("F6", "F7")]
    assert origins(values(*rows))["3401", "1"].cells == "visits=F6,F7"


def test_cells_of_several_sheets_say_which() -> None:
    rows = [("3401", "1", "ก.xlsx", "aa", "visits", sheet, "F6", 1.0) for sheet in ("ก", "ข")]
    found = origins(values(*rows))["3401", "1"]
    assert (found.sheet, found.cells) == ("ก · ข", "visits='ก'!F6,'ข'!F6")


def test_nothing_counts() -> None:
    assert origins(pd.DataFrame()) == {}
    assert once_values(pd.DataFrame()) == {}


def test_what_is_given_once_for_all() -> None:
    frame = values(
        ("3401", "", "ก.xlsx", "aa", "kpso", "แบบ", "C3", 6.0),
        ("3401", "1", "ก.xlsx", "aa", "visits", "แบบ", "F6", 1.0),
    )
    assert once_values(frame) == {("3401", "kpso"): 6.0}
