# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""What an export holds, and what it does not touch."""

from __future__ import annotations

import contextlib
import errno
import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

from mindconverter import ConversionError
from mindconverter._torch import export as exporting
from mindconverter._torch.capture import Inputs
from mindconverter._torch.export import Exported, export

X = torch.linspace(-1, 1, 16).reshape(2, 8)
IMAGE = torch.linspace(-1, 1, 96).reshape(2, 3, 4, 4)
SEQUENCE = torch.linspace(-1, 1, 24).reshape(1, 3, 8)


class Function(nn.Module):
    """A module with a weight, and a function of its input and its mode."""

    def __init__(self, function: Callable[[torch.Tensor, bool], torch.Tensor]):
        super().__init__()
        self.linear = nn.Linear(8, 8)
        self.function = function

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.function(self.linear(x), self.training)


class Attention(nn.Module):
    def __init__(self, need_weights: bool):
        super().__init__()
        self.inner = nn.MultiheadAttention(8, 2, dropout=0.1, batch_first=True)
        self.need_weights = need_weights

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.inner(x, x, x, need_weights=self.need_weights)[0]
        return result


def exported(
    model: nn.Module, *args: Any, exporter: str = "dynamo", **kwargs: Any
) -> tuple[onnx.ModelProto, Exported]:
    """The model as ONNX, and what the export says about it."""
    file = Path("export") / "m.onnx"
    file.parent.mkdir(exist_ok=True)
    about = export(model, Inputs(args, kwargs), file, exporter)
    return onnx.load(file), about


def counts(model: onnx.ModelProto) -> Counter[str]:
    return Counter(node.op_type for node in model.graph.node)


def ratios(model: onnx.ModelProto) -> list[float]:
    """Of each Dropout its ratio; each must be one that acts in training."""
    constants = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    found = []
    for node in model.graph.node:
        if node.op_type == "Dropout":
            # The one inside attention has no switch.
            assert len(node.input) < 3 or bool(constants[node.input[2]])
            found.append(round(float(constants[node.input[1]]), 6))
    return found


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


def test_batch_norms_stay_as_in_inference_and_keep_their_names() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4), nn.Dropout(0.5))
    # Not the values of a new module: equal tensors become one.
    for tensor in (*model.parameters(), *model.buffers()):
        tensor.data = torch.rand(tensor.shape).to(tensor.dtype)
    for exporter in ("dynamo", "legacy"):
        kept, about = exported(model.train(), IMAGE, exporter=exporter)
        (norm,) = [n for n in kept.graph.node if n.op_type == "BatchNormalization"]
        assert len(norm.output) == 1
        assert not [a for a in norm.attribute if a.name == "training_mode" and a.i]
        names = {t.name for t in kept.graph.initializer}
        assert set(model.state_dict()) - {"1.num_batches_tracked"} <= names
        assert counts(kept)["Conv"] == 1
        assert bool(about.training_lost) == (exporter == "legacy")


class DropPath(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return x
        return x * torch.empty(x.shape[0], 1).bernoulli_(0.8) / 0.8


def randomly(module: nn.Module) -> nn.Module:
    return nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.4), module)


@pytest.mark.parametrize(
    ("module", "x"),
    [
        (DropPath(), X),
        (nn.AlphaDropout(0.2), X),
        (nn.Dropout1d(0.2), X),
        (nn.FeatureAlphaDropout(0.2), X),
    ],
    ids=lambda v: type(v).__name__,
)
def test_what_else_is_random_in_training_is_put_off_and_named(
    module: nn.Module, x: torch.Tensor
) -> None:
    kept, about = exported(randomly(module), x)
    assert ratios(kept) == [0.4]
    assert not {op for op in counts(kept) if op.startswith(("Random", "Bernoulli", "Multinomial"))}
    (note,) = about.training_lost
    assert note.startswith(f"{type(module).__name__} is random in training mode")
    assert "(2)" in note


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
    kept, about = exported(Function(lambda x, _: F.dropout(x, 0.5, True)), X)
    assert ratios(kept) == [0.5]
    assert "in eval mode too" in about.training_lost[0]


def test_dropout_that_cannot_stand_for_itself_is_named() -> None:
    def shared(x: torch.Tensor, on: bool) -> torch.Tensor:
        F.dropout(x.view(4, 4), 0.5, on, inplace=True)
        return x + 1

    for model in (Function(shared), nn.Sequential(nn.Linear(8, 8), nn.Dropout(1.0))):
        kept, about = exported(model, X)
        assert ratios(kept) == []
        assert "cannot be kept" in about.training_lost[0]


def test_spectral_and_weight_norms_are_not_computed_anew() -> None:
    spectral = nn.utils.parametrizations.spectral_norm
    for wrap in (spectral, nn.utils.spectral_norm, nn.utils.weight_norm):
        before = wrap(nn.Linear(8, 8))
        state = {k: v.clone() for k, v in before.state_dict().items()}
        for exporter in ("dynamo", "legacy"):
            # The legacy exporter does not know every form of them.
            with contextlib.suppress(ConversionError):
                _, about = exported(before, X, exporter=exporter)
                assert about.producer.endswith(exporter)
            assert all(torch.equal(v, state[k]) for k, v in before.state_dict().items())


def test_weights_stand_beside_the_model() -> None:
    exported(nn.Linear(8, 8), X)
    assert sorted(os.listdir("export")) == ["m.onnx", "m.onnx.data"]


class Inputs3(nn.Module):
    def forward(self, x: torch.Tensor, pair: Any, *, scale: int = 1, mask: Any = None) -> Any:
        y = x + pair[0] * pair[1] * scale
        return y if mask is None else y * mask


@pytest.mark.parametrize("exporter", ["dynamo", "legacy"])
def test_inputs_are_taken_nested_and_by_keyword(exporter: str) -> None:
    kept, _ = exported(Inputs3(), X, (X, X), exporter=exporter)
    assert len(kept.graph.input) == 3
    kept, _ = exported(Function(lambda x, _: x), x=X, exporter=exporter)
    assert [i.name for i in kept.graph.input] == ["x"]


@pytest.mark.parametrize("exporter", ["dynamo", "legacy"])
def test_numbers_and_none_are_not_inputs(exporter: str) -> None:
    class Keywords(nn.Module):
        def forward(self, x: torch.Tensor, a: int = 1, b: Any = None, c: Any = None) -> Any:
            return x * a + c

    kept, _ = exported(Keywords(), x=X, a=3, b=None, c=X, exporter=exporter)
    assert [i.name for i in kept.graph.input] == ["x", "c"]


class Refused(nn.Module):
    """Refused by the default exporter only: attention of rank 3."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.scaled_dot_product_attention(x, x, x)


def test_the_legacy_exporter_steps_in_and_that_is_said() -> None:
    kept, about = exported(Refused(), SEQUENCE)
    assert about.producer.endswith(" legacy")
    assert kept.opset_import[0].version == 17
    (note,) = about.notes
    assert note.startswith("the legacy exporter was used: the dynamo exporter refused the model (")


def refusal(model: nn.Module, *args: Any, exporter: str = "dynamo") -> ConversionError:
    with pytest.raises(ConversionError) as caught:
        exported(model, *args, exporter=exporter)
    assert caught.value.name == "ModelExportError"
    assert caught.value.code.startswith("100")
    assert caught.value.remedy
    assert "\n" not in caught.value.message
    return caught.value


class Branch(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * 2 if x.sum() > -1 else x - 1


class ThroughNumpy(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + torch.from_numpy(np.sin(x.detach().numpy()))


@pytest.mark.parametrize(
    ("model", "exporter"),
    [(Branch(), "dynamo"), (Branch(), "legacy"), (ThroughNumpy(), "legacy")],
    ids=["branch", "branch forced", "numpy forced"],
)
def test_a_trace_that_holds_for_the_dummy_inputs_only_is_refused(
    model: nn.Module, exporter: str
) -> None:
    error = refusal(model, torch.rand(2, 8) + 1, exporter=exporter)
    assert "FixedValuesError" in error.message
    assert ("the dynamo exporter refused" in error.message) == (exporter == "dynamo")


def test_what_both_exporters_refuse_is_told_with_both_reasons() -> None:
    error = refusal(nn.Linear(8, 8), torch.rand(2, 5))
    assert error.origin == "Linear"
    assert "the dynamo exporter refused the model (RuntimeError: " in error.message
    assert "2x5 and 8x8" in error.message


def test_a_full_disk_during_the_export_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setitem(exporting._WAYS, "dynamo", full)  # type: ignore[arg-type]
    with pytest.raises(ConversionError) as caught:
        exported(nn.Linear(8, 8), X)
    assert caught.value.name == "FileSaveError"
    assert "TMPDIR" in caught.value.remedy


class Fragile(nn.Module):
    """Has all that an export could disturb."""

    def __init__(self, fails: bool):
        super().__init__()
        self.norm = nn.BatchNorm1d(8)
        self.drop = nn.Dropout(0.5)
        self.frozen = nn.Linear(8, 8)
        self.frozen.weight.requires_grad_(False)
        self.fails = fails
        self.calls = 0
        self.seen: list[Any] = []
        self.register_buffer("counter", torch.zeros(()))
        self.last: Any = None
        self.register_forward_hook(lambda *_: None)
        self.frozen.register_forward_pre_hook(lambda *_: None)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        self.seen.append(x)
        self.last = x.relu_()
        self.counter += 1
        if self.fails:
            raise RuntimeError("no")
        return self.drop(self.norm(self.frozen(x)))


def snapshot(model: nn.Module) -> list[Any]:
    """All of a model that its owner can see."""
    rows: list[Any] = []
    for name, module in model.named_modules():
        plain = {k: v for k, v in vars(module).items() if isinstance(v, (bool, int, str))}
        hooks = [list(vars(module)[k].items()) for k in sorted(vars(module)) if "hooks" in k]
        rows.append((name, id(module), type(module), plain, hooks, sorted(vars(module))))
    for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
        values = (
            tensor.tolist(),
            tensor.requires_grad,
            tensor.grad is None or tensor.grad.tolist(),
        )
        rows.append((name, id(tensor), values))
    return rows


@pytest.mark.parametrize("exporter", ["dynamo", "legacy"])
@pytest.mark.parametrize("fails", [False, True])
def test_the_model_and_the_world_are_as_before(exporter: str, fails: bool) -> None:
    model = Fragile(fails).train()
    model.norm.eval()
    model.frozen.bias.grad = torch.ones(8)
    x = X.clone()
    seen, last = model.seen, model.last
    np.random.seed(3)
    before = snapshot(model)
    states = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[union-attr,index]
    torch.backends.mha.set_fastpath_enabled(True)
    try:
        export(model, Inputs((x,), {}), Path("m.onnx"), exporter)
    except ConversionError:
        assert fails or exporter == "dynamo"
    assert snapshot(model) == before
    assert (model.seen is seen, model.seen, model.last is last) == (True, [], True)
    assert torch.equal(x, X)
    after = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[union-attr,index]
    assert torch.equal(states[0], after[0])
    assert states[1:] == after[1:]
    assert torch.backends.mha.get_fastpath_enabled()
    assert torch.is_grad_enabled()


def test_a_scripted_module_keeps_its_modes() -> None:
    model = torch.jit.script(nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5)))
    model[0].eval()
    modes = [m.training for m in model.modules()]
    _, about = exported(model, X)
    assert about.producer.endswith(" legacy")
    assert [m.training for m in model.modules()] == modes
