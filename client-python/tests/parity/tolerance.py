# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""When two answers count as the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

_SMALLEST_SCALE = 1e-6
# Six standard errors: one false alarm in some hundred million.
_ERRORS = 6.0


@dataclass(frozen=True)
class Tolerance:
    """|a - b| <= absolute * scale + relative * |b|.

    The scale is the output's largest |b|, or 1 where `scaled` is off. Where both are drawn, only
    what they were drawn from must be the same: "numbers" by their mean, spread and range, "zeros"
    by how many there are, and the other elements agree.
    """

    relative: float = 1e-4
    absolute: float = 1e-4
    scaled: bool = True
    drawn: Literal["", "numbers", "zeros"] = ""

    def scale_of(self, expected: Any) -> float:
        """The scale for an expected array, from its finite values."""
        finite = np.abs(expected[np.isfinite(expected)])
        largest = float(finite.max()) if finite.size else 0.0
        return max(_SMALLEST_SCALE, largest)


@dataclass(frozen=True)
class Comparison:
    """How one output compares: `fault` is empty where it passes.

    `difference` is the largest absolute difference over the output's largest value; None where the
    two cannot be subtracted.
    """

    fault: str = ""
    difference: float | None = None


def compare(got: Any, expected: Any, tolerance: Tolerance) -> Comparison:
    """Compares one output, which may be a list or absent, with what it should be."""
    if expected is None or got is None:
        return Comparison("" if got is expected else "only one of the two is absent")
    if isinstance(expected, Sequence):
        return _compare_lists(got, expected, tolerance)
    if got.dtype.name != expected.dtype.name:
        return Comparison(f"dtype {got.dtype.name}, not {expected.dtype.name}")
    if got.shape != expected.shape:
        return Comparison(f"shape {got.shape}, not {expected.shape}")
    if tolerance.drawn:
        return _compare_draws(got.astype(np.float64), expected.astype(np.float64), tolerance)
    if expected.dtype.kind in "iub":
        wrong = int((got != expected).sum())
        return Comparison(f"{wrong} of {expected.size} values differ" if wrong else "", 0.0)
    return _compare_floats(got, expected, tolerance)


def _compare_lists(got: Any, expected: Sequence[Any], tolerance: Tolerance) -> Comparison:
    if not isinstance(got, Sequence) or len(got) != len(expected):
        return Comparison(f"not a list of {len(expected)}")
    parts = [compare(g, e, tolerance) for g, e in zip(got, expected, strict=True)]
    fault = next((part.fault for part in parts if part.fault), "")
    differences = [part.difference for part in parts if part.difference is not None]
    return Comparison(fault, max(differences, default=None))


def _compare_draws(got: Any, expected: Any, tolerance: Tolerance) -> Comparison:
    if expected.size == 0:
        return Comparison()
    if tolerance.drawn == "zeros":
        both = (got != 0) & (expected != 0)
        if not np.allclose(got[both], expected[both], tolerance.relative, tolerance.absolute):
            return Comparison("elements that were not drawn differ")
        got, expected = (got != 0).astype(np.float64), (expected != 0).astype(np.float64)
    if not np.isfinite(got).all():
        return Comparison("draws that are not finite")
    spread = max(float(got.std()), float(expected.std()))
    error = _ERRORS * spread * np.sqrt(2 / expected.size)
    # Draws of whole numbers reach the ends of their range, others come near them.
    whole = bool((expected == np.round(expected)).all())
    margin = 0.0 if whole else 2 * spread
    if whole and not (got == np.round(got)).all():
        return Comparison("draws that are not whole")
    if got.min() < expected.min() - margin or got.max() > expected.max() + margin:
        return Comparison(f"draws from {got.min():.2g} to {got.max():.2g}")
    if abs(got.mean() - expected.mean()) > error:
        return Comparison(f"draws of mean {got.mean():.2g}, not {expected.mean():.2g}")
    if abs(got.std() - expected.std()) > error:
        return Comparison(f"draws of spread {got.std():.2g}, not {expected.std():.2g}")
    return Comparison()


def _compare_floats(got: Any, expected: Any, tolerance: Tolerance) -> Comparison:
    wide = np.complex128 if expected.dtype.kind == "c" else np.float64
    a, b = got.astype(wide), expected.astype(wide)
    if b.size == 0:
        return Comparison("", 0.0)
    # nan equals nan, and an infinity only itself; anything else not finite is infinitely far off.
    with np.errstate(invalid="ignore"):
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        distance = np.where(same, 0.0, np.abs(a - b))
    distance = np.where(np.isnan(distance), np.inf, distance)
    scale = tolerance.scale_of(b)
    floor = tolerance.absolute * (scale if tolerance.scaled else 1.0)
    limit = floor + tolerance.relative * np.where(np.isfinite(b), np.abs(b), 0.0)
    wrong = int((distance > limit).sum())
    difference = float(distance.max()) / scale
    fault = f"{wrong} of {b.size} values are off, {difference:.2g} of the scale" if wrong else ""
    return Comparison(fault, difference)
