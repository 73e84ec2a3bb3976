# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Operators that move elements without computing with them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fold_fixtures.case import Array, Case

LEAST, MOST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
CUBE = np.arange(24, dtype=np.float32).reshape(2, 3, 4)


def ints(*values: int) -> Array:
    """A row of int64."""
    return np.array(values, np.int64)


def shapes() -> Iterator[Case]:
    """The same elements in other shapes."""
    empty = np.zeros((0, 3), np.int32)
    for target in ((6, 4), (-1,), (0, -1), (2, 0, 2, 2), (4, 3, 2, 1)):
        yield Case(f"Reshape/{target}", "Reshape", [CUBE, ints(*target)])
    yield Case("Reshape/scalar", "Reshape", [ints(7), ints()])
    yield Case("Reshape/empty", "Reshape", [empty, ints(3, 0)], {"allowzero": 1})
    for axis in (-1, 0, 1, 2, 3):
        yield Case(f"Flatten/{axis}", "Flatten", [CUBE], {"axis": axis})
    yield Case("Flatten/scalar", "Flatten", [np.array(3, np.float32)], {"axis": 0})
    ones = CUBE.reshape(1, 2, 3, 1, 4)
    yield Case("Squeeze/all", "Squeeze", [ones])
    yield Case("Squeeze/some", "Squeeze", [ones, ints(-2)])
    yield Case("Unsqueeze/some", "Unsqueeze", [CUBE, ints(-1, 0)])
    yield Case("Unsqueeze/unordered", "Unsqueeze", [CUBE, ints(4, 1)])
    for order in ([0, 1, 2], [2, 0, 1], [1, 0, 2]):
        yield Case(f"Transpose/{order}", "Transpose", [CUBE], {"perm": order})
    yield Case("Transpose/bool", "Transpose", [CUBE[0] > 5], {"perm": [1, 0]})
    yield Case("Transpose/empty", "Transpose", [empty], {"perm": [1, 0]})


def slices() -> Iterator[Case]:
    """Parts of a tensor."""
    row = np.arange(7, dtype=np.int64)
    for start, end, step in (
        *((0, 7, 1), (2, 5, 1), (-3, MOST, 1), (0, -1, 1), (-100, 100, 1), (5, 2, 1)),
        *((0, 7, 2), (1, 7, 3), (0, 7, 100), (0, MOST, MOST)),
        *((-1, LEAST, -1), (6, 0, -1), (100, -100, -2), (4, 1, -2), (0, 5, -1), (7, 0, -3)),
        *((-1, LEAST, -100), (3, LEAST, LEAST)),
    ):
        operands = [row, ints(start), ints(end), ints(0), ints(step)]
        yield Case(f"Slice/{start}_{end}_{step}", "Slice", operands)
    yield Case("Slice/axes", "Slice", [CUBE, ints(1, 0), ints(4, 1), ints(-1, 0)])
    yield Case("Slice/default", "Slice", [CUBE, ints(0, 1, 2), ints(2, 3, 4)])
    yield Case("Slice/int32", "Slice", [CUBE > 3, *(x.astype("i") for x in (ints(1), ints(2)))])
    nothing = np.zeros((0, 2), np.float32)
    yield Case("Slice/empty", "Slice", [nothing, ints(0), ints(5), ints(0), ints(1)])
    yield Case("Split/sizes", "Split", [CUBE, ints(1, 0, 3)], {"axis": -1}, outputs=3)
    yield Case("Split/axis0", "Split", [CUBE, ints(1, 1)], {"axis": 0}, outputs=2)


def joins() -> Iterator[Case]:
    """Larger tensors of the same elements."""
    for axis in (0, 1, -1):
        parts = [CUBE, CUBE + 100, CUBE - 100]
        yield Case(f"Concat/{axis}", "Concat", parts, {"axis": axis})
    yield Case("Concat/uneven", "Concat", [CUBE[:, :0], CUBE[:, 1:], CUBE], {"axis": 1})
    yield Case("Concat/int64", "Concat", [ints(1), ints(), ints(2, 3)], {"axis": 0})
    yield Case("Expand/larger", "Expand", [CUBE[:, :1], ints(2, 1, 3, 4)])
    yield Case("Expand/smaller", "Expand", [CUBE, ints(3, 1)])
    yield Case("Expand/scalar", "Expand", [np.array(5, np.int64), ints(2, 2)])
    yield Case("Expand/empty", "Expand", [CUBE[:1, :1], ints(0, 1, 1)])
    yield Case("Tile/each", "Tile", [CUBE, ints(2, 1, 3)])
    yield Case("Tile/none", "Tile", [CUBE, ints(1, 0, 1)])
    for pads in ([1, 0, 2, 0, 1, 3], [0, 0, 0, 0, 0, 1], [-1, 1, 0, 0, -1, -2]):
        yield Case(f"Pad/{pads}", "Pad", [CUBE, ints(*pads), np.array(9.5, np.float32)])
    yield Case("Pad/int64", "Pad", [ints(1, 2), ints(2, 1)])


def gathers() -> Iterator[Case]:
    """Elements chosen by indices."""
    indices = np.array([[0, -1], [2, 1]], np.int64)
    for axis in (1, -1, -2):
        yield Case(f"Gather/{axis}", "Gather", [CUBE, indices], {"axis": axis})
    yield Case("Gather/scalar", "Gather", [ints(3, 5, 7), np.array(-2, np.int64)], {"axis": 0})
    yield Case("Gather/none", "Gather", [CUBE, ints()], {"axis": 1})
    yield Case("Gather/int32", "Gather", [CUBE > 7, np.array([1], np.int32)], {"axis": 0})
    matrix = CUBE[0]
    for axis, chosen in ((0, [[0, -1, 2], [1, 1, 0]]), (1, [[3, -4], [0, 2]])):
        operands = [matrix, np.array(chosen, np.int64)]
        yield Case(f"GatherElements/{axis}", "GatherElements", operands, {"axis": axis})
    rows = np.array([[0, 1], [1, -1]], np.int64)
    yield Case("GatherND/rows", "GatherND", [CUBE, rows])
    yield Case("GatherND/whole", "GatherND", [CUBE, np.array([[[1, 2, 3]]], np.int64)])
    batch = np.array([[[1], [0]], [[2], [-1]]], np.int64)
    yield Case("GatherND/batch", "GatherND", [CUBE, batch], {"batch_dims": 1})
    yield from _scatters(rows)


def _scatters(rows: Array) -> Iterator[Case]:
    updates = np.array([[10, 20, 30, 40], [0.5, 4, 50, -1]], np.float32)
    for reduction in ("none", "add", "mul", "max", "min"):
        yield Case(
            f"ScatterND/{reduction}", "ScatterND", [CUBE, rows, updates], {"reduction": reduction}
        )
    twice = np.array([[1], [1]], np.int64)
    yield Case("ScatterND/last", "ScatterND", [ints(1, 2), twice, ints(7, 9)])
    yield Case("ScatterND/sum", "ScatterND", [ints(1, 2), twice, ints(7, 9)], {"reduction": "add"})


def searches() -> Iterator[Case]:
    """Where elements stand."""
    x = np.array([[3, 1, 3], [2, 2, 0], [-1, 5, 5]], np.float32)
    for operator in ("ArgMax", "ArgMin"):
        for last in (0, 1):
            for axis in (0, -1):
                attributes = {"axis": axis, "keepdims": last, "select_last_index": last}
                yield Case(f"{operator}/{axis}_{last}", operator, [x], attributes)
        yield Case(f"{operator}/int32", operator, [x.astype(np.int32)], {"axis": 1, "keepdims": 1})
    yield Case("NonZero/matrix", "NonZero", [x - 2])
    yield Case("NonZero/bool", "NonZero", [CUBE % 5 == 0])
    yield Case("NonZero/none", "NonZero", [np.zeros((2, 2), np.int64)])
