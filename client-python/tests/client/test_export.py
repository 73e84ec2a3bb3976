# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""What an export holds, and what it does not touch."""

from __future__ import annotations

import contextlib
import errno
import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from client.exports import IMAGE, SEQUENCE, Function, X, counts, exported
from mindconverter import ConversionError
from mindconverter._torch import export as exporting
from mindconverter._torch.capture import Inputs
from mindconverter._torch.export import export


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


def test_a_projection_that_would_be_taken_for_something_else_is_refused() -> None:
    error = refusal(nn.LSTM(8, 5, proj_size=3, bidirectional=True), torch.rand(2, 4, 8))
    assert "an LSTM of ONNX has no projection" in error.message


def test_what_both_exporters_refuse_is_told_with_both_reasons() -> None:
    error = refusal(nn.Linear(8, 8), torch.rand(2, 5))
    assert error.origin == "Linear"
    assert "the dynamo exporter refused the model (RuntimeError: " in error.message
    assert "2x5 and 8x8" in error.message


def test_what_exporters_print_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    class Told(Branch):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return super().forward(x) if torch.rand([]).lt(2).ne(0) else x

    with contextlib.suppress(ConversionError):
        exported(Told(), X)
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_during_the_export_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
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
