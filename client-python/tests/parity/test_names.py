# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What the parameters of a converted module are called, and which of them train."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mindspore as ms
import pytest
import torch
from torch import nn

import mindconverter
from parity.names import EXPORTERS, is_same_path, tensors, told
from parity.network import imported, network_class


class Net(nn.Module):
    """Every kind of tensor that a state_dict may hold, and one that it does not."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(20, 6)
        self.norm = nn.BatchNorm1d(6)
        self.scale = nn.Parameter(torch.rand(6))
        self.fixed = nn.Parameter(torch.rand(6), requires_grad=False)
        self.unread = nn.Parameter(torch.rand(3))
        self.register_buffer("kept", torch.rand(6))
        self.register_buffer("lost", torch.rand(6), persistent=False)
        self.out = nn.Linear(6, 20, bias=False)
        self.out.weight = self.embed.weight

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.norm(self.embed(x).mean(1)) * self.scale + self.fixed
        result: torch.Tensor = self.out(x * self.kept - self.lost)
        return result


IDS = (torch.tensor([[1, 2, 3], [4, 5, 6]]),)


@pytest.fixture(params=EXPORTERS)
def converted(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Net, Any]:
    net = Net().eval()
    done = mindconverter.pytorch2mindspore(net, IDS, tmp_path, exporter=request.param)
    return net, done


def test_every_entry_has_its_row(converted: tuple[Net, Any]) -> None:
    net, done = converted
    found = told(net, IDS, done.weight_map)
    assert (found.faults, found.entries, found.share) == ({}, len(net.state_dict()), 1.0)
    (rows,) = json.loads(done.weight_map.read_text()).values()
    by_name = {tensors(row["source_weight"])[0]["name"]: row for row in rows}
    assert by_name["out.weight"]["alias_of"] == "embed.weight"
    assert by_name["unread"]["converted_weight"] is None
    assert by_name["norm.num_batches_tracked"]["reason"].startswith("counts training batches")
    assert by_name["norm.running_var"]["converted_weight"]["name"] == "norm.moving_variance"


def test_only_what_the_source_trains_is_trained(converted: tuple[Net, Any]) -> None:
    _, done = converted
    with imported(done.script) as module:
        network = network_class(done.script, module)()
    trained = {p.name: p.requires_grad for p in network.get_parameters()}
    weights = set(ms.load_checkpoint(str(done.checkpoint)))
    assert weights == set(trained)
    tied = trained.keys() & {"embed.embedding_table", "out.weight"}
    assert len(tied) == 1
    assert {name for name, trains in trained.items() if trains} == {
        "norm.gamma", "norm.beta", "scale", *tied,
    }  # fmt: skip
    assert network.out.weight is network.embed.embedding_table


def test_a_path_is_the_same_under_mindspores_words_only() -> None:
    assert is_same_path("a.0.weight", "a.0.gamma")
    assert is_same_path("bn.running_mean", "bn.bn2d.moving_mean")
    assert is_same_path("a.block-1.bias", "a.block_1.bias")
    assert not is_same_path("a.0.weight", "a.1.weight")
    assert not is_same_path("a.weight", "a.weight_1")
    assert not is_same_path("a.weight", "a.inner.weight")
