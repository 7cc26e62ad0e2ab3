"""Linear and whole-number programmes, solved by HiGHS (MIT): one thread, no log, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

Reals = NDArray[np.float64]
INFINITY = float("inf")
PRECISE = 1e-9


@dataclass(frozen=True)
class Solved:
    """The values, what a row is worth, what raising a value costs, and the best there could be."""

    values: Reals
    prices: Reals
    losses: Reals
    objective: float
    bound: float


class Quiet(highspy.Highs):
    """HiGHS without its callbacks: to turn them on writes its name to standard output."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Leave them off."""


class Programme:
    """Maximise cost · x within bounds; changed and solved again it goes on from where it was."""

    def __init__(self, *, whole: bool = False, seconds: float = INFINITY) -> None:
        self.highs = cast("Any", Quiet)()
        self.whole = whole
        self.options(output_flag=False, threads=1, random_seed=1, time_limit=seconds)
        self.options(dual_feasibility_tolerance=PRECISE)
        self.options(mip_rel_gap=0.0, mip_abs_gap=1e-7)
        self.highs.setMaximize()

    def options(self, **options: object) -> None:
        for name, value in options.items():
            self.highs.setOptionValue(name, value)

    def load(
        self,
        costs: ArrayLike,
        columns: tuple[ArrayLike, ArrayLike],
        rows: tuple[ArrayLike, ArrayLike],
        matrix: "Matrix",
    ) -> None:
        """Take a whole programme: costs, bounds of the columns and of the rows, the matrix."""
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(matrix.starts) - 1, len(np.asarray(rows[0]))
        model.col_cost_ = np.asarray(costs, dtype=float)
        model.col_lower_, model.col_upper_ = (np.asarray(one, dtype=float) for one in columns)
        model.row_lower_, model.row_upper_ = (np.asarray(one, dtype=float) for one in rows)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.asarray(matrix.starts, dtype=np.int32)
        model.a_matrix_.index_ = np.asarray(matrix.rows, dtype=np.int32)
        model.a_matrix_.value_ = np.asarray(matrix.values, dtype=float)
        model.sense_ = highspy.ObjSense.kMaximize
        if self.whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        self.highs.passModel(model)

    def solve(self) -> Solved | None:
        """Return the best answer, or the best within the time; None where there is none."""
        self.highs.run()
        found = self.highs.getSolution()
        objective = self.highs.getObjectiveValue()
        if not self._has_answer():
            return None
        bound = self.highs.getInfoValue("mip_dual_bound")[1] if self.whole else objective
        prices, losses = np.array(found.row_dual), -np.array(found.col_dual)
        return Solved(np.array(found.col_value), prices, losses, objective, bound)

    def _has_answer(self) -> bool:
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        late = status == highspy.HighsModelStatus.kTimeLimit
        feasible = self.highs.getInfoValue("primal_solution_status")[1]
        return late and int(feasible) == int(highspy.SolutionStatus.kSolutionStatusFeasible)


@dataclass(frozen=True)
class Matrix:
    """A matrix by its columns."""

    starts: Sequence[int] | NDArray[np.int64]
    rows: Sequence[int] | NDArray[np.int64]
    values: Sequence[float] | Reals


Column = tuple[ArrayLike, ArrayLike]


def matrix_of(columns: Sequence[Column]) -> Matrix:
    """Return the matrix whose columns have these rows and values."""
    rows = [np.asarray(one, dtype=np.int64) for one, _values in columns]
    values = [np.asarray(one, dtype=float) for _rows, one in columns]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in rows])]).astype(np.int64)
    if not columns:
        return Matrix([0], [], [])
    return Matrix(starts, np.concatenate(rows), np.concatenate(values))
