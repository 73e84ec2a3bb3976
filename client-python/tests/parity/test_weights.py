# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Weights that a user has beside a model: tuned ones, and those whose names an export lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mindspore as ms
import numpy as np
import onnx
import pytest
import torch
from corpus import ENTRIES
from corpus.exporting import export
from corpus.making import answers, make
from corpus.specimen import TorchSpecimen

import mindconverter
from mindconverter._command.main import main
from mindconverter._weights import checkpoint
from parity.names import is_same_path, tensors
from parity.network import imported, load_weights, network_class


def made(entry: str) -> TorchSpecimen:
    found = make(ENTRIES[entry])
    assert isinstance(found, TorchSpecimen)
    return found


def rows_of(done: Any) -> list[dict[str, Any]]:
    (rows,) = json.loads(done.weight_map.read_text()).values()
    return list(rows)


def assert_computes_the_same(script: Path, weights: Path, model: TorchSpecimen) -> None:
    ms.set_context(mode=ms.PYNATIVE_MODE)
    with imported(script) as module:
        network = network_class(script, module)()
        network.set_train(False)
        load_weights(network, weights)
        got = network(*(ms.Tensor(argument.numpy()) for argument in model.arguments))
    for a, b in zip(got if isinstance(got, tuple) else (got,), answers(model), strict=True):
        np.testing.assert_allclose(a.asnumpy(), b, rtol=1e-4, atol=1e-4 * np.abs(b).max())


def tuned(model: TorchSpecimen) -> None:
    torch.manual_seed(7)
    with torch.no_grad():
        for tensor in {*model.model.parameters(), *model.model.buffers()}:
            if tensor.is_floating_point():
                tensor.mul_(torch.empty_like(tensor).uniform_(0.9, 1.1))
            else:
                tensor.add_(5 if tensor.ndim == 0 else 0)  # num_batches_tracked


@pytest.mark.parametrize("entry", ["timm_test_efficientnet", "hf_gpt2", "hand_ddpm_unet"])
def test_a_tuned_model_goes_to_mindspore_and_back(entry: str, tmp_path: Path) -> None:
    model = made(entry)
    done = mindconverter.pytorch2mindspore(model.model, model.arguments, tmp_path / "out")
    tuned(model)
    state = model.model.state_dict()
    torch.save({"model": {f"module.{k}": v for k, v in state.items()}}, tmp_path / "tuned.pth")

    there, back = tmp_path / "tuned.ckpt", tmp_path / "back.pth"
    words = ["weights", "--map", str(done.weight_map)]
    assert main([*words, "--from", str(tmp_path / "tuned.pth"), "--to", str(there)]) == 0
    assert_computes_the_same(done.script, there, model)

    base = ["--base", str(tmp_path / "tuned.pth")]
    assert main([*words, "--from", str(there), "--to", str(back), *base]) == 0
    found = torch.load(back, weights_only=True)
    assert list(found) == list(state)
    for name, tensor in state.items():
        assert found[name].dtype == tensor.dtype
        assert torch.equal(found[name], tensor), name


@pytest.mark.parametrize("suffix", ["pth", "safetensors"])
def test_names_that_the_exporter_lost_come_from_the_state_dict(suffix: str, tmp_path: Path) -> None:
    model = made("hf_bert")
    export(model, "legacy", tmp_path / "m.onnx")
    lost = [i.name for i in onnx.load(tmp_path / "m.onnx").graph.initializer]
    assert sum(name.startswith("onnx::MatMul") for name in lost) >= 4
    done = recovered(model, tmp_path, suffix)
    assert_rows_are_the_sources(model, done)
    assert_computes_the_same(done.script, done.checkpoint, model)


def test_names_are_recovered_where_a_tool_numbered_them(tmp_path: Path) -> None:
    model = made("tv_squeezenet1_0")
    export(model, "legacy", tmp_path / "m.onnx")
    graph = onnx.load(tmp_path / "m.onnx")
    names = {t.name: f"onnx::Conv_{at}" for at, t in enumerate(graph.graph.initializer)}
    for tensor in graph.graph.initializer:
        tensor.name = names[tensor.name]
    for node in graph.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
    onnx.save(graph, tmp_path / "m.onnx")
    done = recovered(model, tmp_path, "pth")
    assert_rows_are_the_sources(model, done)


def test_weights_that_the_exporter_changed_are_not_taken_for_the_sources(tmp_path: Path) -> None:
    model = made("tv_resnet18")
    export(model, "legacy", tmp_path / "m.onnx")  # folds batch normalisation
    by_name = {}
    for row in rows_of(recovered(model, tmp_path, "pth")):
        by_name.update({source["name"]: row for source in tensors(row["source_weight"])})
    assert by_name["conv1.weight"]["converted_weight"] is None
    assert "has its values" in by_name["conv1.weight"]["reason"]
    assert by_name["fc.weight"]["converted_weight"]["name"] == "fc.weight"


def recovered(model: TorchSpecimen, folder: Path, suffix: str) -> Any:
    """Converts a file together with the weights that it was exported from."""
    weights = folder / f"w.{suffix}"
    if suffix == "pth":
        torch.save(model.model.state_dict(), weights)
    else:
        from safetensors.torch import save_file

        save_file({k: v.clone() for k, v in model.model.state_dict().items()}, weights)
    return mindconverter.convert(folder / "m.onnx", out_dir=folder / "out", weights=weights)


def assert_rows_are_the_sources(model: TorchSpecimen, done: Any) -> None:
    stored = checkpoint.read(done.checkpoint)
    state = model.model.state_dict()
    converted = 0
    for row in rows_of(done):
        (source,) = tensors(row["source_weight"])
        if source["name"] not in state or row["converted_weight"] is None:
            continue
        weight = row["converted_weight"]
        assert is_same_path(source["name"], weight["name"]), row
        assert "transform" not in row
        bytes_there = stored[weight["name"]].content()
        assert bytes_there == state[source["name"]].numpy().tobytes(), row
        converted += 1
    read = sum(name in dict(model.model.named_parameters()) for name in state)
    assert converted >= 0.9 * read
