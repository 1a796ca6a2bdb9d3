"""Several processes give the answers of one."""

import os
from functools import partial

import pytest

from kg.errors import WorkspaceError
from kg.extract import Task, find_names
from kg.extract.crew import crew
from kg.places import Places

TEXT = "The Quorra Legal Clinic (QLC) met Zubeyda Canaryworth {} times in Botswana."


@pytest.fixture
def fragments(fragment):
    """More records than one batch holds, each with a text of its own."""
    return [fragment(TEXT.format(number), key=f"f{number}") for number in range(50)]


@pytest.fixture
def task():
    """Rules alone: the quicker to start."""
    return Task(organisations=(), places=Places.load(), ner=False)


@pytest.mark.parametrize("jobs", [1, 2])
def test_jobs_change_nothing_but_the_time(fragments, task, jobs):
    """In order, and the same for any number of processes."""
    told: list[int] = []
    found = list(find_names(fragments, task, crew=partial(crew, jobs=jobs), progress=told.append))

    assert found == list(find_names(fragments, task))
    assert told == list(range(1, 51))


class _Deadly:
    """Stands for a passage that no process survives."""

    def __reduce__(self):
        """Unpickling it ends the process at once."""
        return (os._exit, (1,))


def test_a_process_that_ends_is_told_in_one_line(task):
    """Killed for want of memory: what happened and what to do, and no traceback."""
    with pytest.raises(WorkspaceError, match="fewer --jobs"), crew(task, jobs=2) as read:
        list(read([_Deadly()]))
