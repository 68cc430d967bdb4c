"""A grey photograph of a page, as a baseline JPEG of flat 8 x 8 blocks, written without a library.

Each block has one brightness (its DC coefficient) and nothing else, so two tiny Huffman tables suffice.
"""

import struct
from collections.abc import Iterator

BLOCKS = {"page": (100, 75), "scan": (80, 113)}
"""Width and height in blocks: a photograph lying, a scan standing."""
DC_CODE = 4
"""Bits of each DC code: twelve categories of the same length, 0000 to 1011."""


def photo(name: str) -> bytes:
    """The JPEG of a page with ruled lines and dark words: `page` 800 x 600, `scan` 640 x 904."""
    width, height = BLOCKS[name]
    bits = "".join(block_bits(width, height))
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    frame = struct.pack(">BHHBBBB", 8, height * 8, width * 8, 1, 1, 0x11, 0)
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0" + struct.pack(">HBHHBB", 0x0101, 0, 1, 1, 0, 0)),
            segment(0xDB, b"\0" + bytes([8]) * 64),
            segment(0xC0, frame),
            segment(0xC4, b"\x00" + lengths({DC_CODE: 12}) + bytes(range(12))),
            segment(0xC4, b"\x10" + lengths({1: 1}) + b"\0"),
            segment(0xDA, bytes((1, 1, 0x00, 0, 63, 0))),
            scan,
            b"\xff\xd9",
        )
    )


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def lengths(counts: dict[int, int]) -> bytes:
    """How many codes there are of each length from 1 to 16."""
    return bytes(counts.get(length, 0) for length in range(1, 17))


def block_bits(width: int, height: int) -> Iterator[str]:
    """The bits of each block: the change of its brightness, then the end-of-block code."""
    before = 0
    for y in range(height):
        for x in range(width):
            # a quantiser of 8 over a DC of 8 times the mean: the coefficient is the brightness itself, less 128
            value = brightness(x, y, width, height) - 128
            yield coded(value - before) + "0"
            before = value


def coded(change: int) -> str:
    """A DC difference: its category's code and its magnitude (negative ones as their complement)."""
    size = abs(change).bit_length()
    magnitude = change if change > 0 else change + (1 << size) - 1
    return f"{size:0{DC_CODE}b}" + (f"{magnitude:0{size}b}" if size else "")


def brightness(x: int, y: int, width: int, height: int) -> int:
    """Paper on a table, shaded towards a corner, with rules every few blocks and words between them."""
    shade = (x + y) * 40 // (width + height)
    if not (4 <= x < width - 4 and 4 <= y < height - 4):
        return 90 - shade
    if y % 6 == 0 or x % 9 == 4:
        return 150 - shade
    word = (x * 7 + y * 13) % 11 < 4 and y % 6 == 3
    return (70 if word else 235) - shade
