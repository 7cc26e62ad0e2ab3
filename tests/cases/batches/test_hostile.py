"""Workbooks made to hurt: each gets one clear sentence, within memory a small machine has."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import chain, pairwise, repeat
from pathlib import Path
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.cases.batches.build import a_row, a_workbook

Whole: TypeAlias = Mapping[str, bytes]
Parts: TypeAlias = Mapping[str, bytes | Iterable[bytes]]
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
# Reads a workbook to its end as an upload is read, in a process of its own, and says the sentence
# and the mebibytes of memory it took beyond what it had before (VmHWM, proc(5): not inherited).
READ = """
import os, resource, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django
django.setup()
from collections import deque
from pathlib import Path
from mingchuang.base.errors import Refused
from mingchuang.cases.workbook.reading import opened
most = lambda: int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024
before, said = most(), ""
try:
    with opened(Path(sys.argv[1])) as sheet:
        deque(sheet.joined, maxlen=0)
        said = str(sum(1 for _ in sheet.rows))
except Refused as no:
    said = str(no)
print(most() - before, said)
"""
MOST = 48  # MiB
# The reader of XML stops such a file itself, at eight million letters of four each.
MOST_OF_NAMES = 200


def with_texts(parts: Whole, texts: bytes | Iterable[bytes]) -> Parts:
    """The workbook with a list of shared texts, and told that it has one."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (TEXTS.encode(), kind)
    types = parts[TYPES].replace(b"</Types>", told)
    return {**parts, TYPES: types, TEXTS: texts}


def bomb_of_texts(parts: Whole) -> Parts:
    text = b"<si><t>" + b"9" * 900 + b"</t></si>"
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return with_texts(parts, head + text * 60_000 + b"</sst>")


def bomb_of_a_gigabyte(parts: Whole) -> Parts:
    return {**parts, "xl/media/image1.png": repeat(b"\0" * (1 << 20), 1025)}


def one_endless_text(parts: Whole) -> Parts:
    head, tail = parts[SHEET].split(b"</sheetData>")
    text = repeat(b"9" * (1 << 20), 200)
    opening = b'<row r="9"><c r="A9" t="inlineStr"><is><t>'
    return {
        **parts,
        SHEET: chain([head, opening], text, [b"</t></is></c></row></sheetData>", tail]),
    }


def one_endless_shared_text(parts: Whole) -> Parts:
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    return with_texts(parts, chain([head], repeat(b"9" * (1 << 20), 200), [b"</t></si></sst>"]))


def empty_rows(parts: Whole) -> Parts:
    rows = b"".join(b'<row r="%d"/>' % row for row in range(10, 1_000_000))
    return {**parts, SHEET: parts[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")}


def joined_all_over(parts: Whole) -> Parts:
    areas = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(2, 300_000))
    whole = b"</sheetData><mergeCells>" + areas + b"</mergeCells>"
    return {**parts, SHEET: parts[SHEET].replace(b"</sheetData>", whole)}


def one_endless_row(parts: Whole) -> Parts:
    head, tail = parts[SHEET].split(b"</sheetData>")
    cells = repeat(b"<c/>" * 100_000, 30)
    row = chain([head, b'<row r="9">'], cells, [b"</row></sheetData>", tail])
    return {**parts, SHEET: row}


def with_macros(parts: Whole) -> Parts:
    return {**parts, "xl/vbaProject.bin": b"Sub Auto_Open"}


def entities(parts: Whole) -> Parts:
    """A billion laughs: each name is ten of the one before."""
    names = "abcdefghij"
    laughs = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    bomb = f'<!DOCTYPE x [<!ENTITY a "haha">{laughs}]>'.encode()
    sheet = parts[SHEET].replace(
        b"</sheetData>", b'<row r="9"><c r="A9" t="str"><v>&j;</v></c></row></sheetData>'
    )
    at = sheet.index(b"<worksheet")
    return {**parts, SHEET: sheet[:at] + bomb + sheet[at:]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hurt", "said", "most"),
    [
        (bomb_of_texts, "1", MOST),
        (bomb_of_a_gigabyte, "展开后超过 1 GB。请分成几个文件", MOST),
        (one_endless_text, "行以后已经损坏，读不出来", MOST),
        (one_endless_shared_text, "不是完好的 .xlsx 工作簿", MOST),
        (empty_rows, "1", MOST),
        (joined_all_over, "1", MOST),
        (one_endless_row, "已经损坏，读不出来", MOST),
        (with_macros, "带有宏。请在表格软件里另存为不带宏", MOST),
        (entities, "已经损坏，读不出来", MOST_OF_NAMES),
    ],
)
def test_a_workbook_made_to_hurt_takes_little_memory(
    hurt: Callable[[Whole], Parts], said: str, most: int, tmp_path: Path
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(a_workbook(a_row(1)))
    with ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in hurt(parts).items():
            with book.open(name, "w") as piece:
                piece.writelines([part] if isinstance(part, bytes) else part)

    mebibytes, sentence = read(file)

    assert said in sentence
    assert mebibytes < most


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"EncryptedPackage" * 64, "设了打开密码"),
        (b"PK\x03\x04 and then nothing", "不是完好的 .xlsx 工作簿"),
        ("姓名,身份证号码".encode(), "不是完好的 .xlsx 工作簿"),
        (b"", "不是完好的 .xlsx 工作簿"),
    ],
)
def test_what_is_no_open_workbook_is_told_in_a_sentence(
    content: bytes, said: str, tmp_path: Path
) -> None:
    (file := tmp_path / "a.xlsx").write_bytes(content)

    _mebibytes, sentence = read(file)

    assert said in sentence


def read(file: Path) -> tuple[int, str]:
    command = [sys.executable, "-c", READ, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    mebibytes, _blank, sentence = done.stdout.partition(" ")
    return int(mebibytes), sentence
