"""The sample campaign: invented reports of 25 districts for two rounds, and the truth about them.

`python -m tests.sample.build` writes `input/` and `tests/sample/truth/`. Nothing here imports the program: the truth is
worked out from recipes and from the tables under `schemas/` alone, so that it can prove the program right or wrong.

Where things are
    recipes_first, recipes_second   what each district sent, as data: start reading here
    model                           what a recipe may say
    figures, rows, heading, layout  a recipe's table becomes a sheet; each figure's cell is remembered
    writers, libreoffice, oddities  the sheet becomes bytes: workbooks, and what is none
    judge, truth                    what must stand, who is on time, what became of each file
    build                           puts it all in place

Adding a recipe
    1. Write a `Book`: where it arrived and when (`Sent`), which program wrote it (`writer`, or `made` for what is no
       workbook) and its sheets (`Table`). A `Table` without options is the clean form; override only what differs.
    2. Plant a difficulty with a change (`Cell`, `Named`, `Extra`, `Twice`, `Stated`) or an option, with its case number
       and the code or verdict it should lead to. What breaks a rule of the form need not be said: `judge` finds it.
    3. Append the book to `FIRST` or `SECOND` and build. What LibreOffice has to save needs `--libreoffice` once.
    Figures depend on the local body's own code only: a new recipe moves no other figure.

Same bytes each time
    Figures come from generators seeded by code; times inside workbooks and archives are fixed. LibreOffice never writes
    the same bytes twice: what it saved is kept under `saved/`, named by the hash of the workbook it was made from, and
    is converted again only with `--libreoffice` when that file is not there.

The truth's tables
    values.csv   every count that stands, once, at its cell, of the counted returns. Values are numbers as text.
    roster.csv   a row per round and district.
    planted.csv  case, file, sheet, cell, expect, detail. `expect` is an issue's code, a verdict, a status, or `read`:
                 the place is read rightly and nothing is taken out. Files that are not counted have rows as well;
                 files.csv tells which those are. It does not claim to name every note a reader may make.
    files.csv    path, sha256, verdict. The lock file is listed as `ignored`; it is no arrival, so the register,
                 the vault and SAMPLE.toml do not know it, and a clone may be without it.

What the design leaves open, and how the truth reads it
    - All rules look at the figures as stated: one rule's verdict changes no other's. Rows that are held are not
      judged. A row whose hh_total is condemned by three parts may so have SUM_OVER_WHOLE beside it.
    - SUM_OVER_WHOLE is named at the first part's cell, SUM_DIFFERS at the stated sum's.
    - TOTAL_DIFFERS is listed where it was planted only. The officer's own totals hold what is held, given twice, or
      contradicted, and leave out what cannot be read.
    - A row given twice alike counts at its first cell; given with other figures both rows are held.
    - Rows of one local body told apart by หมู่ที่ are judged one by one.
    - A sheet named after a local body tells whose row it is, also where the name's cell is blank. The sheets of one
      file for one district and round are taken together.
    - A missing required column takes out that column alone.
    - A row of ตัวอย่าง is no row of the district whatever it names, on a sheet of that name as well.
    - What cannot be opened belongs to the district and round that its folder and name tell; it counts as received.
      What was withdrawn or came after `as_of` does not.
    - A workbook without a district (and whose rows do not tell it), or without a round, is undecided; it makes no
      district undecided. One that is no report and names nobody is unusable.
    - A file cut short under a name for unfinished downloads has arrived, and is unusable.
    - The same content twice from one district: the later is a duplicate. From the folder of another: a twin, undecided,
      and that district, having nothing else, is undecided.
    - `corrected` in the register replaces the time of that path and content.
    - Days late are those of the first acceptable return; a district without one has 0.
    - Reported local bodies are those with at least one count that stands.
"""
