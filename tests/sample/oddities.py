"""What districts send that is no workbook, made by hand, byte by byte: no file here comes from elsewhere."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.sample.model import Formula, Sheet
from tests.sample.photo import photo
from tests.sample.writers import ZIP_TIME, with_xlsxwriter

FREE, END, FAT_SECTOR, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
SECTOR = 512


def texts(sheet: Sheet) -> list[list[str]]:
    """The sheet as lines of text."""
    rows, columns = (max(place[axis] for place in sheet.cells) + 1 for axis in (0, 1))
    lines = [["" for _ in range(columns)] for _ in range(rows)]
    for (row, column), put in sheet.cells.items():
        value = put.value.value if isinstance(put.value, Formula) else put.value
        lines[row][column] = str(value).replace("\n", " ")
    return lines


def html(sheets: Sequence[Sheet]) -> bytes:
    """A web page that its sender named .xls."""
    rows = (
        "<tr>" + "".join(f"<td>{text}</td>" for text in line) + "</tr>"
        for line in texts(sheets[0])
        if any(line)
    )
    head = '<html><head><meta charset="utf-8"><title>report</title></head><body><table border="1">\n'
    return (head + "\n".join(rows) + "\n</table></body></html>\n").encode()


def csv_cp874(sheets: Sequence[Sheet]) -> bytes:
    """Comma-separated text in the old Thai code page, named .xls."""
    lines = (",".join(f'"{text}"' if "," in text else text for text in line) for line in texts(sheets[0]))
    return ("\r\n".join(lines) + "\r\n").encode("cp874")


def jpeg(_: Sequence[Sheet]) -> bytes:
    """A photograph of the printed form."""
    return photo("page")


def pdf(_: Sequence[Sheet]) -> bytes:
    """One page with a scanned picture of the form."""
    picture = photo("scan")
    page = b"q 595 0 0 842 0 0 cm /Scan Do Q"
    image = b"/Type/XObject/Subtype/Image/Width 640/Height 904/ColorSpace/DeviceGray/BitsPerComponent 8"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</Scan 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(page), page),
        b"<<%s/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream" % (image, len(picture), picture),
    )
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def docx(sheets: Sequence[Sheet]) -> bytes:
    """A Word document with the form as a table."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    rels_type = "application/vnd.openxmlformats-package.relationships+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    lines = [[text for text in line if text][:8] for line in texts(sheets[0]) if any(line)]

    def cell(text: str) -> str:
        return f"<w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = "".join(f"<w:tr>{''.join(cell(text) for text in line)}</w:tr>" for line in lines)
    body = f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl><w:p/><w:sectPr/>"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="{rels_type}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return buffer.getvalue()


def encrypted(_: Sequence[Sheet]) -> bytes:
    """The container that Excel writes for a workbook with a password: nobody can open it."""
    info = struct.pack("<HHI", 4, 4, 0x40) + (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        b'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption">'
        b'<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"'
        b' cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAAAAAAAAAAAAAAAAAAAAA=="/>'
        b"</encryption>"
    )
    noise = Random("ubon-2564:password").randbytes(8192)
    package = struct.pack("<Q", 8100) + noise
    return compound((("EncryptionInfo", info.ljust(4096)), ("EncryptedPackage", package)))


def compound(streams: Sequence[tuple[str, bytes]]) -> bytes:
    """A compound file (version 3) whose streams are all of 4,096 bytes or more, so that it needs no mini stream.

    Sectors: 0 the allocation table, 1 the directory, then the streams one after another.
    """
    table, start, directory, content = [FAT_SECTOR, END], 2, [entry("Root Entry", 5, END, 0, child=1)], b""
    for number, (name, data) in enumerate(streams, 1):
        count = -(-len(data) // SECTOR)
        right = number + 1 if number < len(streams) else NONE
        directory.append(entry(name, 2, start, len(data), right=right))
        table += [*range(start + 1, start + count), END]
        content += data.ljust(count * SECTOR, b"\0")
        start += count
    directory += [entry("", 0, 0, 0)] * (4 - len(directory))
    table += [FREE] * (SECTOR // 4 - len(table))
    header = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header += struct.pack("<I", FREE) * 108
    return header + struct.pack(f"<{len(table)}I", *table) + b"".join(directory) + content


def entry(name: str, kind: int, start: int, size: int, child: int = NONE, right: int = NONE) -> bytes:
    """A directory entry of 128 bytes; kind 5 is the root, 2 a stream, 0 unused."""
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    links = struct.pack("<BBIII16xI16x", kind, 1, NONE, right, child, 0)
    return text.ljust(64, b"\0") + struct.pack("<H", length) + links + struct.pack("<IQ", start, size)


def empty(_: Sequence[Sheet]) -> bytes:
    """A file of no bytes."""
    return b""


def truncated(sheets: Sequence[Sheet]) -> bytes:
    """A workbook whose sending broke off."""
    whole = with_xlsxwriter(sheets)
    return whole[: len(whole) * 3 // 5]


def lock(_: Sequence[Sheet]) -> bytes:
    """What Excel leaves beside a workbook while it is open, without the user's name."""
    return b"\x00" + b" " * 54 + b"\x00" + b"\x00 " * 54 + b"\x00"


MADE: Mapping[str, Callable[[Sequence[Sheet]], bytes]] = {
    function.__name__: function
    for function in (html, csv_cp874, jpeg, pdf, docx, encrypted, empty, truncated, lock)
}
