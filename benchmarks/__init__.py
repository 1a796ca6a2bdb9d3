"""Side-by-side measurements, one command each: `python -m benchmarks.startup`, `….build`.

Figures are CPU seconds (user and system, children included), medians of
several runs: on a shared machine they wander less than a clock on the wall.
"""
