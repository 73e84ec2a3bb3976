# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""MindSpore itself loads the checkpoint that the server's tests compare with, byte by byte."""

from __future__ import annotations

from pathlib import Path

import mindspore as ms
import numpy as np
import pytest

CHECKPOINT = Path(__file__).parents[3] / "server/src/test/resources/checkpoint/everything.ckpt"
TYPES = [
    *("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"),
    *("float16", "bfloat16", "float32", "float64", "bool"),
]
TABLE = np.arange(1, 21, dtype=np.float32).reshape(4, 5)
WEIGHTS = {
    "empty": np.zeros((0, 3), np.float32),
    "sliced.weight": TABLE,
    "transposed.weight": TABLE.T,
    "part.weight": TABLE[:, 1:4],
    "half.weight": TABLE.astype(np.float16),
    "joined.weight": np.concatenate([TABLE, TABLE[:, :1]], axis=1),
    "größe/a b": np.array([1], np.int32),
}


@pytest.fixture(scope="module")
def loaded() -> dict[str, ms.Parameter]:
    return ms.load_checkpoint(str(CHECKPOINT))


def test_holds_every_parameter_once_and_nothing_else(loaded: dict[str, ms.Parameter]) -> None:
    per_type = {f"{kind}.{name}" for name in TYPES for kind in ("matrix", "scalar")}
    assert set(loaded) == per_type | set(WEIGHTS)


@pytest.mark.parametrize("name", TYPES)
def test_values_and_types_arrive_as_they_were(loaded: dict[str, ms.Parameter], name: str) -> None:
    matrix, scalar = loaded[f"matrix.{name}"], loaded[f"scalar.{name}"]
    expected = np.arange(1, 7).reshape(2, 3)
    if name == "bool":
        expected = expected % 2
    assert matrix.dtype == scalar.dtype == getattr(ms, name + "_" if name == "bool" else name)
    assert (matrix.shape, scalar.shape) == ((2, 3), ())
    # numpy 2 knows no bfloat16 that MindSpore could give it.
    assert (ms.ops.cast(matrix, ms.float64).asnumpy() == expected).all()
    assert ms.ops.cast(scalar, ms.float64).asnumpy() == 1


@pytest.mark.parametrize("name", WEIGHTS)
def test_transformed_weights_arrive_as_numpy_transforms_them(
    loaded: dict[str, ms.Parameter], name: str
) -> None:
    value = loaded[name].asnumpy()
    assert value.dtype == WEIGHTS[name].dtype
    assert value.shape == WEIGHTS[name].shape
    assert (value == WEIGHTS[name]).all()


def test_a_network_takes_the_parameters_strictly(loaded: dict[str, ms.Parameter]) -> None:
    network = ms.nn.SequentialCell()
    network.sliced = ms.nn.Dense(5, 4, has_bias=False)
    parameter = loaded["sliced.weight"]
    missing, unused = ms.load_param_into_net(
        network, {"sliced.weight": parameter}, strict_load=True
    )
    assert (missing, unused) == ([], [])
    assert (network.sliced.weight.asnumpy() == TABLE).all()
