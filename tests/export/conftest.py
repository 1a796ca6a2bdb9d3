"""Harvests to be exported: the example's release, one of nothing, one of a single record."""

import json
from collections.abc import Callable

import pytest

from kg.config import load_config
from kg.export.story import story
from kg.export.told import Story
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build


@pytest.fixture(scope="session")
def public(example) -> Harvest:
    """The example as it may be seen by everybody."""
    return example.release()


def _harvest(folder, rows) -> Harvest:
    columns = "ID,Outcome description,Country,Confidential,Harvest,Contribution of programme\n"
    lines = (",".join(json.dumps(cell) for cell in row) + "\n" for row in rows)
    (folder / "h.csv").write_text(columns + "".join(lines), encoding="utf-8")
    (folder / "kg.toml").write_text(
        '[project]\nname = "Small"\n[sources]\nfiles = ["h.csv"]\n[extraction]\nner = false\n',
        encoding="utf-8",
    )
    build(load_config(folder))
    return Harvest(load_config(folder), Audience.INTERNAL)


@pytest.fixture(scope="session", params=[0, 1], ids=["empty", "one"])
def small(request, tmp_path_factory) -> Harvest:
    """A harvest of nothing, and one of one record."""
    said = "In May 2021 the council of Quorra let the fishers speak."
    rows = [("QX/1", said, "Togo", "no", "2", "The programme paid for the boats.")]
    return _harvest(tmp_path_factory.mktemp("small"), rows[: request.param])


@pytest.fixture(scope="session")
def told() -> Callable[..., Story]:
    """Tells the story of a harvest."""

    def tell(harvest: Harvest, language: str = "en", date: str = "") -> Story:
        return story(
            harvest.network(),
            harvest.select,
            name=harvest.config.name,
            audience=harvest.audience,
            language=language,
            date=date,
            sources=harvest.report.get("sources", ()),
        )

    return tell
