"""The pictures of districts as they are put into what is handed out: at a size that fits, or said to be unshown."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from pipeline.model import Photo
from pipeline.read import picture_bytes

UNSHOWN: Final = "(รูปนี้แสดงไม่ได้ ขอให้ดูในไฟล์ที่อำเภอส่ง)"
SCREEN_DPI: Final = 96
LARGEST_SIDE: Final = 20_000
"""Pixels; what says that it is larger is no photograph."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture's bytes and the size in pixels at which it shows by itself, 96 to the inch."""

    data: bytes
    width: float
    height: float

    def scale(self, width: float, height: float) -> float:
        """What its size is to be multiplied with to fit into a box."""
        return min(width / self.width, height / self.height)


def shown(photo: Photo) -> Shown | None:
    """The picture, if it is there and is one that both a workbook and a document can hold."""
    data = picture_bytes(photo.snapshot, photo.part)
    if data is None:
        return None
    try:
        image = Image.from_file(BytesIO(data))
        width, height = int(image.px_width), int(image.px_height)
        dpi = int(image.horz_dpi) or SCREEN_DPI, int(image.vert_dpi) or SCREEN_DPI
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
        return None
    fits = 0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE
    return Shown(data, width * SCREEN_DPI / dpi[0], height * SCREEN_DPI / dpi[1]) if fits else None
