"""What most people would write: a loop over the workbooks, one table, saved; no checks, no addresses, no lists.

python -m tests.bench.naive FOLDER OUTPUT.xlsx
"""

import sys
from pathlib import Path

import pandas as pd


def main(folder: Path, output: Path) -> None:
    """Every workbook under `folder`, one below the other, into one workbook."""
    files = sorted(folder.rglob("*.xlsx"))
    frames = [pd.read_excel(file, header=[6, 7], engine="openpyxl") for file in files]
    pd.concat(frames).to_excel(output, engine="openpyxl")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
