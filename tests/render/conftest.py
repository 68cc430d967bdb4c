"""The outputs, made once and drawn twice by LibreOffice: with the font that they ask for, and without it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pytest

from tests.campaigns import ROOT
from tests.render import campaigns, drawn, fits, needs, office, printed, stored

WITH, WITHOUT = "font", "without font"
RETURNED = "~returned~"
"""In the name of a workbook that goes back to its district: its first sheet is ours, the rest as it was sent."""
Part = TypeVar("Part", printed.Page, drawn.Cell, stored.Calculated)


@dataclass(frozen=True)
class Drawn:
    """The outputs as drawn with or without our font; everything is made when it is first asked for.

    Of a workbook that goes back to its district, only the sheet that we put in.
    """

    files: Mapping[str, Path]
    folder: Path
    font: bool

    @cached_property
    def pages(self) -> dict[str, tuple[printed.Page, ...]]:
        """The pages of every file."""
        made = office.convert(list(self.files.values()), "pdf", self.folder / "pdf", font=self.font)
        pages = {name: printed.pages(pdf) for name, pdf in zip(self.files, made, strict=True)}
        return {name: _ours(name, found) for name, found in pages.items()}

    @cached_property
    def cells(self) -> dict[str, tuple[drawn.Cell, ...]]:
        """What every workbook shows once LibreOffice has calculated it from no stored value."""
        books = {name: path for name, path in self.files.items() if path.suffix == ".xlsx"}
        (self.folder / "bare").mkdir(parents=True)
        bare = [stored.without_values(path, self.folder / "bare" / path.name) for path in books.values()]
        made = office.convert(bare, office.FLAT, self.folder / "flat", font=self.font)
        return {name: _ours(name, drawn.cells(path)) for name, path in zip(books, made, strict=True)}

    @cached_property
    def cut_off(self) -> list[fits.Cut]:
        """Every text that has no room."""
        return fits.cut_off(self.cells, self.folder / "probe", font=self.font)

    def calculated(self, name: str) -> list[stored.Calculated]:
        """The formulas of a file with what is stored beside them."""
        return list(_ours(name, tuple(stored.calculated(self.files[name]))))


def _ours(name: str, found: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in found if RETURNED not in name or part.sheet == found[0].sheet)


@pytest.fixture(scope="session")
def convert() -> Callable[..., list[Path]]:
    """`office.convert`, where all that it needs is installed; `make check-render` says what is not."""
    if missing := needs.absent():
        pytest.skip(f"not installed: {', '.join(missing.values())}")
    return office.convert


@pytest.fixture(scope="session")
def made(convert: Callable[..., list[Path]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every workbook and document that people get, by names of their own: 2/late.xlsx is 2~late.xlsx."""
    assert convert
    if not (ROOT / "input" / "SAMPLE.toml").exists():
        pytest.skip("the sample was put away")
    folder = tmp_path_factory.mktemp("outputs")
    (folder / "flat").mkdir()
    sample, stories = campaigns.sample(folder / "sample"), campaigns.stories(folder / "stories")
    outputs = {
        **office.flat_names(campaigns.documents(sample), sample),
        **office.flat_names(campaigns.documents(stories / "best_practice"), stories),
    }
    return {name: path.rename(folder / "flat" / name) for path, name in outputs.items()}


@pytest.fixture(scope="session", params=[WITH, WITHOUT])
def shown(
    request: pytest.FixtureRequest, made: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Drawn:
    """The outputs with our font, and without it."""
    if request.param == WITH and not needs.has(needs.FONT):
        pytest.skip(f"{needs.FONT} is not installed")
    return Drawn(made, tmp_path_factory.mktemp("drawn"), request.param == WITH)
