# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Sizes that stay open in an export, and those that are asked for in vain."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn
from torch.export import Dim

import mindconverter
from client.exports import SEQUENCE, X, exported
from client.fake_server import serving, well
from mindconverter import ConversionError

EXPORTERS = ("dynamo", "legacy")
_ONE_ROW = X[:1]


def shapes(model: onnx.ModelProto) -> dict[str, list[Any]]:
    """Of each input the sizes, an open one by its name."""
    return {
        value.name: [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in model.graph.input
    }


class Pair(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(8, 4)

    def forward(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        rows: torch.Tensor = self.linear(x + y)
        return rows.reshape(-1, rows.shape[0])


class Several(nn.Module):
    def forward(self, x: torch.Tensor, *more: torch.Tensor) -> torch.Tensor:
        return x + sum(more)


@pytest.mark.parametrize("exporter", EXPORTERS)
@pytest.mark.parametrize(
    "given",
    [
        {"x": {0: "rows"}, "y": {0: "rows"}},
        {"y": {0: "rows"}, "x": {0: "rows", 1: None}},
        ({0: "rows"}, {0: "rows"}),
        [("rows", None), ("rows", 8)],
        {"x": {0: Dim("rows")}, "y": {0: Dim("rows")}},
    ],
)
def test_a_size_stays_open_under_its_name(exporter: str, given: Any) -> None:
    model, _ = exported(Pair(), X, X, exporter=exporter, dynamic_shapes=given)
    assert shapes(model) == {"x": ["rows", 8], "y": ["rows", 8]}


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_a_size_of_one_in_the_dummy_inputs_stays_open(exporter: str) -> None:
    net = Pair().eval()
    open_rows = {"x": {0: "rows"}, "y": {0: "rows"}}
    exported(net, _ONE_ROW, _ONE_ROW, exporter=exporter, dynamic_shapes=open_rows)
    session = onnxruntime.InferenceSession("export/m.onnx")
    for rows in (1, 2, 5):
        x = torch.randn(rows, 8)
        (got,) = session.run(None, {"x": x.numpy(), "y": x.numpy()})
        np.testing.assert_allclose(got, net(x, x).detach().numpy(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_hints_of_torch_are_taken(exporter: str) -> None:
    given = {"x": (Dim.DYNAMIC, Dim.STATIC), "y": (Dim.AUTO, Dim.STATIC)}
    model, _ = exported(Pair(), X, X, exporter=exporter, dynamic_shapes=given)
    for rows, columns in shapes(model).values():
        assert isinstance(rows, str)
        assert columns == 8


@pytest.mark.parametrize("exporter", EXPORTERS)
@pytest.mark.parametrize(
    "given",
    [
        {"x": {0: "n"}, "more": ({0: "n"}, {0: "n"})},
        {"x": {0: "n"}, "more_0": {0: "n"}, "more_1": {0: "n"}},
        ({0: "n"}, ({0: "n"}, {0: "n"})),
        ({0: "n"}, {0: "n"}, {0: "n"}),
    ],
)
def test_a_parameter_may_take_any_number_of_inputs(exporter: str, given: Any) -> None:
    model, _ = exported(Several(), X, X, X, exporter=exporter, dynamic_shapes=given)
    assert shapes(model) == {name: ["n", 8] for name in ("x", "more_0", "more_1")}


def test_nested_inputs_are_left_open_by_their_place() -> None:
    class Nested(nn.Module):
        def forward(self, pair: Any, *, by_name: Any) -> torch.Tensor:
            result: torch.Tensor = pair[0] + pair[1] * by_name["z"]
            return result

    given = {"pair": ({0: "n"}, {0: "n"}), "by_name": {"z": {0: "n"}}}
    model, _ = exported(Nested(), (X, X), by_name={"z": X}, dynamic_shapes=given)
    assert [shape[0] for shape in shapes(model).values()] == ["n"] * 3


def test_the_legacy_exporter_steps_in_with_the_same_sizes() -> None:
    class Refused(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return nn.functional.scaled_dot_product_attention(x, x, x)

    given = {"x": {0: "batch", 1: "length"}}
    model, about = exported(Refused(), SEQUENCE, dynamic_shapes=given)
    assert about.producer.endswith(" legacy")
    assert shapes(model) == {"x": ["batch", "length", 8]}


def refusal(model: nn.Module, *args: Any, given: Any, exporter: str = "dynamo") -> ConversionError:
    with pytest.raises(ConversionError) as caught:
        exported(model, *args, exporter=exporter, dynamic_shapes=given)
    assert caught.value.remedy
    return caught.value


class ByRows(nn.Module):
    """Does something else for two rows than for more."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * 2 if x.shape[0] == 2 else x - 1


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_a_size_that_the_model_decides_by_is_refused(exporter: str) -> None:
    error = refusal(ByRows(), X, given={"x": {0: "rows"}}, exporter=exporter)
    assert error.name == "ModelExportError"
    assert "dynamic_shapes" in error.remedy
    exported(ByRows(), X, exporter=exporter)


@pytest.mark.parametrize(
    ("given", "origin", "message"),
    [
        ("batch", "dynamic_shapes", "it is a str"),
        ({}, "dynamic_shapes", "no dimension is left open"),
        ({"x": None}, "dynamic_shapes", "no dimension is left open"),
        ({"x": {0: 2}}, "dynamic_shapes", "no dimension is left open"),
        ({"z": {0: "n"}}, "dynamic_shapes, z", "no such input"),
        (({0: "n"},), "dynamic_shapes", "1 entries for 2"),
        ({"x": "n"}, "dynamic_shapes, x", "a str"),
        ({"x": ("n",)}, "dynamic_shapes, x", "1 entries for 2"),
        ({"x": {2: "n"}}, "dynamic_shapes, x[2]", "the input has 2 dimensions"),
        ({"x": {-1: "n"}}, "dynamic_shapes, x[-1]", "the input has 2 dimensions"),
        ({"x": {"0": "n"}}, "dynamic_shapes, x[0]", "the input has 2 dimensions"),
        ({"x": {0: 3}}, "dynamic_shapes, x[0]", "it is 2 in the dummy inputs, not 3"),
        ({"x": {0: True}}, "dynamic_shapes, x[0]", "a dimension is a bool"),
        ({"x": {0: 1.5}}, "dynamic_shapes, x[0]", "a dimension is a float"),
        ({"x": {0: "a b"}}, "dynamic_shapes, x[0]", "'a b' is not a name"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(
    given: Any, origin: str, message: str
) -> None:
    error = refusal(Pair(), X, X, given=given)
    assert (error.code, error.origin) == ("0000003", origin)
    assert message in error.message


def test_the_sizes_of_what_is_no_tensor_are_refused() -> None:
    class Scaled(nn.Module):
        def forward(self, x: torch.Tensor, scale: int, pair: Any) -> torch.Tensor:
            result: torch.Tensor = x * scale + pair[0]
            return result

    for given, origin in (
        ({"x": {0: "n"}, "scale": {0: "n"}}, "scale"),
        ({"x": {0: "n"}, "pair": {0: "n"}}, "pair"),
        ({"x": {0: "n"}, "pair": ({0: "n"},)}, "pair"),
    ):
        error = refusal(Scaled(), X, 2, (X, X), given=given)
        assert error.origin == f"dynamic_shapes, {origin}"


def test_open_sizes_reach_the_server() -> None:
    with serving(well) as server:
        mindconverter.pytorch2mindspore(
            Pair(), (X, X), server=server.address, dynamic_shapes={"x": {0: "n"}, "y": {0: "n"}}
        )
    (call,) = server.calls
    assert shapes(onnx.load_model_from_string(bytes(call.files[0])))["x"] == ["n", 8]
