# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Writes what the server's tests of constant folding compare with.

In client-python/tests: `python -m fold_fixtures`. The judge is ONNX Runtime, or ONNX's reference
evaluator where a case says so because the former has no kernel for its types, or Python's math.
"""

from __future__ import annotations

from pathlib import Path

from fold_fixtures import casts, moves, numbers, sums
from fold_fixtures.case import text_of

FOLDER = Path(__file__).parents[3] / "server/src/test/resources/fold"
FAMILIES = (
    *(
        numbers.unary,
        numbers.arithmetic,
        numbers.bits,
        numbers.truths,
        casts.casts,
        casts.overflows,
    ),
    *(moves.shapes, moves.slices, moves.joins, moves.gathers, moves.searches),
    *(sums.reductions, sums.cumulations, sums.made, sums.products),
)


def main() -> None:
    """One file per family."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for family in FAMILIES:
        cases = list(family())
        text = "\n".join(text_of(case) for case in cases)
        (FOLDER / f"{family.__name__}.txt").write_text(text, encoding="utf-8")
        print(f"{family.__name__}: {len(cases)} cases")


if __name__ == "__main__":
    main()
