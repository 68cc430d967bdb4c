"""Archives that hold a workbook: choose a reader, read, and reconcile with what the scan counted."""

from collections.abc import Callable, Iterable, Mapping
from itertools import starmap
from typing import Final, TypeVar

from pipeline.model import Grid, Position, Workbook, address
from pipeline.read.archive import Archive, inflate
from pipeline.read.cells import Cells, Refused, read_by_calamine, read_by_openpyxl
from pipeline.read.drawings import with_drawn
from pipeline.read.ods import scan_content
from pipeline.read.ooxml import MOST_CLAIMED_STRINGS, Package, Sheet, scan_package
from pipeline.read.outcome import Unusable
from pipeline.read.pictures import listed
from pipeline.read.placed import with_placed
from pipeline.read.xlsb import scan_binary

# calamine lays a sheet out from A1 to its far corner: 4 million cells are some 200 MB.
LARGEST_AREA: Final = 4_000_000
# openpyxl makes an object of every row and cell, formatted ones included: some 20 times the XML.
LARGEST_FOR_OPENPYXL: Final = 16 << 20

Reader = Callable[[], list[Cells]]
V = TypeVar("V")


def read_ooxml(data: bytes, archive: Archive) -> Workbook:
    """An .xlsx or .xlsm. Raises `Unusable`: PASSWORD, CORRUPT, UNSAFE_ARCHIVE, TOO_BIG_GRID, READER_REFUSED,
    RECONCILE."""
    parts = inflate(archive)
    names = frozenset(archive.entries)
    package = scan_package(parts, names)
    sheets = with_placed(with_drawn(package.sheets, parts, names), parts, names)
    worksheets = sum(len(part) for name, part in parts.items() if "/worksheets/" in name)
    far = _far_sheet(package.sheets)
    if far and worksheets > LARGEST_FOR_OPENPYXL:
        raise _too_big(far)
    readers: list[Reader] = []
    if not far and not _misleads_calamine(package):
        readers.append(
            lambda: read_by_calamine(data, package.tabs, [sheet.index for sheet in package.sheets])
        )
    if worksheets <= LARGEST_FOR_OPENPYXL:
        readers.append(lambda: read_by_openpyxl(data, len(package.sheets)))
        if any(sheet.scan.merges for sheet in package.sheets):
            readers.append(lambda: read_by_openpyxl(data, len(package.sheets), streamed=True))
    return Workbook(_read(sheets, readers), package.findings)


def read_xlsb(data: bytes, archive: Archive) -> Workbook:
    """An .xlsb; there is no second reader. Raises `Unusable` as `read_ooxml` does."""
    parts = inflate(archive, (".bin", ".rels", ".xml"))
    names = frozenset(archive.entries)
    package = scan_binary(parts, names)
    far = _far_sheet(package.sheets)
    if far:
        raise _too_big(far)
    sheets = with_drawn(package.sheets, parts, names)
    return Workbook(_read(sheets, [_only_calamine(data, package)]), package.findings)


def read_ods(data: bytes, archive: Archive) -> Workbook:
    """An .ods; there is no second reader. Raises `Unusable` as `read_ooxml` does."""
    package = scan_content(inflate(archive), frozenset(archive.entries))
    far = _far_sheet(package.sheets)
    if far:
        raise _too_big(far)
    return Workbook(_read(package.sheets, [_only_calamine(data, package)]), package.findings)


def _only_calamine(data: bytes, package: Package) -> Reader:
    """Raises `Unusable`: READER_REFUSED, where calamine would return the last of two sheets every time."""
    if len({sheet.name for sheet in package.sheets}) < len(package.sheets):
        raise Unusable("READER_REFUSED", detail="two sheets of one name")
    places = [sheet.index for sheet in package.sheets]
    return lambda: read_by_calamine(data, package.tabs, places)


def _misleads_calamine(package: Package) -> bool:
    """What calamine is known to stumble over: a false number of strings ends the process, of two sheets with one
    name it returns the first twice, a value in pieces is cut, and an odd number of a string is taken for the first."""
    names = {sheet.name for sheet in package.sheets}
    return (
        package.strings.claimed > MOST_CLAIMED_STRINGS
        or len(names) < len(package.sheets)
        or any(sheet.scan.broken_up for sheet in package.sheets)
    )


def _far_sheet(sheets: Iterable[Sheet]) -> Sheet | None:
    return next(
        (s for s in sheets if (s.scan.last[0] + 1) * (s.scan.last[1] + 1) > LARGEST_AREA),
        None,
    )


def _too_big(sheet: Sheet) -> Unusable:
    return Unusable("TOO_BIG_GRID", sheet=sheet.name, cell=address(sheet.scan.last))


def _read(sheets: tuple[Sheet, ...], readers: Iterable[Reader]) -> tuple[Grid, ...]:
    """The grids of the first reader that returns every cell the scan saw."""
    refusals: list[str] = []
    mismatch: Unusable | None = None
    for reader in readers:
        try:
            grids = tuple(starmap(_grid, zip(sheets, reader(), strict=True)))
        except Refused as refusal:
            refusals.append(str(refusal))
            continue
        lost = next((grid for grid in grids if grid.value_cells != _read_cells(grid)), None)
        if lost is None:
            return grids
        mismatch = mismatch or _mismatch(lost)
    raise mismatch or Unusable("READER_REFUSED", detail=" | ".join(refusals)[:500])


def _grid(sheet: Sheet, cells: Cells) -> Grid:
    scan = sheet.scan
    told = {at: text for at, text in scan.texts.items() if at in cells}
    if told:
        cells = _without({**cells, **told}, (at for at, text in told.items() if not text.strip()))
    placed = {picture.position for picture in sheet.placed}
    errors = _without(scan.errors, placed) if placed else scan.errors
    return Grid(
        sheet=sheet.name,
        index=sheet.index,
        hidden=sheet.hidden,
        cells=_without(cells, scan.errors.keys() | scan.uncached) if scan.errors or scan.uncached else cells,
        errors=errors,
        uncached=scan.uncached,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        merges=scan.merges,
        value_cells=scan.value_cells - len(placed),
        pictures=listed((*sheet.pictures, *sheet.placed)),
    )


def _without(cells: Mapping[Position, V], positions: Iterable[Position]) -> dict[Position, V]:
    taken = frozenset(positions)
    return {position: value for position, value in cells.items() if position not in taken}


def _read_cells(grid: Grid) -> int:
    return len(grid.cells) + len(grid.errors) + len(grid.uncached)


def _mismatch(grid: Grid) -> Unusable:
    return Unusable("RECONCILE", sheet=grid.sheet, seen=str(grid.value_cells), read=str(_read_cells(grid)))
