"""The catalogue: for every code, how grave it is and the words for it (design rules 10 and 11).

`found` says what was found in this very cell (or nothing), `why` what is wrong or what was done (the same for every
cell of one cause), `remedy` what to do, with an example. Words in braces are facts of the finding; `{value}` is the
cell's.
"""

from typing import Final

from pipeline.catalogue.cells import CELLS, RULES
from pipeline.catalogue.files import FILES, PLACES
from pipeline.catalogue.sentence import Sentence
from pipeline.catalogue.tables import ROWS, SHEETS

KEPT_OUT: Final = ("NOT_SAMPLE", "PARTIAL", "IGNORED_FILE")
"""Why a file is looked at no further, whatever it holds."""

OURS: Final = ("INTERNAL", "READER_CRASH", "READER_REFUSED", "RECONCILE", "UNREADABLE")
"""What is no fault of the file's: the program or the machine could not read it."""

CATALOGUE: Final[dict[str, Sentence]] = {**FILES, **SHEETS, **CELLS, **ROWS, **RULES, **PLACES}

__all__ = ["CATALOGUE", "KEPT_OUT", "OURS", "Sentence"]
