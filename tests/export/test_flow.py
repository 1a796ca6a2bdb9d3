"""What the picture of the trace draws adds up to what the harvest holds."""

from kg.export.flow import Box, Flow, flow
from kg.export.picture import picture


def test_boxes_and_bands_count_outcomes_once(example, told):
    """An objective's box counts its outcomes; no band is wider than its ends; gaps have no band."""
    story = told(example)
    found = flow(story)
    boxes = {box.id: box for column in found.columns for box in column}

    for band in found.bands:
        assert 0 < band.count <= min(boxes[band.start].count, boxes[band.end].count)
    for promise in story.promises:
        box = boxes.get(f"objective:{promise.iri}")
        if promise.kind == "objective" and box is not None:
            assert box.count <= len(promise.total)
    ends = {end for band in found.bands for end in (band.start, band.end)}
    assert {box.id for box in boxes.values() if box.gap}.isdisjoint(ends)
    assert {box.code for box in boxes.values() if box.gap}


def test_nothing_is_left_out_where_there_is_much(example, told):
    """What has no room in a column is one box of it, with its outcomes."""
    story = told(example)
    named = {o.iri for o in story.outcomes}
    found = flow(story)
    results = sum(band.count for band in found.bands if band.end.startswith("result:"))

    assert results >= len(named)


def test_the_picture_is_the_same_each_time_and_fits_a_page(public, told):
    """PNG of 2,000 pixels, no higher than a page of A4 allows."""
    drawn = flow(told(public, "fr"))
    content = picture(drawn)
    wide, tall = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))

    assert content == picture(drawn)
    assert content.startswith(b"\x89PNG")
    assert wide == 2000
    assert tall < 2700


def test_letters_that_the_font_lacks_are_left_to_the_table():
    """Accents are drawn; of a promise in another script the code stands alone."""
    heads = ("a", "b", "c")

    def drawn(label: str) -> bytes:
        box = Box("result:x", "1.1", label, 3)
        return picture(Flow(heads, ((), (box,), ()), ()))

    assert drawn("حرية التجمع") == drawn("")
    assert drawn("Équité, Ñandú, Œuvre") != drawn("")


def test_nothing_is_drawn_of_nothing(small, told):
    """A harvest without outcomes has no picture; one record without links has one box."""
    found = flow(told(small))

    assert found.empty == (not told(small).outcomes)
    assert len(found.bands) == len(told(small).outcomes)
