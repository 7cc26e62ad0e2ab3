"""How low the largest chance could be while the smallest stays. Pure.

Leximin leaves no choice: its chances are the only ones of their kind, the largest among them too.
So the top cannot be lowered any more without taking from somebody further down, and a plan tells
both: its own largest chance, and the least that the largest could be were only the floor kept.
"""

import numpy as np

from mingchuang.council.rules.lottery.classes import Problem
from mingchuang.council.rules.lottery.solver import Column, Programme, matrix_of


def lowest_top(problem: Problem, floor: float) -> float | None:
    """Return the least largest chance, weighed, of divided seats that keep this floor."""
    count, told = len(problem.classes), len(problem.least)
    columns: list[Column] = [
        ([*rows, told + one], np.ones(len(rows) + 1)) for one, rows in enumerate(problem.rows)
    ]
    top: Column = (told + np.arange(count), -problem.scale * problem.unit)
    programme = Programme()
    programme.load(
        [*np.zeros(count), -1.0],
        ([*(floor * problem.scale), 0.0], np.full(count + 1, np.inf)),
        ([*problem.least, *np.full(count, -np.inf)], [*problem.most, *np.zeros(count)]),
        matrix_of([*columns, top]),
    )
    solved = programme.solve()
    return None if solved is None else float(solved.values[-1]) * problem.unit
