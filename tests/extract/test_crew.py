"""A process that reads and ends. That several write what one does: `test_cluster.py`."""

import os

import pytest

from kg.errors import WorkspaceError
from kg.extract import Task
from kg.extract.crew import crew
from kg.places import Places


@pytest.fixture
def task():
    """Rules alone: the quicker to start."""
    return Task(organisations=(), places=Places.load(), ner=False)


class _Deadly:
    """Stands for a passage that no process survives."""

    def __reduce__(self):
        """Unpickling it ends the process at once."""
        return (os._exit, (1,))


def test_a_process_that_ends_is_told_in_one_line(task):
    """Killed for want of memory: what happened and what to do, and no traceback."""
    with pytest.raises(WorkspaceError, match="fewer --jobs"), crew(task, jobs=2) as read:
        list(read([_Deadly()]))
