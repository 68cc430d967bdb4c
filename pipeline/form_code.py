"""The code that a form carries when it is handed out: which form, round and district it is, with two check digits.

`รหัสแบบ: operations-2-3404-67`. The check digits are those of ISO 7064, MOD 97-10, over the letters and digits before
them, a letter standing for 10 to 35 as in an IBAN: the whole, read as one number, leaves 1 when it is divided by 97. A
digit typed wrongly, or two neighbours in each other's place, are always noticed, other slips 96 times of 97.
"""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.thai import arabic_digits, clean

LABEL: Final = "รหัสแบบ"
_PART = r"[a-z0-9_]+"
_DASH = r"\s?[-‐‑‒–—―−]\s?"
_WRITTEN: Final = re.compile(rf"(?i){LABEL}\s*[:：]?\s*({_PART}(?:{_DASH}{_PART})+)")


@dataclass(frozen=True, slots=True)
class FormCode:
    """The keys of a form and of a round, and the code of a district."""

    form: str
    round: str
    district: str


def make(code: FormCode) -> str:
    """The code as it is printed. `ValueError` for a part that is not of a-z, 0-9 and _."""
    parts = (code.form, code.round, code.district)
    if not all(re.fullmatch(_PART, part) for part in parts):
        raise ValueError(f"no code can be made of {parts}")
    said = "-".join(parts)
    return f"{said}-{98 - _number(said + '00') % 97:02}"


def code_in(text: str) -> str:
    """What a text gives as its form's code behind the word รหัสแบบ, in plain signs; empty if it gives none."""
    written = _WRITTEN.search(arabic_digits(clean(text)))
    return re.sub(_DASH, "-", written[1]).lower() if written else ""


def read(said: str) -> FormCode | None:
    """A code as `code_in` gives it; `None` if it has not three parts and two check digits, or these are not right."""
    form, _, rest = said.partition("-")
    parts = rest.split("-")
    if len(parts) != 3 or not re.fullmatch(r"[0-9]{2}", parts[2]) or _number(said) % 97 != 1:
        return None
    return FormCode(form, parts[0], parts[1])


def _number(text: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in text if sign.isalnum()))
