"""Hostile workbooks: what a fault, a rare program or an attacker may put into `input/`, each with its outcome.

Where things are
    ground             the report that each was before it was damaged, and what it is worth
    case               one hostile file and all that must come of it: start reading here
    xlsx, xls, xlsb, ods   for each format what writes it (`book`, `records`) and tables of cases
    archives           zip archives as nobody should write them
    strangers          what is no workbook at all
    contents           all of these together, and how they are put through the readers
    entries            what is hostile by its name or its nature: links, pipes, odd names

Adding a case: a line in the table that it belongs to. Its id says the format and the hazard; the file is sent under the
id, with the format as its suffix, unless `name` is given.
"""
