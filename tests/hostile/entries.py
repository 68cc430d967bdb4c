"""What is hostile by its nature or its name: everything that may lie in `input/` beside honest files."""

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.xlsx.book import xlsx
from tests.sample.oddities import lock

REPORT = xlsx()
SPARSE = 60 << 20
Put = Callable[[Path], object]


@dataclass(frozen=True)
class Entry:
    """An entry of `input/`: how it is put there, and how tables spell its name, if that is another.

    It is `refused` for a code (`why`: words of its reason), `ignored` (with the reason), or, with neither, the
    report, which is read.
    """

    id: str
    name: str
    put: Put
    file: str = ""
    refused: str = ""
    ignored: str = ""
    why: str = ""

    @property
    def spelled(self) -> str:
        return self.file or self.name

    def place(self, folder: Path) -> Path:
        """Where it lies, with the folders on the way there made."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def raw(name: bytes) -> str:
    """A name of bytes that are no UTF-8, as `os` hands it out."""
    return os.fsdecode(name)


def writes(content: bytes) -> Put:
    return lambda path: path.write_bytes(content)


def links(target: str) -> Put:
    return lambda path: path.symlink_to(target)


def makes(kind: int, device: int = 0) -> Put:
    """A pipe, a socket or a device."""
    return lambda path: os.mknod(path, kind | 0o600, device)


def report(id_: str, name: str, file: str = "") -> Entry:
    """The report under an odd name."""
    return Entry(f"name-{id_}", name, writes(REPORT), file)


def ignored(name: str, why: str, content: bytes = b"x" * 165) -> Entry:
    return Entry(f"ignored-{name}", name, writes(content), ignored=why, why=why)


def unfinished(name: str) -> Entry:
    return Entry(f"unfinished-{name}", name, writes(REPORT), refused="PARTIAL", why="ยังส่งไม่เสร็จ")


def no_file(id_: str, put: Put, why: str) -> Entry:
    """Something that is no file, under the name of a workbook."""
    return Entry(id_, f"{id_}.xlsx", put, refused="NOT_REGULAR", why=why)


def sparse(path: Path) -> None:
    """A file that claims more than it has on the disk."""
    with path.open("wb") as file:
        file.truncate(SPARSE)


def hard_linked(path: Path) -> None:
    """A second name for the same content on the disk."""
    other = path.with_name("hard-linked-to.xlsx")
    other.write_bytes(REPORT)
    os.link(other, path)


def dated(seconds: int) -> Put:
    """The report with an impossible time."""

    def put(path: Path) -> None:
        path.write_bytes(REPORT)
        os.utime(path, (seconds, seconds))

    return put


def executable(path: Path) -> None:
    path.write_bytes(REPORT)
    path.chmod(0o6755)


OPEN, SYSTEM, SECRET = "ไฟล์ชั่วคราวของโปรแกรมที่กำลังเปิดไฟล์อยู่", "ไฟล์ของระบบปฏิบัติการ", "ไฟล์หรือโฟลเดอร์ซ่อน"
NATURES: Iterable[Entry] = (
    no_file("link-to-a-workbook", links("../report.xlsx"), "ทางลัด"),
    no_file("link-to-nothing", links("nowhere.xlsx"), "ทางลัด"),
    no_file("link-to-itself", links("link-to-itself.xlsx"), "ทางลัด"),
    no_file("link-to-its-folder", links("."), "ทางลัด"),
    no_file("link-to-endless-zeros", links("/dev/zero"), "ทางลัด"),
    no_file("link-out-of-the-campaign", links("/etc/hostname"), "ทางลัด"),
    no_file("pipe", makes(stat.S_IFIFO), "ท่อส่งข้อมูล"),
    no_file("socket", makes(stat.S_IFSOCK), "ช่องสื่อสารของโปรแกรม"),
    no_file("device-of-zeros", makes(stat.S_IFCHR, os.makedev(1, 5)), "อุปกรณ์"),
    no_file("device-of-blocks", makes(stat.S_IFBLK, os.makedev(7, 99)), "อุปกรณ์"),
    Entry("empty", "empty.xlsx", writes(b""), refused="EMPTY_FILE"),
    Entry("sparse-and-too-large", "sparse.xlsx", sparse, refused="TOO_LARGE", why="60"),
    Entry("hard-linked", "hard-linked.xlsx", hard_linked),
    Entry("from-the-future", "future.xlsx", dated(4_102_444_800)),
    Entry("from-before-time", "past.xlsx", dated(-86_400)),
    Entry("set-user-id", "program.xlsx", executable),
    Entry("in-a-folder-called-a-workbook", "ครั้งที่ 1.xlsx/ใน.xlsx", writes(REPORT)),
    Entry("in-deep-folders", "/".join(["ลึก" * 20] * 12 + ["ใน.xlsx"]), writes(REPORT)),
    Entry("in-a-vault-of-its-own", "sub/vault/ใน.xlsx", writes(REPORT)),
    Entry(
        "register-elsewhere",
        "sub/receipts.csv",
        writes(b"recorded_at,file\n"),
        refused="WRONG_TYPE",
        why="CSV",
    ),
    Entry(
        "read-me-elsewhere", "sub/README.md", writes("อ่านก่อน".encode()), refused="WRONG_TYPE", why="ข้อความ"
    ),
)
BY_NAME: Iterable[Entry] = (
    ignored("~$รายงาน.xlsx", OPEN, lock(())),
    ignored(".~lock.รายงาน.ods#", OPEN),
    ignored("._รายงาน.xlsx", SYSTEM, b"\0\x05\x16\x07" + bytes(99)),
    ignored(".DS_Store", SYSTEM),
    ignored("Thumbs.db", SYSTEM),
    ignored("DESKTOP.INI", SYSTEM),
    ignored(".xlsx", SECRET, REPORT),
    ignored("~$ รายงานจริง.xlsx", OPEN, REPORT),
    unfinished("รายงาน.xlsx.crdownload"),
    unfinished("รายงาน.xlsx.part"),
    unfinished("รายงาน.TMP"),
    unfinished("รายงาน.download"),
)
NAMES: Iterable[Entry] = (
    report("thai", "รายงาน ประจำเดือน.xlsx"),
    report("thai-split-sara-am", "ร\u0e4dา\u0e4dา.xlsx"),
    report("latin-decomposed", "cafe\u0301.xlsx"),
    report("latin-composed", "caf\u00e9.xlsx"),
    report("of-zero-width", "ราย\u200bงาน\u200d.xlsx"),
    report("right-to-left", "รายงาน\u202excod.xlsx"),
    report("byte-order-mark", "\ufeffรายงาน.xlsx"),
    report("private-use", "\uf70a\uf70b.xlsx"),
    report("emoji", "🌱👨‍👩‍👧.xlsx"),
    report("mojibake", "à¸£à¸²à¸¢.xlsx"),
    report("of-255-bytes", "ก" * 83 + ".xlsx"),
    report("in-capitals", "REPORT.XLSX"),
    report("in-small-letters", "report.xlsx"),
    report("of-a-device-of-windows", "CON.xlsx"),
    report("of-spaces", "  .xlsx"),
    report("with-blank-at-the-end", "รายงาน.xlsx "),
    report("with-dot-at-the-end", "รายงาน.xlsx."),
    report("without-suffix", "รายงาน"),
    report("of-two-suffixes", "รายงาน.pdf.xlsx"),
    report("of-quotes", "\"ก\"','ข';--.xlsx"),
    report("of-commas", "ก,ข;ค\u0e4f.xlsx"),
    report("of-shell", "$(touch x)`id`&|>.xlsx"),
    report("of-percents", "%s%n%2e%2e%2f{0}.xlsx"),
    report("of-markup", "<img src=x onerror=alert(1)>.xlsx"),
    report("of-dots", "ก...xlsx..xlsx"),
    report("of-a-link", "http:⁄⁄invalid.example.xlsx"),
    report("as-a-formula", "=cmd|' !A0.xlsx", "\\x3dcmd|' !A0.xlsx"),
    report("as-a-sum", "+1+1.xlsx", "\\x2b1+1.xlsx"),
    report("as-an-option", "--help.xlsx", "\\x2d-help.xlsx"),
    report("as-a-mention", "@รายงาน.xlsx", "\\x40รายงาน.xlsx"),
    report("with-line-break", "ก\nข.xlsx", "ก\\x0aข.xlsx"),
    report("with-tab", "ก\tข.xlsx", "ก\\x09ข.xlsx"),
    report("with-terminal-command", "\x1b[31mก\x07.xlsx", "\\x1b[31mก\\x07.xlsx"),
    report("with-control-of-latin", "ก\u0085ข.xlsx", "ก\\xc2\\x85ข.xlsx"),
    report("with-line-separator", "ก\u2028ข.xlsx", "ก\\xe2\\x80\\xa8ข.xlsx"),
    report("with-backslash", "ก\\x41.xlsx", "ก\\\\x41.xlsx"),
    report("in-tis-620", raw("รายงาน".encode("tis-620") + b".xlsx"), "\\xc3\\xd2§ҹ.xlsx"),
    report("in-latin-1", raw(b"caf\xe9.xlsx"), "caf\\xe9.xlsx"),
    report("in-overlong-utf-8", raw(b"\xc0\xaf.xlsx"), "\\xc0\\xaf.xlsx"),
    report("of-a-half-surrogate", raw(b"\xed\xa0\x80.xlsx"), "\\xed\\xa0\\x80.xlsx"),
    report("in-half-a-letter", raw("รา".encode()[:-1] + b".xlsx"), "ร\\xe0\\xb8.xlsx"),
    report(
        "in-a-folder-of-tis-620",
        raw("ครั้ง".encode("tis-620") + b"/x.xlsx"),
        "\\xa4\\xc3\\xd1\\xe9\\xa7/x.xlsx",
    ),
)
ENTRIES: tuple[Entry, ...] = (*NATURES, *BY_NAME, *NAMES)
