"""The process in which an old workbook (.xls) is read. Started by `kg.read.xls`.

    python -I -S calamine_child.py FOLDER_OF_CALAMINE MEMORY   < workbook   > lines of JSON

One line a worksheet, followed by one line a row that holds something; a last
line `null`, without which the answer is incomplete. A damaged workbook may
make the reader end its whole process, or ask for all memory: here it is
this process that ends.
"""

import json
import sys


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


def main() -> None:
    """Read one workbook, write what it holds, end."""
    sys.path.append(sys.argv[1])
    import io

    import python_calamine as calamine

    limit(int(sys.argv[2]))
    try:
        book = calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        for about in book.sheets_metadata:
            if about.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            merges = sheet.merged_cell_ranges or []
            hidden = about.visible is not calamine.SheetVisibleEnum.Visible
            tell({"sheet": about.name, "hidden": hidden, "merges": merges})
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
