"""The process in which an old workbook (.xls) is read. Started by `kg.read.xls`.

    python -I -S calamine_child.py FOLDER_OF_CALAMINE MEMORY   < workbook   > lines of JSON

One line a worksheet, followed by one line a row that holds something; a last
line `null`, without which the answer is incomplete. A damaged workbook may
make the reader end its whole process, or ask for all memory: here it is
this process that ends.

Which rows are hidden that reader does not tell. It stands in one bit of their
own records, which are looked up in the file itself: 2 tables and a chain of
sectors (MS-CFB), then records of known length (MS-XLS 2.4.90, 2.4.221).
"""

import json
import struct
import sys

BEGIN, END, SHEET, ROW = 0x809, 0xA, 0x85, 0x208
HIDDEN = 0x20


def limit(memory: int) -> None:
    """Give up memory beyond a budget. Windows lacks such limits; the clock is left."""
    try:
        import resource

        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib costs start-up
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def plain(value: object) -> object:
    """A value of a cell that JSON can carry: dates and times as a pair of kind and text."""
    if isinstance(value, str | bool | int | float):
        return value
    if hasattr(value, "isoformat"):
        return [type(value).__name__, value.isoformat()]
    return str(value)


def tell(value: object) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(value) + "\n")


def chained(data: bytes, table: "tuple[int, ...]", first: int, size: int) -> bytes:
    """The sectors that follow each other from one on, as one piece."""
    found: list[bytes] = []
    while first < len(table) and len(found) <= len(table):
        found.append(data[(first + 1) * size : (first + 2) * size])
        first = table[first]
    return b"".join(found)


def numbers(data: bytes) -> "tuple[int, ...]":
    """Numbers of four bytes."""
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def stream(data: bytes) -> bytes:
    """The stream of the workbook; empty where the file is laid out otherwise."""
    size = 4096 if struct.unpack_from("<H", data, 30)[0] == 12 else 512  # noqa: PLR2004 - of two sizes
    folder, smallest, more = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 68))
    parts = list(struct.unpack_from("<109I", data, 76))
    most = len(data) // size
    for _ in range(most):  # a chain may bite its tail
        if (more + 1) * size >= len(data) or len(parts) >= most:
            break
        *others, more = numbers(data[(more + 1) * size : (more + 2) * size])
        parts += others
    kept = (at for at in parts[:most] if (at + 1) * size < len(data))
    table = numbers(b"".join(data[(at + 1) * size : (at + 2) * size] for at in kept))
    entries = chained(data, table, folder, size)
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        first, length = struct.unpack_from("<II", entries, at + 116)
        if name in {"Workbook", "Book"} and length >= smallest:
            return chained(data, table, first, size)[:length]
    return b""


def hidden_rows(data: bytes) -> "list[list[int]]":
    """The numbers of the hidden rows of each sheet, in the order of the workbook.

    None of a file that is laid out otherwise: its rows are read all the same.
    """
    try:
        book = stream(data)
        return [hidden_from(book, begin) for begin in begins_of(book)]
    except (struct.error, ValueError):
        return []


def begins_of(book: bytes) -> "list[int]":
    """Where the sheets begin."""
    begins = []
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == SHEET and length > 4:  # noqa: PLR2004 - where it begins
            begins.append(struct.unpack_from("<I", book, at + 4)[0])
        if kind == END:
            break
        at += 4 + length
    return begins


def hidden_from(book: bytes, at: int) -> "list[int]":
    """The same of the sheet that begins here."""
    found = []
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == ROW and length >= 14 and depth == 1 and at + 18 <= len(book):  # noqa: PLR2004 - up to the bit
            row, flags = struct.unpack_from("<H10xH", book, at + 4)
            if flags & HIDDEN:
                found.append(row + 1)
        depth += (kind == BEGIN) - (kind == END)
        if depth <= 0:
            break
        at += 4 + length
    return found


def main() -> None:
    """Read one workbook, write what it holds, end."""
    sys.path.append(sys.argv[1])
    import io

    import python_calamine as calamine

    limit(int(sys.argv[2]))
    try:
        data = sys.stdin.buffer.read()
        book = calamine.load_workbook(io.BytesIO(data))
        unseen = hidden_rows(data)
        del data
        for place, about in enumerate(book.sheets_metadata):
            if about.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            merges = sheet.merged_cell_ranges or []
            hidden = about.visible is not calamine.SheetVisibleEnum.Visible
            rows = unseen[place] if place < len(unseen) else []
            tell({"sheet": about.name, "hidden": hidden, "merges": merges, "rows": rows})
            first = sheet.start or (0, 0)
            for at, row in enumerate(sheet.to_python(skip_empty_area=True)):
                cells = [[i + first[1], plain(v)] for i, v in enumerate(row) if v != ""]
                if cells:
                    tell([at + first[0] + 1, cells])
    except calamine.PasswordError:
        tell({"error": "password"})
    except (calamine.CalamineError, OSError, ValueError, MemoryError, OverflowError):
        tell({"error": "damaged"})
    tell(None)


if __name__ == "__main__":
    main()
