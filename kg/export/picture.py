"""The flow of outcomes as a PNG picture, for a document; the same flow gives the same bytes.

Drawn by Pillow with Source Sans Pro, both of the extra `report`: the letters that
Pillow brings itself have no accents, and the fonts of a system differ.
"""

import io
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, files
from typing import Any

from kg.errors import UsageError
from kg.export.flow import Box, Flow

NEEDS = (
    "kg export docx needs three packages that are not installed; install them with: "
    'pip install "outcome-kg[report]"; without a connection, from extras.txt of a wheelhouse '
    "(docs/install.md)."
)
_WIDTH = 2000  # pixels, on 17 cm
_FINER = 2  # drawn so much larger, then made smaller: edges come out smooth
_TEXT, _LINE = 30, 38  # pixels
_TOP, _FOOT, _BETWEEN = 84, 24, 22
_BAR = 26
_BARS = (520, 1010, 1500)  # left edges of the three columns
_ROOM = (490, 430, 440)  # for their labels
_LEAST = 62
_HEIGHTS = (560, 2500)
_INKS = ("1F6FB2", "E69F00", "0B8A62", "B5472A", "7A5195", "56A0D3", "8C6D1F", "C05780")
_GREY, _INK, _PAPER = "8A8A8A", "222222", "FFFFFF"
_COLOURS = 128
_STRENGTH = 105  # of a band, of 255
_STEPS = 40  # of a band's curve
_DASH = 4
_NO_LETTER = "\U0010ffff"


def picture(flow: Flow) -> bytes:
    """The flow as PNG, 2,000 pixels wide.

    Raises:
        UsageError: Pillow, or its font, is not installed.
    """
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ModuleNotFoundError as missing:
        raise UsageError(NEEDS) from missing
    font = ImageFont.truetype(_font(), _TEXT * _FINER)
    places, height, scale = _places(flow)
    size = (_WIDTH * _FINER, height * _FINER)
    image = Image.new("RGB", size, f"#{_PAPER}")
    inks = _inks(flow)
    # Where a band begins and ends: bands of a box lie below each other, in the order of the boxes.
    used: dict[tuple[str, str], float] = {}
    order = {box.id: n for n, box in enumerate(box for column in flow.columns for box in column)}
    ends = dict.fromkeys(flow.bands, 0.0)
    for band in sorted(flow.bands, key=lambda b: (order[b.end], order[b.start])):
        ends[band] = used.get(("in", band.end), 0.0)
        used["in", band.end] = ends[band] + band.count * scale
    for band in sorted(flow.bands, key=lambda b: (order[b.start], order[b.end])):
        from_top = used.get(("out", band.start), 0.0)
        used["out", band.start] = from_top + band.count * scale
        column, top, _ = places[band.start]
        shape = _curve(
            _BARS[column] + _BAR, top + from_top,
            _BARS[column + 1], places[band.end][1] + ends[band],
            band.count * scale,
        )  # fmt: skip
        # A mask as large as the band alone: one as large as the picture takes ten times as long.
        left, upper = (int(min(c)) for c in zip(*shape, strict=True))
        right, lower = (int(max(c)) + 1 for c in zip(*shape, strict=True))
        mask = Image.new("L", (right - left, max(1, lower - upper)), 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - upper) for x, y in shape], fill=_STRENGTH)
        ink = inks.get(band.end) or inks.get(band.start) or _GREY
        image.paste(f"#{ink}", (left, upper), mask)
    draw = ImageDraw.Draw(image)
    for number, column_of in enumerate(flow.columns):
        if column_of:
            _write(draw, font, flow.heads[number], column=number, y=_BETWEEN / 2, ink=f"#{_GREY}")
        for box in column_of:
            _, top, tall = places[box.id]
            _box(draw, box, (_BARS[number], top, tall), f"#{inks.get(box.id, _GREY)}")
            _label(draw, font, box, number, top + tall / 2)
    out = io.BytesIO()
    small = image.resize((_WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _font() -> str:
    try:
        listed = files("font-source-sans-pro") or []
        return next(str(f.locate()) for f in listed if f.name == "SourceSansPro-Semibold.ttf")
    except (PackageNotFoundError, StopIteration) as missing:
        raise UsageError(NEEDS) from missing


def _places(flow: Flow) -> tuple[dict[str, tuple[int, float, float]], int, float]:
    """Box → column, top and height; the height of the picture; pixels an outcome."""
    sums: dict[str, int] = {}
    for column in flow.columns:
        for box in column:
            inward = sum(band.count for band in flow.bands if band.end == box.id)
            outward = sum(band.count for band in flow.bands if band.start == box.id)
            sums[box.id] = max(inward, outward, box.count)
    crowd = max((len(column) for column in flow.columns), default=0)
    height = min(max(_HEIGHTS[0], crowd * (_LEAST + _BETWEEN)), _HEIGHTS[1])
    scale = min(
        (
            (height - len(column) * (_BETWEEN + _LEAST / 2)) / total
            for column in flow.columns
            if (total := sum(sums[box.id] for box in column))
        ),
        default=0.0,
    )
    scale = max(scale, 0.2)
    tall = {
        box.id: _LEAST if box.gap else max(_LEAST, sums[box.id] * scale)
        for column in flow.columns
        for box in column
    }
    room = max((sum(tall[b.id] + _BETWEEN for b in column) for column in flow.columns), default=0.0)
    places: dict[str, tuple[int, float, float]] = {}
    for number, column in enumerate(flow.columns):
        free = room - sum(tall[box.id] for box in column)
        step = free / max(len(column), 1)
        y = _TOP + step / 2
        for box in column:
            places[box.id] = (number, y, tall[box.id])
            y += tall[box.id] + step
    return places, int(room) + _TOP + _FOOT, scale


def _inks(flow: Flow) -> dict[str, str]:
    """An objective has a colour of its own; a result that of the objective it leads to."""
    found = {
        box.id: _INKS[place % len(_INKS)]
        for place, box in enumerate(flow.columns[2])
        if not box.gap and box.code
    }
    single = {box.id for box in flow.columns[1] if box.code}
    for band in flow.bands:
        if band.end in found and band.start in single:
            found.setdefault(band.start, found[band.end])
    return found


def _curve(x1: float, y1: float, x2: float, y2: float, thick: float) -> list[tuple[float, float]]:
    """The outline of a band: two S-shaped edges."""
    upper, lower = [], []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        ease = t * t * (3 - 2 * t)
        x, y = x1 + (x2 - x1) * t, y1 + (y2 - y1) * ease
        upper.append((x * _FINER, y * _FINER))
        lower.append((x * _FINER, (y + thick) * _FINER))
    return upper + lower[::-1]


def _box(draw: Any, box: Box, at: tuple[float, float, float], ink: str) -> None:
    """A bar; a promise without outcomes is an outline in dashes, which colour-blind people see."""
    left, top, tall = at
    corners = [left * _FINER, top * _FINER, (left + _BAR) * _FINER, (top + tall) * _FINER]
    if not box.gap:
        draw.rectangle(corners, fill=ink)
        return
    x1, y1, x2, y2 = corners
    sides = ((x1, y1, x2, y1), (x2, y1, x2, y2), (x2, y2, x1, y2), (x1, y2, x1, y1))
    for ax, ay, bx, by in sides:
        long = max(abs(bx - ax), abs(by - ay))
        parts = max(1, int(long / (_DASH * _FINER)))
        for part in range(0, parts, 2):
            one, two = part / parts, min(1.0, (part + 1) / parts)
            line = (
                ax + (bx - ax) * one,
                ay + (by - ay) * one,
                ax + (bx - ax) * two,
                ay + (by - ay) * two,
            )
            draw.line(line, fill=f"#{_INK}", width=2 * _FINER)


def _label(draw: Any, font: Any, box: Box, column: int, middle: float) -> None:
    """Up to two lines beside a bar."""
    words = " ".join(filter(None, (_written(part, font) for part in (box.code, box.label))))
    lines = _fitting(words, f"({box.count})", font, _ROOM[column])
    y = middle - len(lines) * _LINE / 2
    for line in lines:
        _write(draw, font, line, column=column, y=y, ink=f"#{_INK}")
        y += _LINE


def _written(text: str, font: Any) -> str:
    """A text that the font has all letters of; else none, since boxes say nothing to anybody."""
    lacking = bytes(font.getmask(_NO_LETTER))
    drawn = (letter for letter in text if not letter.isspace())
    return text if all(bytes(font.getmask(letter)) != lacking for letter in drawn) else ""


def _write(draw: Any, font: Any, line: str, *, column: int, y: float, ink: str) -> None:
    """A line beside a column, on a light rim, so that it can be read over bands."""
    behind = column > 0
    x = _BARS[column] + _BAR + 10 if behind else _BARS[column] - 10
    draw.text(
        (x * _FINER, y * _FINER), line, font=font, fill=ink, anchor="la" if behind else "ra",
        stroke_width=3 * _FINER, stroke_fill=f"#{_PAPER}",
    )  # fmt: skip


def _fitting(text: str, count: str, font: Any, room: float) -> Sequence[str]:
    """Words in at most two lines; what is too long ends in "…", its count stays."""

    def wide(line: str) -> bool:
        return float(font.getlength(line)) / _FINER > room

    lines, line = [], ""
    for word in [*text.split(), count]:
        longer = f"{line} {word}".strip()
        if line and wide(longer):
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) <= 2 and not any(map(wide, lines)):  # noqa: PLR2004 - lines beside a bar
        return lines
    first, last = (lines[0], lines[1]) if len(lines) > 2 else ("", text)  # noqa: PLR2004
    while last and wide(f"{last}… {count}"):
        last = last[:-1].rstrip()
    while wide(first):
        first = first[:-2].rstrip() + "…"
    return [*filter(None, (first,)), f"{last}… {count}"]
