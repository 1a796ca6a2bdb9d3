"""`kg.toml`: what is understood, and that nothing is misspelt in silence."""

import pytest

from kg.config import Config, find_project, load_config
from kg.errors import ConfigError, WorkspaceError


def _config(folder, text) -> Config:
    (folder / "kg.toml").write_text(text, "utf-8")
    return load_config(folder)


def test_without_kg_toml_the_defaults_hold(tmp_path):
    """A folder without settings is a project all the same."""
    config = load_config(tmp_path)

    assert (config.programme, config.language, config.output) == (
        "the programme",
        "en",
        tmp_path / "output",
    )


def test_the_shipped_template_is_valid_as_it_stands(tmp_path):
    """`kg init` writes a file that kg itself can read."""
    from kg.resources import resource

    config = _config(tmp_path, resource("template", "kg.toml").read_text("utf-8"))

    assert config.name == "My harvest"


def test_every_line_of_the_template_that_is_commented_out_is_valid_once_uncommented(tmp_path):
    """The template teaches only settings that exist."""
    from kg.resources import resource

    lines = resource("template", "kg.toml").read_text("utf-8").splitlines()
    settings = [
        line.removeprefix("# ")
        for line in lines
        if line.startswith(("# [", '# "')) or (line.startswith("# ") and " = " in line)
    ]
    kept = [line for line in lines if line and not line.startswith("#")]
    values = [s for s in settings if s.startswith(("[values", '"huge'))]
    rest = {s.partition(" = ")[0]: s for s in settings if s not in values}
    section = {
        "programme": "project", "base_iri": "project", "cleared": "sources",
        '"What changed?"': "headings", "version": "frameworks", "publish": "frameworks",
        "files": "frameworks", "activities": "frameworks", "countries": "frameworks",
        "programmes": "frameworks", "columns": "release", "licence": "release", "date": "release",
        "model_en": "extraction", "model_fr": "extraction", "sparql": "explorer",
    }  # fmt: skip
    text = "\n".join(kept)
    for name, home in section.items():
        text = text.replace(f"[{home}]", f"[{home}]\n{rest[name]}", 1)
    config = _config(tmp_path, text + "\n" + "\n".join(values))

    assert (config.headings, config.versions, len(section)) == (
        {"What changed?": "description"},
        {"Country": "2"},
        len(rest),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[projct]\n", "[projct] is no section"),
        ('[project]\nnmae = "x"\n', "nmae is no setting"),
        ('[project]\nlanguage = "xx"\n', "expected one of en, fr, es"),
        ('[project]\nbase_iri = "harvest"\n', 'ends with "/"'),
        ('[project]\nbase_iri = "https://e.org/<x>/"\n', 'ends with "/"'),
        ('[headings]\n"What?" = "descripton"\n', "descripton is no field"),
        ('[extraction]\nner = "yes"\n', "true or false"),
        ("[sources]\nfiles = [1]\n", "a list of texts"),
        ("[project\n", "not TOML"),
        ("project = 1\n", "must be a section"),
        ("[values]\nscale = 1\n", '"as written" = "as meant"'),
    ],
)
def test_what_kg_does_not_know_is_an_error_that_says_what_it_knows(tmp_path, text, words):
    """A setting that is misspelt never passes silently."""
    with pytest.raises(ConfigError) as caught:
        _config(tmp_path, text)

    assert words in str(caught.value)


def test_a_mark_before_the_first_line_is_no_error(tmp_path):
    """Windows editors write a byte order mark."""
    (tmp_path / "kg.toml").write_bytes(b'\xef\xbb\xbf[project]\nname = "M\xc3\xa9moire"\n')

    assert load_config(tmp_path).name == "Mémoire"


def test_the_project_is_the_nearest_folder_upward(tmp_path):
    """A command typed in a sub-folder finds its project."""
    (tmp_path / "kg.toml").touch()
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)

    assert find_project(below) == tmp_path


def test_a_missing_folder_says_how_to_make_it(tmp_path):
    """The next step stands in the error."""
    with pytest.raises(WorkspaceError, match="kg init"):
        load_config(tmp_path / "none")
