# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Values of every kind come back as they were stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
import pytest

from parity import arrays


@pytest.mark.parametrize(
    "value",
    [
        np.arange(6, dtype=np.float32).reshape(2, 3),
        np.array(True),
        np.zeros((0, 3), np.int8),
        np.array([1.5, -2], ml_dtypes.bfloat16),
        np.array([1, -2], ml_dtypes.int4),
        np.array([1, -2], ml_dtypes.float8_e5m2),
        np.array([1j]),
        np.array(["a", "bc"], object),
        None,
        [],
        [np.array([1.0]), None, [np.array([2])]],
    ],
)
def test_a_value_comes_back(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "values.npz"
    arrays.save(path, {"a/b": value, "other": np.array([7])})
    restored = arrays.load(path)
    assert list(restored) == ["a/b", "other"]
    _assert_same(restored["a/b"], value)


def test_reads_a_plain_file(tmp_path: Path) -> None:
    np.savez(tmp_path / "plain.npz", b=np.array([1]), a=np.array([2]))
    assert list(arrays.load(tmp_path / "plain.npz")) == ["b", "a"]


def _assert_same(got: Any, wanted: Any) -> None:
    if wanted is None or isinstance(wanted, list):
        assert type(got) is type(wanted)
        for one, other in zip(got or [], wanted or [], strict=True):
            _assert_same(one, other)
        return
    assert got.shape == wanted.shape
    assert got.dtype == wanted.dtype or wanted.dtype.kind == "O"
    assert got.tolist() == wanted.tolist()
