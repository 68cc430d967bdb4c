"""Names of districts and local bodies, however they are written: a frozen lookup and what it answers."""

from dataclasses import dataclass

from pipeline.model import Registry
from pipeline.names.districts import DistrictNames, district_names, district_of, mentioned
from pipeline.names.local_bodies import BodyNames, Match, body_names, resolve
from pipeline.thai import fold

__all__ = [
    "Match",
    "Names",
    "districts_in",
    "find_district",
    "gazetteer",
    "is_area",
    "is_local_body",
    "resolve_local_body",
    "retired_in",
]


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What a registry's names look like when they are written; made once by `gazetteer`."""

    districts: DistrictNames
    bodies: BodyNames
    province: str = ""


def gazetteer(registry: Registry, province: str = "") -> Names:
    """The lookup of a registry, and of the name of its province."""
    districts = district_names(registry)
    return Names(districts, body_names(registry, districts), fold(province))


def is_area(text: str, names: Names) -> bool:
    """Whether a whole text names a district, or the province: what holds local bodies and is none."""
    return find_district(text, names) is not None or fold(text) == names.province != ""


def find_district(text: str, names: Names) -> str | None:
    """The code of the district that a whole text names (อ.เดชอุดม, เมืองอุบลฯ, ที่ว่าการอำเภอ…), or `None`."""
    return district_of(text, names.districts)


def districts_in(text: str, names: Names, *, file_name: bool = False) -> frozenset[str]:
    """Codes of the districts that a longer text mentions: a title line, a file name, a folder.

    Short forms (เดช, ม่วง, เมือง) count behind อำเภอ/อ. and when they are the whole text; with `file_name`,
    also when they are one of its words. An ending such as .xlsx, or a /, makes a text a file name.
    """
    return mentioned(text, names.districts, file_name=file_name, retired=False)


def retired_in(text: str, names: Names, *, file_name: bool = False) -> frozenset[str]:
    """Names of districts that left the province and that a text mentions."""
    return mentioned(text, names.districts, file_name=file_name, retired=True)


def resolve_local_body(text: str, district_code: str | None, names: Names) -> Match:
    """The local body that a text names inside a district; without a district, inside the province.

    `Match.code`, or a `problem`: AMBIGUOUS_LOCAL_BODY (several are called so), WRONG_BODY_TYPE (the name is
    there with another type), FOREIGN_LOCAL_BODY (of another district), RETIRED_NAME, UNKNOWN_LOCAL_BODY.
    """
    return resolve(text, district_code, names.bodies)


def is_local_body(text: str, names: Names) -> bool:
    """Whether a text names some local body of the province, surely or not."""
    match = resolve_local_body(text, None, names)
    return bool(match.code or match.candidates)
