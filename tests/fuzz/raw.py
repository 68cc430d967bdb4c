"""Mutations of bytes that know nothing of what they mean."""

from collections.abc import Callable
from random import Random

Mutator = Callable[[Random, bytes], bytes]
TELLING = (0x00, 0x01, 0x7F, 0x80, 0xFF, 0x20, 0x3C, 0x22)


def _block(random: Random, data: bytes) -> tuple[int, int]:
    """A stretch of the data: short ones as often as long ones."""
    length = min(len(data), int(2 ** random.uniform(0, 11)))
    start = random.randrange(len(data) - length + 1)
    return start, start + length


def flip_bits(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def set_bytes(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 4)):
        changed[random.randrange(len(changed))] = random.choice(TELLING)
    return bytes(changed)


def cut_block(random: Random, data: bytes) -> bytes:
    start, end = _block(random, data)
    return data[:start] + data[end:]


def double_block(random: Random, data: bytes) -> bytes:
    start, end = _block(random, data)
    return data[:end] + data[start:end] * random.choice((1, 1, 2, 30)) + data[end:]


def zero_block(random: Random, data: bytes) -> bytes:
    start, end = _block(random, data)
    return data[:start] + bytes(end - start) + data[end:]


def insert_noise(random: Random, data: bytes) -> bytes:
    start, end = _block(random, data)
    return data[:start] + random.randbytes(end - start) + data[start:]


def move_block(random: Random, data: bytes) -> bytes:
    start, end = _block(random, data)
    rest = data[:start] + data[end:]
    to = random.randrange(len(rest) + 1)
    return rest[:to] + data[start:end] + rest[to:]


def truncate(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data))]


MUTATORS: tuple[Mutator, ...] = (
    flip_bits,
    set_bytes,
    cut_block,
    double_block,
    zero_block,
    insert_noise,
    move_block,
    truncate,
)
