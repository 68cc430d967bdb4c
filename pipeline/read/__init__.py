"""Bytes into plain data: a district's workbook becomes grids of cells, or one finding that says why it does not.

`read_snapshot` reads here; `readers` has it done in child processes that a poisonous file can kill. Nothing in
this package imports pandas, so that a child starts at once.

Findings that leave a workbook unreadable, and their facts:

EMPTY_FILE · UNREADABLE (`detail`) · WRONG_TYPE (`kind`, Thai words) · PASSWORD · OLD_FORMAT ·
CORRUPT (`part`, `detail`) · UNSAFE_ARCHIVE (`reason`, Thai words) · TOO_BIG_GRID (sheet, cell; `cells`) ·
READER_REFUSED (`detail`) · READER_CRASH (`reason`, Thai words; `detail`) · RECONCILE (sheet; `seen`, `read`)

Findings that leave it readable: EXT_MISMATCH (`suffix`, `kind`) · MACRO · EXTERNAL_LINK · DATE1904 ·
READ_ONCE (an .xls from before Excel 97, whose cells nothing counts a second time). Error cells,
formulas never calculated, hidden rows, columns and sheets, merges, and where pictures stand are in the grids.
"""

from pipeline.read.gate import read_snapshot
from pipeline.read.pictures import picture_bytes
from pipeline.read.pool import Job, Limits, Read, ReadAll, readers

__all__ = ["Job", "Limits", "Read", "ReadAll", "picture_bytes", "read_snapshot", "readers"]
