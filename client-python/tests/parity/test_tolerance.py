# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""When answers count as the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from parity.tolerance import Tolerance, compare

_SCALED = Tolerance()


def _f32(*values: float) -> Any:
    return np.array(values, np.float32)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (_f32(1, 100.009), _f32(1, 100)),
        (_f32(0.009, 100), _f32(0, 100)),
        (_f32(np.nan, np.inf, -np.inf), _f32(np.nan, np.inf, -np.inf)),
        (_f32(), _f32()),
        (np.array(True), np.array(True)),
        ([_f32(1), _f32(2)], [_f32(1), _f32(2)]),
        (None, None),
    ],
)
def test_takes_what_is_close_enough(got: Any, expected: Any) -> None:
    assert compare(got, expected, _SCALED).fault == ""


@pytest.mark.parametrize(
    ("got", "expected", "fault"),
    [
        (_f32(1, 100.03), _f32(1, 100), "1 of 2 values are off, 0.0003 of the scale"),
        (_f32(0.03, 100), _f32(0, 100), "1 of 2 values are off, 0.0003 of the scale"),
        (_f32(np.nan), _f32(1), "1 of 1 values are off, inf of the scale"),
        (_f32(1), _f32(np.nan), "1 of 1 values are off, inf of the scale"),
        (_f32(np.inf), _f32(-np.inf), "1 of 1 values are off, inf of the scale"),
        (_f32(1e-3), _f32(0), "1 of 1 values are off, 1e+03 of the scale"),
        (np.array([1, 2]), np.array([1, 3]), "1 of 2 values differ"),
        (np.array([1]), np.array([1], np.int32), "dtype int64, not int32"),
        (_f32(1)[None], _f32(1), "shape (1, 1), not (1,)"),
        ([_f32(1)], [_f32(1), _f32(2)], "not a list of 2"),
        ([_f32(1), _f32(3)], [_f32(1), _f32(2)], "1 of 1 values are off, 0.5 of the scale"),
        (None, _f32(1), "only one of the two is absent"),
    ],
)
def test_refuses_what_is_not(got: Any, expected: Any, fault: str) -> None:
    assert compare(got, expected, _SCALED).fault == fault


def test_an_unscaled_tolerance_does_not_grow_with_the_output() -> None:
    unscaled = Tolerance(relative=0, absolute=1e-3, scaled=False)
    assert compare(_f32(0.01, 100), _f32(0, 100), unscaled).fault
    assert not compare(_f32(0.0009, 100), _f32(0, 100), unscaled).fault


_STREAM = np.random.RandomState(1)
_DRAWN = Tolerance(drawn="numbers")
_ZEROS = Tolerance(drawn="zeros")


def test_draws_from_the_same_source_are_alike() -> None:
    normal, coins = (_STREAM.randn(1000), _STREAM.randn(1000)), _STREAM.rand(2, 1000) < 0.5
    assert not compare(*normal, _DRAWN).fault
    assert not compare(*coins, _DRAWN).fault
    assert not compare(_f32(), _f32(), _DRAWN).fault


@pytest.mark.parametrize(
    ("got", "expected", "fault"),
    [
        (_STREAM.randn(1000) + 1, _STREAM.randn(1000), "draws of mean"),
        (_STREAM.uniform(-3, 3, 1000), _STREAM.randn(1000), "draws of spread"),
        (_STREAM.randn(1000) * 20, _STREAM.randn(1000), "draws from"),
        (_STREAM.rand(1000) < 0.1, _STREAM.rand(1000) < 0.5, "draws of mean"),
        (_STREAM.rand(10), np.arange(10.0) % 2, "draws that are not whole"),
        (np.arange(10.0) % 3, np.arange(10.0) % 2, "draws from 0 to 2"),
        (np.full(3, np.nan), np.ones(3), "draws that are not finite"),
        (_f32(1), np.ones(1), "dtype"),
        (np.ones(2), np.ones(1), "shape"),
    ],
)
def test_draws_from_another_source_are_not(got: Any, expected: Any, fault: str) -> None:
    assert compare(got, expected, _DRAWN).fault.startswith(fault)


def test_of_elements_that_were_dropped_their_share_tells() -> None:
    x = _STREAM.randn(1000)
    half, other, most = (np.where(_STREAM.rand(1000) < p, x, 0) for p in (0.5, 0.5, 0.9))
    assert not compare(half, other, _ZEROS).fault
    assert compare(half * 2, other, _ZEROS).fault == "elements that were not drawn differ"
    assert compare(most, other, _ZEROS).fault.startswith("draws of mean 0.9")
