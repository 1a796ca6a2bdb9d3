"""Results of IATI activity files: versions, languages, references, and what is refused."""

import time

import pytest

from kg.errors import ConfigError
from kg.read.iati import read_iati

ACTIVITY = """<iati-activity xml:lang="en">
 <iati-identifier> XX-1 </iati-identifier>
 <title><narrative>Open rivers</narrative></title>
 {where}
 {results}
</iati-activity>"""
RESULT = '<result type="{0}"><title><narrative>{1}</narrative></title>{2}</result>'


def read(tmp_path, text, *, version="2.03", encoding="utf-8"):
    path = tmp_path / "activity.xml"
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    path.write_bytes(
        f'{head}<iati-activities version="{version}">\n{text}\n</iati-activities>'.encode(encoding)
    )
    return read_iati(path)


def one(tmp_path, *results, where="", **more):
    found = read(tmp_path, ACTIVITY.format(where=where, results="\n ".join(results)), **more)
    return found.activities[0]


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_result_of_every_version(tmp_path, version, encoding):
    """Type, titles by language, and the line on which it begins."""
    extra = '<x/></result><result type="1"><title><narrative xml:lang="fr-FR">Sûreté</narrative>'
    extra += "<narrative>Safety</narrative></title>"
    result = one(tmp_path, RESULT.format("2", "A", extra), version=version, encoding=encoding)

    assert [(r.line, r.type, r.titles) for r in result.results] == [
        (7, "2", (("en", "A"),)),
        (7, "1", (("fr", "Sûreté"), ("en", "Safety"))),
    ]


def test_what_an_activity_says_of_itself(tmp_path):
    """Identifier without outer white space, its title, its countries."""
    where = '<recipient-country code="ML"/><recipient-region code="289"/>'
    activity = one(tmp_path, where=where)

    assert (activity.identifier, activity.title) == ("XX-1", "Open rivers")
    assert (activity.countries, activity.regions) == (("ML",), ("289",))


def test_a_region_is_called_by_its_name(tmp_path):
    """The code list of regions is nobody's language."""
    where = (
        '<recipient-region code="1027" vocabulary="1"><narrative>Sahel</narrative>'
        "</recipient-region>"
    )

    assert one(tmp_path, where=where).regions == ("Sahel",)


def test_countries_of_transactions_count_where_the_activity_has_none(tmp_path):
    """The standard lets a publisher say it in either place."""
    transaction = '<transaction><recipient-country code="NE"/></transaction>'
    alone = one(tmp_path, where=transaction)
    both = one(tmp_path, where=f'<recipient-country code="ML"/>{transaction * 2}')

    assert (alone.countries, both.countries) == (("NE",), ("ML",))


def test_references_and_titles_of_indicators_are_no_results(tmp_path):
    """An indicator measures a result; its title, reference and period are its own."""
    indicator = (
        '<reference vocabulary="99" code="B1"/><indicator><title><narrative>No</narrative></title>'
        '<reference vocabulary="99" code="B2"/></indicator>'
    )
    (result,) = one(tmp_path, RESULT.format("1", "Plans", indicator)).results

    assert (result.titles, result.references) == ((("en", "Plans"),), (("99", "B1"),))


def test_a_long_title_is_cut_and_told(tmp_path):
    """A label is no report."""
    (result,) = one(tmp_path, RESULT.format("1", "word " * 500, "")).results

    assert (result.cut, len(result.titles[0][1]) <= 1000) == (True, True)


def test_the_standards_own_example(shared):
    """The annotated example of 2.03 holds one output, without a code in its title."""
    found = read_iati(shared / "testdata/iati/iati_203_annotated_example.xml")
    (activity,) = [a for a in found.activities if a.results]

    assert found.version == "2.03"
    assert [(r.type, r.titles, r.references) for r in activity.results] == [
        ("1", (("en", "Result title"),), (("99", "B1"),))
    ]


def test_a_real_activity_without_results(shared):
    """Of 2.02, and nothing in it is promised."""
    found = read_iati(shared / "testdata/iati/iati_202_drc_example.xml")

    assert (len(found.activities) > 0, found.results) == (True, 0)


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<iati-activities><iati-activity>&b;</iati-activity></iati-activities>"
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><iati-activities>&a;</iati-activities>'
)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        ('<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><iati-activities/>', "document type"),
        ("<!DOCTYPE iati-activities><iati-activities/>", "document type"),
        (
            '<!DOCTYPE x [<!ATTLIST iati-activity v CDATA "2.03">]><iati-activities/>',
            "document type",
        ),
        ("<iati-activities><iati-activity>", "damaged"),
        ("", "damaged"),
        ("no xml", "damaged"),
        ('<?xml version="1.0" encoding="x-none"?><iati-activities/>', "activity.xml"),
        ("<iati-organisations/>", "iati-activities"),
        ("<html><body/></html>", "iati-activities"),
        ('<iati-activities version="1.05"/>', "version 2"),
        ("<iati-activities><iati-activity>" + "<a>" * 2000, "deeper"),
        ("<iati-activities><iati-activity>" + "<a/>" * 1_600_000, "more elements"),
    ],
)
def test_what_is_refused(tmp_path, data, told):
    """Entities, damage, other files, depth and length: one line, within seconds."""
    path = tmp_path / "activity.xml"
    path.write_text(data, "utf-8")
    begun = time.process_time()
    with pytest.raises(ConfigError, match=told) as caught:
        read_iati(path)

    assert "\n" not in str(caught.value)
    assert time.process_time() - begun < 5


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    """The registry itself takes no more than 60 MB."""
    path = tmp_path / "activity.xml"
    with path.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(ConfigError, match="64 MB"):
        read_iati(path)


def test_a_missing_file(tmp_path):
    """Named and not there."""
    with pytest.raises(ConfigError, match=r"activity\.xml: "):
        read_iati(tmp_path / "activity.xml")
