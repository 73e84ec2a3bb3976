# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""When two answers count as the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_SMALLEST_SCALE = 1e-6


@dataclass(frozen=True)
class Tolerance:
    """|a - b| <= absolute * scale + relative * |b|.

    The scale is the output's largest |b|, or 1 where `scaled` is off.
    """

    relative: float = 1e-4
    absolute: float = 1e-4
    scaled: bool = True

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
