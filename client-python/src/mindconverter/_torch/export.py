# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Writes a module as an ONNX model, by torch's default exporter or by its legacy one."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from mindconverter._text import one_line, shortened
from mindconverter._torch.caches import without_caches
from mindconverter._torch.capture import Inputs, capture
from mindconverter._torch.positional import Tensors, positional
from mindconverter._torch.sizes import Sizes
from mindconverter._torch.tracing import check_trace
from mindconverter._torch.untouched import untouched
from mindconverter.errors import Failure, failure

EXPORTERS = ("dynamo", "legacy")

_LEGACY_OPSET = 17
_LONGEST_REASON = 240
# Flags of modules and of torch are changed meanwhile.
_one_at_a_time = threading.Lock()


_Way = Callable[[torch.nn.Module, Inputs, Path], "Exported"]


class NestedSizesError(Exception):
    """Sizes that the legacy exporter has no way to leave open."""


@dataclass(frozen=True)
class Exported:
    """An exported module.

    Attributes:
        producer: How it was exported, such as ``torch 2.15.0 dynamo``.
        training_lost: What of its training behaviour is not in the file.
        notes: What else its user should know.
    """

    producer: str
    training_lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def export(
    model: torch.nn.Module,
    inputs: Inputs,
    file: Path,
    exporter: str,
    *,
    keep_training: bool = True,
    sizes: Sizes | None = None,
) -> Exported:
    """Writes the model's eval form to a file; tensors may stand in files beside it.

    Where the default exporter refuses the model, the legacy one is tried. What acts in training
    mode only, such as dropout, is in there where it can be kept, unless it is not wanted. Sizes of
    the inputs stay open where `sizes` says so.
    """
    with (
        _one_at_a_time,
        _quiet(),
        untouched(model),
        without_caches(model, inputs.kwargs) as had_caches,
    ):
        ways = {
            name: functools.partial(way, keep_training=keep_training, sizes=sizes)
            for name, way in _WAYS.items()
        }
        exported = _exported(model, inputs, file, list(ways.items())[EXPORTERS.index(exporter) :])
    if had_caches:
        exported.notes.append("the network returns no cache: use_cache was taken to be False")
    return exported


def _exported(
    model: torch.nn.Module, inputs: Inputs, file: Path, ways: Sequence[tuple[str, _Way]]
) -> Exported:
    refusals: list[str] = []
    for name, way in ways:
        # A forward may work in place on its inputs.
        own = Inputs(_copied(inputs.args), _copied(inputs.kwargs))
        refusal, exported = _tried(way, model, own, file)
        if exported is not None:
            exported.notes.extend(f"the {name} exporter was used: {r}" for r in refusals)
            return exported
        refusals.append(f"the {name} exporter refused the model ({refusal})")
        _remove_files(file.parent)
    raise failure(
        Failure.EXPORT_REFUSED,
        "; ".join(refusals),
        origin=type(model).__qualname__,
        remedy="check the dummy inputs and dynamic_shapes; change what the exporter names in the "
        "model, or export it to ONNX yourself and convert the file",
    )


def _dynamo(
    model: torch.nn.Module, inputs: Inputs, file: Path, keep_training: bool, sizes: Sizes | None
) -> Exported:
    if sizes:
        inputs = replace(inputs, sizes=sizes.for_torch)
    captured = capture(model, inputs, keep_training=keep_training)
    # Not optimised: the optimiser folds batch norms into convolutions, and names with them.
    program = torch.onnx.export(
        captured.program, inputs.args, kwargs=inputs.kwargs, dynamo=True, optimize=False,
        # The program knows what is open; these are the names to call it by.
        dynamic_shapes=sizes.named if sizes else None, verbose=False,
    )  # fmt: skip
    # Weights beside the model: in it, they would be copied once more, and end at 2 GB.
    program.save(file, external_data=True)
    return Exported(_producer("dynamo"), captured.lost)


def _legacy(
    model: torch.nn.Module, inputs: Inputs, file: Path, keep_training: bool, sizes: Sizes | None
) -> Exported:
    for module in model.modules():
        module.training = False
    tensors = positional(model, inputs)
    axes = _axes(tensors, sizes) if sizes else {}
    check_trace(model, tensors.values, list(axes.values()))
    torch.onnx.export(
        model,
        tensors.values,
        str(file),
        dynamo=False,
        opset_version=_LEGACY_OPSET,
        input_names=tensors.names,
        dynamic_axes={name: open_ for name, open_ in axes.items() if open_} or None,
        # EVAL would fold batch norms into convolutions; TRAINING would let them compute their own
        # statistics. Each module's flag says eval already, and is left alone by PRESERVE.
        training=torch.onnx.TrainingMode.PRESERVE,
        # Folding renames weights.
        do_constant_folding=False,
    )
    missed = keep_training and _has_dropout(model)
    lost = ["the legacy exporter keeps no dropout"] if missed else []
    return Exported(_producer("legacy"), lost)


def _axes(tensors: Tensors, sizes: Sizes) -> dict[str, dict[int, str]]:
    """The open axes by input, every input in order."""
    axes = [sizes.axes[place] for place in tensors.places]
    if tensors.names is None or any(axis is None for axis in axes):
        raise NestedSizesError("sizes of nested inputs cannot be left open")
    return {name: axis or {} for name, axis in zip(tensors.names, axes, strict=True)}


def _tried(
    way: _Way, model: torch.nn.Module, inputs: Inputs, file: Path
) -> tuple[str, Exported | None]:
    """The exported model, or why there is none. Exporters raise errors of any kind."""
    try:
        return "", way(model, inputs, file)
    except OSError as e:
        raise failure(
            Failure.FILE_SAVE,
            f"the exported model cannot be kept: {e.strerror or e}",
            origin=str(file.parent),
            remedy="make room there, or name a larger folder in TMPDIR",
        ) from e
    except Exception as e:
        return _reason(e), None


def _reason(error: BaseException) -> str:
    """The first line of what was at the bottom of an exporter's error."""
    seen = {id(error)}
    while (cause := error.__cause__) is not None and id(cause) not in seen:
        seen.add(id(cause))
        error = cause
    lines = (line.strip() for line in str(error).splitlines())
    first = next((line for line in lines if line), "")
    return shortened(one_line(f"{type(error).__name__}: {first}"), _LONGEST_REASON)


def _has_dropout(model: torch.nn.Module) -> bool:
    return any("Drop" in type(m).__name__ or getattr(m, "dropout", 0) for m in model.modules())


def _copied(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.detach().clone()
    if isinstance(value, dict):
        return type(value)((k, _copied(v)) for k, v in value.items())
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(_copied, value))
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return value


def _producer(exporter: str) -> str:
    return f"torch {torch.__version__.split('+')[0]} {exporter}"


def _remove_files(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


_WAYS = {"dynamo": _dynamo, "legacy": _legacy}


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    # The exporters tell about themselves on many loggers, and print the graphs that they give up.
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with (
            open(os.devnull, "w", encoding="utf-8") as nothing,
            contextlib.redirect_stdout(nothing),
            contextlib.redirect_stderr(nothing),
        ):
            yield
    finally:
        logging.disable(before)
