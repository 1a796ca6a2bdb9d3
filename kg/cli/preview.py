"""How `kg release --preview` is printed: as wide as the window, words set in under names."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.cli.terminal import printable
from kg.messages import counted, phrase
from kg.release import Named, Preview, Rare
from kg.vocabulary import load_vocabulary

_STEP = 2  # blanks by which each level is set in


def drawn(seen: Preview, language: str) -> RenderableType:
    """What the release would say, for whoever signs for it.

    Args:
        seen: The preview.
        language: "en" or "fr".
    """
    return Group(
        _text(phrase("release.preview", language), style="bold"),
        *(_text(line) for line in _counts(seen, language)),
        *_kind(seen.named, "organisation", language),
        *_kind(seen.named, "place", language),
        Text(),
        _text(phrase("release.stands-out", language), style="bold"),
        *_standing_out(seen, language),
        Text(),
        _text(phrase("release.digest", language, digest=seen.digest)),
    )


def _counts(seen: Preview, language: str) -> Iterator[str]:
    yield phrase(
        "release.made",
        language,
        kept=seen.fragments,
        withheld=seen.withheld,
        masks=seen.masks,
    )
    if not seen.fragments:
        yield phrase("release.none-cleared", language)
    if seen.masks:
        yield phrase("release.doubted", language)


def _kind(named: Iterable[Named], kind: str, language: str) -> Iterator[RenderableType]:
    yield Text()
    yield _text(phrase(f"release.{kind}s", language), style="bold")
    for one in named:
        if one.kind == kind:
            yield _in(_headed(one, language), levels=1)
            yield _in(_columns(one.words), levels=2)


def _headed(named: Named, language: str) -> Text:
    """The name, in how many outcomes, and as what."""
    told = [counted("release.outcomes", len(named.outcomes), language)]
    told += [load_vocabulary().get("role", role).label(language) for role in named.roles]
    return Text.assemble((printable(named.label), "cyan"), f" ({', '.join(told)})")


def _standing_out(seen: Preview, language: str) -> Iterator[RenderableType]:
    alone = [named.label for named in seen.named if named.alone and named.kind == "organisation"]
    if alone:
        yield _in(_text(f"{counted('release.alone', len(alone), language)}:"), levels=1)
        yield from (_in(_text(label), levels=2) for label in alone)
    if seen.rare:
        yield _in(_text(f"{counted('release.rare', len(seen.rare), language)}:"), levels=1)
        yield _in(_columns([_combined(rare) for rare in seen.rare]), levels=2)
    nothing = phrase("release.nothing-stands-out", language)
    said = phrase("release.advice", language) if alone or seen.rare else nothing
    yield _in(_text(said), levels=1)


def _combined(rare: Rare) -> tuple[str, str]:
    return rare.key, ", ".join(filter(None, (rare.country, rare.year, rare.actor)))


def _columns(rows: Sequence[tuple[str, str]]) -> Table:
    """Keys, and beside them what is told, which breaks in its own column."""
    grid = Table.grid(padding=(0, _STEP), expand=False)
    grid.add_column(overflow="fold", style="dim")
    grid.add_column(overflow="fold")
    for key, words in rows:
        grid.add_row(Text(printable(key)), _text(words))
    return grid


def _text(words: str, *, style: str = "") -> Text:
    return Text(printable(words), style=style)


def _in(drawn: RenderableType, *, levels: int) -> Padding:
    return Padding(drawn, (0, 0, 0, _STEP * levels), expand=False)
