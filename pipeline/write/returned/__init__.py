"""Returned workbooks: a district's own file with what is to be mended marked, and a list of it in front.

Nothing is loaded and saved again: the parts of the file are taken apart by byte offsets and only what is ours is put
in. Whatever is not understood costs the marks, never the file: then the list is returned by itself.

    asked      who has what to mend, in which file
    listing    the list, drawn as a workbook of its own; transplant makes it a sheet for another
    mark       the district's workbook, marked: by draft, package, scan, xml it is taken apart, by book, cells,
               notes, shapes, styles added to
    prove      looks at what was made as a stranger would, before it is given to anybody; kept does so part by part
    write      the folder
"""

from pipeline.write.returned.asked import asked
from pipeline.write.returned.listing import TAB
from pipeline.write.returned.write import FOLDER, write_returned

__all__ = ["FOLDER", "TAB", "asked", "write_returned"]
