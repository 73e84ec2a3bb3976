# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""The way of a PyTorch module to the server: what is sent along, and what is left behind."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import onnx
import pytest
import torch
from torch import nn

import mindconverter
from client.fake_server import failing, serving, well
from mindconverter import ConversionError, Progress
from mindconverter._rpc import wire
from mindconverter._torch.weights import source_weights

PACKAGE = "client.test_pytorch2mindspore"


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(200, 4)
        self.norm = nn.BatchNorm1d(4)
        self.out = nn.Linear(4, 200, bias=False)
        self.out.weight = self.embed.weight
        self.norm.weight.requires_grad_(False)
        self.register_buffer("kept", torch.ones(2, dtype=torch.bfloat16))
        self.register_buffer("lost", torch.arange(3), persistent=False)
        self.register_buffer("empty", torch.zeros(0, 3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.out(self.norm(self.embed(x).mean(1)))
        return result


IDS = torch.tensor([[1, 2, 3]])


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def test_the_tensors_of_a_module_are_described_as_they_are() -> None:
    net = Net()
    rows = {w.name: w for w in source_weights(net)}
    assert list(rows) == [*net.state_dict(), "lost"]
    weight = net.embed.weight.detach().numpy().tobytes()
    assert rows["embed.weight"] == wire.SourceWeight(
        "embed.weight", (200, 4), "float32", sha(weight), wire.ROLE_PARAMETER
    )
    assert rows["out.weight"] == wire.SourceWeight(
        "out.weight", (200, 4), "float32", sha(weight), wire.ROLE_PARAMETER, "embed.weight"
    )
    assert rows["norm.weight"].role == wire.ROLE_FROZEN_PARAMETER
    assert rows["norm.running_var"].role == wire.ROLE_BUFFER
    assert rows["norm.num_batches_tracked"].shape == ()
    assert rows["norm.num_batches_tracked"].sha256 == sha(bytes(8))
    assert (rows["kept"].data_type, rows["kept"].sha256) == ("bfloat16", sha(b"\x80\x3f" * 2))
    assert rows["lost"].role == wire.ROLE_NON_PERSISTENT_BUFFER
    assert (rows["empty"].shape, rows["empty"].sha256) == ((0, 3), sha(b""))
    assert [w.name for w in rows.values() if w.alias_of] == ["out.weight"]


def test_tensors_are_digested_in_row_major_order_whatever_their_layout() -> None:
    net = nn.Module()
    values = torch.arange(6.0).reshape(2, 3)
    net.register_buffer("turned", values.t())
    net.register_buffer("part", values[:, 1:])
    net.register_buffer("sparse", values.to_sparse())
    net.register_buffer("nowhere", torch.empty(2, device="meta"))
    rows = {w.name: w.sha256 for w in source_weights(net)}
    assert rows["turned"] == sha(values.t().contiguous().numpy().tobytes())
    assert rows["part"] == sha(values[:, 1:].contiguous().numpy().tobytes())
    assert (rows["sparse"], rows["nowhere"]) == (b"", b"")


def test_views_of_one_storage_are_not_taken_for_the_same_tensor() -> None:
    net = nn.Module()
    values = torch.arange(4.0)
    net.register_buffer("whole", values)
    net.register_buffer("front", values[:2])
    net.register_buffer("square", values.view(2, 2))
    net.register_buffer("again", values)
    assert [w.alias_of for w in source_weights(net)] == ["", "", "", "whole"]


def test_a_state_dict_may_hold_other_things_than_tensors() -> None:
    class Odd(nn.Linear):
        def get_extra_state(self) -> Any:
            return {"version": 3}

        def set_extra_state(self, state: Any) -> None:
            raise AssertionError(state)

    assert [w.name for w in source_weights(Odd(2, 2))] == ["weight", "bias"]
    assert source_weights(nn.LazyLinear(3)) == ()


def test_a_module_arrives_with_its_class_its_weights_and_its_tensors(temporary: Path) -> None:
    steps: list[Progress] = []
    with serving(well) as server:
        done = mindconverter.pytorch2mindspore(
            Net(), IDS, "out", report_dir="rep", name="n", server=server.address,
            progress=steps.append,
        )  # fmt: skip
    (call,) = server.calls
    assert call.spec is not None
    assert (call.spec.name, call.spec.source_class) == ("n", f"{PACKAGE}.Net")
    assert call.spec.producer == f"torch {torch.__version__.split('+')[0]} dynamo"
    assert [w.name for w in call.weights] == [*Net().state_dict(), "lost"]
    assert [h.kind for h in call.headers] == [wire.KIND_MODEL, wire.KIND_EXTERNAL_DATA]
    model = onnx.load_model_from_string(bytes(call.files[0]))
    assert [i.name for i in model.graph.input] == ["x"]
    assert call.headers[1].path == "n.onnx.data"
    assert len(call.files[1]) > 0
    assert done.script == Path("out/n.py").absolute()
    assert done.report == Path("rep/report_of_n.txt").absolute()
    assert steps[0] == Progress("exporting")
    # Torch keeps a folder of its own there.
    assert list(temporary.glob("mindconverter*")) == []


def test_the_defaults_are_the_retired_tools() -> None:
    with serving(well) as server:
        done = mindconverter.pytorch2mindspore(nn.ReLU(), torch.ones(2), server=server.address)
    assert done.script == Path("output/model.py").absolute()
    assert done.report.parent == done.script.parent


def test_many_weights_go_up_in_pieces() -> None:
    net = nn.ParameterList(nn.Parameter(torch.ones(1)) for _ in range(1100))
    wide = nn.Module()
    wide.inner = net
    wide.forward = lambda x: x + net[0]  # type: ignore[assignment]
    with serving(well) as server:
        mindconverter.pytorch2mindspore(wide, torch.ones(2), server=server.address)
    assert len(server.calls[0].weights) == 1100


def test_what_an_export_loses_stands_in_the_report() -> None:
    net = nn.Sequential(nn.Linear(4, 4), nn.AlphaDropout(0.3))
    with serving(well) as server:
        done = mindconverter.pytorch2mindspore(net, torch.ones(2, 4), server=server.address)
    lines = done.report.read_text().splitlines()
    assert lines[1].startswith("[Warning] AlphaDropout is random in training mode")
    assert (done.findings[0].code, done.findings[0].severity) == ("TRAINING_LOST", "warning")


def test_a_forced_legacy_export_is_one() -> None:
    with serving(well) as server:
        mindconverter.pytorch2mindspore(
            nn.Linear(4, 4), torch.ones(2, 4), server=server.address, exporter="legacy"
        )
    assert server.calls[0].spec is not None
    assert server.calls[0].spec.producer.endswith(" legacy")


def test_a_model_arrives_without_dropout_where_that_is_not_wanted() -> None:
    net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.3), nn.AlphaDropout(0.3))
    with serving(well) as server:
        done = mindconverter.pytorch2mindspore(
            net, torch.ones(2, 4), server=server.address, keep_training=False
        )
    model = onnx.load_model_from_string(bytes(server.calls[0].files[0]))
    assert not [node for node in model.graph.node if node.op_type == "Dropout"]
    assert not [finding for finding in done.findings if finding.code == "TRAINING_LOST"]
    assert net.training


def test_a_compiled_module_is_taken_for_the_one_inside() -> None:
    net = nn.Linear(4, 4)
    with serving(well) as server:
        mindconverter.pytorch2mindspore(torch.compile(net), torch.ones(2, 4), server=server.address)
    (call,) = server.calls
    assert call.spec is not None
    assert call.spec.source_class == "torch.nn.modules.linear.Linear"
    assert [w.name for w in call.weights] == ["weight", "bias"]


class Wrong(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise ValueError("this model\nis broken")


def test_a_module_that_cannot_be_exported_leaves_nothing(temporary: Path) -> None:
    with serving(well) as server, pytest.raises(ConversionError) as caught:
        mindconverter.pytorch2mindspore(Wrong(), torch.ones(2), server=server.address)
    error = caught.value
    assert (error.code, error.name, error.origin) == ("1000020", "ModelExportError", "Wrong")
    assert "this model" in error.message
    assert server.calls == []
    assert not Path("output").exists()
    assert list(temporary.glob("mindconverter*")) == []


def test_a_failing_server_leaves_nothing(temporary: Path) -> None:
    import grpc

    behaviour = failing(grpc.StatusCode.INTERNAL, "x")
    with serving(behaviour) as server, pytest.raises(ConversionError):
        mindconverter.pytorch2mindspore(nn.ReLU(), torch.ones(2), server=server.address)
    assert not Path("output").exists()
    assert list(temporary.glob("mindconverter*")) == []


def test_existing_output_is_noticed_before_the_export() -> None:
    Path("output").mkdir()
    Path("output/model.ckpt").write_text("mine")
    with pytest.raises(ConversionError) as caught:
        mindconverter.pytorch2mindspore(Wrong(), torch.ones(2), server="127.0.0.1:1")
    assert caught.value.code == "2000002"


@pytest.mark.parametrize(
    ("arguments", "options", "origin"),
    [
        (("model.pth", torch.ones(1)), {}, "model"),
        ((nn.ReLU, torch.ones(1)), {}, "model"),
        ((nn.ReLU(), [torch.ones(1)]), {}, "dummy_inputs"),
        ((nn.ReLU(), (1, 3, 8, 8)[0]), {}, "dummy_inputs"),
        ((nn.ReLU(), {1: torch.ones(1)}), {}, "dummy_inputs"),
        ((nn.ReLU(), torch.ones(1)), {"exporter": "onnx"}, "exporter"),
        ((nn.ReLU(), torch.ones(1)), {"keep_training": "no"}, "keep_training"),
        ((nn.ReLU(), torch.ones(1)), {"name": "a/b"}, "a/b"),
        ((nn.ReLU(), torch.ones(1)), {"name": ".hidden"}, ".hidden"),
    ],
)
def test_wrong_arguments_are_named(
    arguments: tuple[Any, Any], options: dict[str, Any], origin: str
) -> None:
    with pytest.raises(ConversionError) as caught:
        mindconverter.pytorch2mindspore(*arguments, **options)
    assert (caught.value.code, caught.value.origin) == ("0000003", origin)
    assert os.listdir() == []
