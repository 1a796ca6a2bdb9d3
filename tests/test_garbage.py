import gc

import pytest

from kg.garbage import seldom_collected


@pytest.fixture(autouse=True)
def _thresholds_as_they_were():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_the_search_is_seldom_inside_and_as_before_afterwards():
    """Whoever builds inside a longer program finds Python's settings as they were."""
    gc.set_threshold(701, 11, 12)
    with seldom_collected():
        inside = gc.get_threshold()

    assert (inside[0] > 701 * 100, gc.get_threshold()) == (True, (701, 11, 12))


def test_settings_come_back_after_an_error():
    """A build that fails leaves nothing changed."""
    gc.set_threshold(701, 11, 12)
    with pytest.raises(ValueError, match="full"), seldom_collected():
        raise ValueError("full")

    assert gc.get_threshold() == (701, 11, 12)


def test_a_search_that_is_switched_off_stays_off():
    """Nobody's switch is undone."""
    gc.set_threshold(0, 11, 12)
    with seldom_collected():
        inside = gc.get_threshold()

    assert inside == (0, 11, 12)
