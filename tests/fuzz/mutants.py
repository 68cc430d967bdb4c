"""A mutant is its format and its number: from these alone it can be made again.

python -m tests.fuzz.mutants xls 123 > mutant.xls
"""

import sys
from dataclasses import dataclass
from random import Random

from tests.fuzz import raw, records, zips
from tests.fuzz.seeds import seeds

GENERATION = "ubon-2564"
"""The seed of all mutants; another word makes others."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One damaged workbook. `origin` is the place of its clean one among the seeds of the format, `inside` whether
    its container was left whole."""

    format: str
    number: int
    origin: int
    inside: bool
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.format} {self.number}"


def mutant(kind: str, number: int) -> Mutant:
    """The mutant of this format with this number."""
    random = Random(f"{GENERATION} {kind} {number}")
    origin = random.randrange(len(seeds()[kind]))
    clean = seeds()[kind][origin]
    inside = random.random() < (0.5 if kind == "xls" else 0.75)
    if not inside:
        return Mutant(kind, number, origin, inside, random.choice(raw.MUTATORS)(random, clean))
    mutate = records.mutate if kind == "xls" else zips.mutate
    return Mutant(kind, number, origin, inside, mutate(random, clean))


if __name__ == "__main__":
    sys.stdout.buffer.write(mutant(sys.argv[1], int(sys.argv[2])).data)
