# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Dropout in exports: kept where that is safe, and else named."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import onnx
import pytest
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

from client.exports import IMAGE, SEQUENCE, Function, X, counts, exported, ratios


class Attention(nn.Module):
    def __init__(self, need_weights: bool):
        super().__init__()
        self.inner = nn.MultiheadAttention(8, 2, dropout=0.1, batch_first=True)
        self.need_weights = need_weights

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.inner(x, x, x, need_weights=self.need_weights)[0]
        return result


def sdpa(x: torch.Tensor, training: bool) -> torch.Tensor:
    q = x.reshape(1, 2, 2, 4)
    return F.scaled_dot_product_attention(q, q, q, dropout_p=0.1 if training else 0.0)


DROPOUTS: list[tuple[str, nn.Module, torch.Tensor, list[float]]] = [
    ("module", nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.3)), X, [0.3]),
    ("in place", nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.3, inplace=True)), X, [0.3]),
    (
        "in place after a view",
        nn.Sequential(nn.AvgPool2d(2), nn.Flatten(), nn.Dropout(0.3, inplace=True)),
        IMAGE,
        [0.3],
    ),
    (
        "in place after another",
        nn.Sequential(nn.Linear(8, 8), nn.ReLU(inplace=True), nn.Dropout(0.3, inplace=True)),
        X,
        [0.3],
    ),
    ("function", Function(lambda x, on: F.dropout(x, 0.2, on)), X, [0.2]),
    ("branch", Function(lambda x, on: F.dropout(x, 0.2) if on else x), X, [0.2]),
    ("rate 0", nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.0)), X, []),
    ("attention function", Function(sdpa), X, [0.1]),
    ("attention", Attention(False), SEQUENCE, [0.1]),
    ("attention with weights", Attention(True), SEQUENCE, [0.1]),
    (
        "encoder",
        nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, 0.2, batch_first=True), 1),
        SEQUENCE,
        [0.2, 0.2, 0.2, 0.2],
    ),
    ("recurrent", nn.LSTM(8, 4, 2, dropout=0.3), SEQUENCE, [0.3]),
]


@pytest.mark.parametrize(
    ("model", "x", "wanted"), [d[1:] for d in DROPOUTS], ids=[d[0] for d in DROPOUTS]
)
def test_dropout_is_kept_with_its_rate(
    model: nn.Module, x: torch.Tensor, wanted: list[float]
) -> None:
    kept, about = exported(model, x)
    assert ratios(kept) == wanted
    assert about.training_lost == []


@pytest.mark.parametrize(("model", "x"), [d[1:3] for d in DROPOUTS], ids=[d[0] for d in DROPOUTS])
def test_dropout_that_is_not_wanted_is_left_out_in_silence(
    model: nn.Module, x: torch.Tensor
) -> None:
    plain, about = exported(model, x, keep_training=False)
    assert counts(plain)["Dropout"] == 0
    assert about.training_lost == []


@pytest.mark.parametrize(
    "model",
    [Function(sdpa), Attention(True), nn.LSTM(8, 4, 2, dropout=0.3), DROPOUTS[-2][1]],
    ids=["function", "attention", "recurrent", "encoder"],
)
def test_dropout_inside_of_an_operator_changes_nothing_else(model: nn.Module) -> None:
    x = X if isinstance(model, Function) else SEQUENCE
    kept, _ = exported(model, x)
    assert ratios(kept)
    # Against an export that never saw the flags.
    program = torch.onnx.export(model.eval(), (x,), dynamo=True, optimize=False, verbose=False)
    assert program is not None
    program.save("plain.onnx")
    assert structure(kept) == structure(onnx.load("plain.onnx"))


def structure(model: onnx.ModelProto) -> list[Any]:
    """The graph without dropout, without names, without what nobody reads."""
    silent = ("Dropout", "Identity")
    nodes = list(model.graph.node)
    same: dict[str, str] = {}
    for node in nodes:
        if node.op_type in silent:
            same[node.output[0]] = same.get(node.input[0], node.input[0])
    live = {same.get(o.name, o.name) for o in model.graph.output}
    kept = []
    for node in reversed(nodes):
        if node.op_type not in silent and live & set(node.output):
            live |= {same.get(i, i) for i in node.input}
            kept.append(node)
    names: dict[str, int] = {}
    lines: list[Any] = []
    for node in reversed(kept):
        # Parameters have names that count; intermediate values are numbered.
        inputs = [names.get(same.get(i, i), i) for i in node.input]
        attributes = sorted(a.SerializeToString() for a in node.attribute)
        lines.append((node.op_type, inputs, attributes))
        for output in node.output:
            names[output] = len(names)
    return lines


class Masked(nn.Module):
    """Times a mask, in training mode."""

    def __init__(self, mask: Callable[[torch.Tensor], torch.Tensor]):
        super().__init__()
        self.mask = mask

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.mask(x) if self.training else x


DEPTHS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "as torchvision": lambda x: x * torch.empty([2, 1]).bernoulli_(0.8).div_(0.8),
    "as timm": lambda x: x * x.new_empty((2, 1)).bernoulli_(0.8).div_(0.8),
    "as transformers": lambda x: x.div(0.8) * (0.8 + torch.rand(2, 1)).floor_(),
}


@pytest.mark.parametrize("mask", DEPTHS.values(), ids=DEPTHS)
def test_random_depth_is_kept(mask: Callable[[torch.Tensor], torch.Tensor]) -> None:
    kept, about = exported(nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.4), Masked(mask)), X)
    assert ratios(kept) == [0.4]
    assert about.training_lost == []
    assert sum(n for op, n in counts(kept).items() if op.startswith("Random")) == 1


@pytest.mark.parametrize("mask", DEPTHS.values(), ids=DEPTHS)
def test_random_depth_that_is_not_wanted_is_left_out_in_silence(
    mask: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    plain, about = exported(nn.Sequential(nn.Linear(8, 8), Masked(mask)), X, keep_training=False)
    assert not [op for op in counts(plain) if op.startswith("Random")]
    assert about.training_lost == []


UNKNOWN: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "without scale": lambda x: x * torch.empty(2, 1).bernoulli_(0.8),
    "with another scale": lambda x: x * torch.empty(2, 1).bernoulli_(0.8).div_(0.7),
    "floor of another rate": lambda x: x.div(0.8) * (0.7 + torch.rand(2, 1)).floor_(),
    "noise": lambda x: x + 0.1 * torch.randn(2, 8),
}


@pytest.mark.parametrize("mask", UNKNOWN.values(), ids=UNKNOWN)
def test_other_randomness_in_training_is_put_off_and_named(
    mask: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    kept, about = exported(nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.4), Masked(mask)), X)
    assert ratios(kept) == [0.4]
    assert not [op for op in counts(kept) if op.startswith(("Random", "Bernoulli"))]
    assert about.training_lost == ["Masked is random in training mode, and is not so here (2)"]


def test_randomness_that_nobody_wants_need_not_be_named() -> None:
    net = nn.Sequential(nn.Linear(8, 8), nn.AlphaDropout(0.2))
    assert exported(net, X, keep_training=False)[1].training_lost == []
    assert exported(net, X, exporter="legacy", keep_training=False)[1].training_lost == []
    assert exported(net, X, exporter="legacy")[1].training_lost != []


def test_statistics_over_all_batches_are_named() -> None:
    net = nn.Sequential(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3, momentum=None), nn.BatchNorm2d(3))
    (note,) = exported(net, IMAGE)[1].training_lost
    assert note.endswith("stay as they are in training here (1)")
    assert exported(net, IMAGE, keep_training=False)[1].training_lost == []


def test_a_mask_that_is_read_elsewhere_too_is_not_taken_for_random_depth() -> None:
    def twice(x: torch.Tensor) -> torch.Tensor:
        mask = torch.empty(2, 1).bernoulli_(0.8).div_(0.8)
        return x * mask + mask

    _, about = exported(nn.Sequential(nn.Linear(8, 8), Masked(twice)), X)
    assert len(about.training_lost) == 1


@pytest.mark.parametrize("module", [nn.AlphaDropout(0.2), nn.FeatureAlphaDropout(0.2)])
def test_dropout_of_another_kind_is_put_off_and_named(module: nn.Module) -> None:
    kept, about = exported(nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.4), module), X)
    assert ratios(kept) == [0.4]
    assert about.training_lost[0].startswith(f"{type(module).__name__} is random in training")


def test_dropout_of_whole_channels_is_kept() -> None:
    kept, about = exported(nn.Sequential(nn.Conv2d(3, 3, 1), nn.Dropout2d(0.3)), IMAGE)
    assert about.training_lost == []
    assert counts(kept)["RandomUniformLike"] == 1


class Auxiliary(nn.Module):
    """Does more in training mode, as Inception does."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(8, 8)
        self.head = nn.Linear(8, 2)
        self.drop = nn.Dropout(0.4)
        self.only_in_training = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor) -> Any:
        x = self.drop(self.linear(x))
        if self.training:
            return x, self.only_in_training(self.head(x))
        return x


def test_a_model_that_does_something_else_in_training_is_taken_as_in_eval() -> None:
    kept, about = exported(Auxiliary(), X)
    assert len(kept.graph.output) == 1
    assert ratios(kept) == [0.4]
    (note,) = about.training_lost
    assert note.startswith("the model does something else in training mode")
    assert "1 dropouts are only in the former" in note


def test_a_model_whose_training_mode_cannot_be_captured_is_taken_as_in_eval() -> None:
    class Strict(Auxiliary):
        def forward(self, x: torch.Tensor) -> Any:
            if self.training:
                raise RuntimeError("needs targets")
            return F.dropout(self.drop(self.linear(x)), 0.3, self.training)

    kept, about = exported(Strict(), X)
    # Only of the module it is known that it is meant to act.
    assert ratios(kept) == [0.4]
    assert len(about.training_lost) == 1


def test_a_constant_that_depends_on_the_mode_is_noticed() -> None:
    model = Function(lambda x, on: x * torch.tensor(2.0 if on else 1.0))
    kept, about = exported(model, X)
    assert len(about.training_lost) == 1
    assert not any(numpy_helper.to_array(t).tolist() == 2.0 for t in kept.graph.initializer)


def test_a_hard_wired_switch_of_dropout_is_respected() -> None:
    kept, about = exported(Function(lambda x, _: F.dropout(x, 0.5, False)), X)
    assert (ratios(kept), about.training_lost) == ([], [])
    always = Function(lambda x, _: F.dropout(x, 0.5, True))
    for keep_training in (True, False):
        kept, about = exported(always, X, keep_training=keep_training)
        assert ratios(kept) == [0.5]
        assert "in eval mode too" in about.training_lost[0]


def test_dropout_in_a_place_that_others_see_is_kept_as_it_is() -> None:
    def shared(x: torch.Tensor, on: bool) -> torch.Tensor:
        F.dropout(x.view(4, 4), 0.5, on, inplace=True)
        return x + 1

    kept, about = exported(Function(shared), X)
    assert (ratios(kept), about.training_lost) == ([], [])
    assert counts(kept)["RandomUniformLike"] == 1


def test_dropout_of_everything_is_left_out_and_named() -> None:
    kept, about = exported(nn.Sequential(nn.Linear(8, 8), nn.Dropout(1.0)), X)
    assert ratios(kept) == []
    assert about.training_lost == ["'1' drops everything in training mode, and nothing here"]


@pytest.mark.parametrize("layers", [1, 2])
def test_dropout_that_torch_loses_between_layers_is_named(layers: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one layer has nothing to drop
        rnn = nn.Sequential(nn.RNN(4, 3, layers, dropout=0.2))
    _, about = exported(rnn, torch.randn(2, 3, 4))
    lost = ["torch's exporter leaves out the dropout between the layers of an RNN (0)"]
    assert about.training_lost == (lost if layers == 2 else [])
