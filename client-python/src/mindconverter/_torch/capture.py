# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Captures a module in the form that it has in eval mode, with its dropout where that is safe."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch.export import ExportedProgram
from torch.fx import Node

from mindconverter._text import shortened
from mindconverter._torch import randomness
from mindconverter._torch.equality import same_but_for_dropout

_NORMALISATIONS = (
    torch.nn.modules.batchnorm._BatchNorm,
    torch.nn.modules.instancenorm._InstanceNorm,
)
_MOST_ROUNDS = 3
_LONGEST_LIST = 200


@dataclass(frozen=True)
class Inputs:
    """What a module is called with.

    Attributes:
        args, kwargs: As forward takes them.
        sizes: Which dimensions stay open, as torch.export takes it; None where none does.
    """

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    sizes: dict[str, Any] | None = None


class ProjectionError(Exception):
    """An operator that torch's exporter writes as if it did something else."""


@dataclass
class Capture:
    """A captured module, and what of its training behaviour is not in there."""

    program: ExportedProgram
    lost: list[str] = field(default_factory=list)


def capture(model: torch.nn.Module, inputs: Inputs, *, keep_training: bool = True) -> Capture:
    """Captures. The modules' flags are changed, and not put back: see `untouched`.

    A capture in eval mode has no dropout, and one in training mode has other batch norms. So a
    second one is made with the flag set on all but the normalisations; where it differs from the
    first one in dropout only, it stands for the model. Where dropout is not wanted, the first one
    does.
    """
    _set_flags(model, lambda module: False)
    plain = _program(model, inputs)
    _refuse_projections(plain)
    result = Capture(plain)
    _note_always_random(result)
    if not keep_training:
        _settle(result)
        return result
    lively, silenced = _lively(model, inputs)
    if lively is not None and same_but_for_dropout(plain, lively):
        result.program = lively
    else:
        _switch_on(result, lively)
    _note_silenced(result, silenced)
    _note_recurrent(result)
    _note_averages(result, model)
    _settle(result)
    return result


def _refuse_projections(program: ExportedProgram) -> None:
    """Raises for an LSTM with proj_size, which the exporter takes for one of that hidden size."""
    for node in randomness.nodes(program):
        if node.target is torch.ops.aten.lstm.input:
            given = randomness.arguments(node)
            directions = given["num_layers"] * (1 + given["bidirectional"])
            if len(given["params"]) > directions * (4 if given["has_biases"] else 2):
                path, _ = randomness.owner(node)
                raise ProjectionError(f"an LSTM of ONNX has no projection, and '{path}' has one")


def _program(model: torch.nn.Module, inputs: Inputs) -> ExportedProgram:
    def export(*, strict: bool) -> ExportedProgram:
        return torch.export.export(
            model, inputs.args, inputs.kwargs, dynamic_shapes=inputs.sizes, strict=strict
        )

    with _open_from_one():
        try:
            return export(strict=False)
        except Exception as first:
            try:
                return export(strict=True)
            except Exception:
                # The first way's complaint is about the model, the second's mostly about the way.
                raise first from None


def _open_from_one() -> contextlib.AbstractContextManager[None]:
    """Has torch keep a size open that is 1 in the dummy inputs, where its version can."""
    name = "backed_size_oblivious"
    settings = torch.fx.experimental._config
    if not hasattr(settings, name):
        return contextlib.nullcontext()
    patched: contextlib.AbstractContextManager[None] = settings.patch(name, True)
    return patched


def _lively(model: torch.nn.Module, inputs: Inputs) -> tuple[ExportedProgram | None, list[Node]]:
    """A capture in which dropout is on, and the other random operators that had to be put off."""
    foreign: dict[str, Node] = {}
    for _ in range(_MOST_ROUNDS):
        _set_flags(model, lambda m: not isinstance(m, _NORMALISATIONS), foreign)
        try:
            program = _program(model, inputs)
        except Exception:
            # What a model does in training mode need not be capturable.
            return None, list(foreign.values())
        found = {randomness.owner(n)[0]: n for n in randomness.foreign(program)}
        if found.keys() <= foreign.keys():
            return program, list(foreign.values())
        foreign.update(found)
    return None, list(foreign.values())


def _set_flags(
    model: torch.nn.Module, flag: Callable[[torch.nn.Module], bool], off: Iterable[str] = ()
) -> None:
    silent = set(off)
    for path, module in model.named_modules(remove_duplicate=False):
        # Not through train(), which classes override.
        module.training = flag(module) and path not in silent


def _switch_on(result: Capture, lively: ExportedProgram | None) -> None:
    """Switches dropout on in a capture made in eval mode, where that is known to be meant."""
    theirs = _by_owner(lively) if lively is not None else {}
    for path, mine in _by_owner(result.program).items():
        others = theirs.pop(path, [])
        for i, node in enumerate(mine):
            if lively is None:
                on = randomness.owner(node)[1] == torch.nn.Dropout.__name__
            else:
                on = len(mine) == len(others) and randomness.arguments(others[i])["train"]
            if on:
                randomness.set_argument(node, "train", True)
    lost = sum(len(nodes) for nodes in theirs.values())
    result.lost.append(
        "the model does something else in training mode than in eval mode; "
        "the network does what eval mode does, with the dropout that both have"
        + (f"; {lost} dropouts are only in the former" if lost else "")
    )


def _by_owner(program: ExportedProgram) -> dict[str, list[Node]]:
    owners: dict[str, list[Node]] = defaultdict(list)
    for node in randomness.nodes(program):
        if randomness.is_dropout(node):
            owners[randomness.owner(node)[0]].append(node)
    return owners


def _note_silenced(result: Capture, silenced: list[Node]) -> None:
    kinds: dict[str, list[str]] = defaultdict(list)
    for node in silenced:
        path, kind = randomness.owner(node)
        kinds[kind].append(path or "the model itself")
    for kind, paths in kinds.items():
        where = shortened(", ".join(paths), _LONGEST_LIST)
        result.lost.append(f"{kind} is random in training mode, and is not so here ({where})")


def _note_recurrent(result: Capture) -> None:
    """Tells of dropout that torch's decomposition of an RNN leaves out, and that of LSTM keeps."""
    paths = [
        randomness.owner(node)[0] or "the model itself"
        for node in randomness.nodes(result.program)
        if randomness.is_plain_recurrent(node)
        and randomness.is_drawing(node)
        and randomness.arguments(node)["num_layers"] > 1
    ]
    if paths:
        result.lost.append(
            "torch's exporter leaves out the dropout between the layers of an RNN "
            f"({shortened(', '.join(paths), _LONGEST_LIST)})"
        )


def _note_averages(result: Capture, model: torch.nn.Module) -> None:
    paths = [
        path or "the model itself"
        for path, module in model.named_modules()
        if isinstance(module, _NORMALISATIONS[0])
        and module.track_running_stats
        and module.momentum is None
    ]
    if paths:
        result.lost.append(
            "statistics over all batches (momentum=None) stay as they are in training here "
            f"({shortened(', '.join(paths), _LONGEST_LIST)})"
        )


def _note_always_random(result: Capture) -> None:
    for node in randomness.nodes(result.program):
        if randomness.is_dropout(node) and randomness.is_drawing(node):
            path, _ = randomness.owner(node)
            result.lost.append(
                f"'{path}' applies dropout in eval mode too; the network only in training mode"
            )


def _settle(result: Capture) -> None:
    """Brings dropout into the form that the exporter has an operator for, where that is safe."""
    for node in list(randomness.nodes(result.program)):
        if not randomness.is_dropout(node) or not randomness.is_drawing(node):
            continue
        if randomness.arguments(node)["p"] >= 1:
            randomness.set_argument(node, "train", False)
            path, _ = randomness.owner(node)
            result.lost.append(f"'{path}' drops everything in training mode, and nothing here")
        elif node.target is torch.ops.aten.dropout_.default and _is_private_place(node.args[0]):
            node.target = torch.ops.aten.dropout.default
    for module in result.program.graph_module.modules():
        if isinstance(module, torch.fx.GraphModule):
            module.recompile()


def _is_private_place(source: Any) -> bool:
    """Whether a value can be changed in place and nobody else sees it."""
    while isinstance(source, Node) and len(source.users) == 1:
        results = getattr(getattr(source.target, "_schema", None), "returns", None)
        if results is None:
            return False
        if not any(r.alias_info is not None for r in results):
            return True
        # A view, or itself in place: the place is its input's.
        source = source.args[0]
    return False
