"""Runs the code cells of a notebook as a kernel does, and prints what each showed, as JSON.

    python run_cells.py NOTEBOOK   (in the folder that the notebook is in)

IPython's own shell and display formatters without a kernel, its sockets and its server: they come
with pyvis already, take half a second, and are what Jupyter and VS Code ask for `_repr_html_`.
"""

import json
import sys
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


def main() -> None:
    """Run the cells one after the other, in one shell."""
    cells = json.loads(Path(sys.argv[1]).read_text("utf-8"))["cells"]
    shell = InteractiveShell.instance(history_manager=None)
    told = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        with capture_output():
            done = shell.run_cell("".join(cell["source"]), store_history=False)
        bundle, _ = shell.display_formatter.format(done.result)
        error = done.error_before_exec or done.error_in_exec
        told.append({"id": cell["id"], "error": repr(error) if error else "", "shown": bundle})
    print(json.dumps(told))


if __name__ == "__main__":
    main()
