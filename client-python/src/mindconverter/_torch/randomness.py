# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Reads the random operators of captured graphs: dropout, and all that is not dropout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch.fx import Graph, GraphModule, Node

from mindconverter._torch.depth import random_depths

_aten = torch.ops.aten

# What becomes of these is silent in the converted network's eval mode.
_DROPOUT = (
    _aten.dropout.default,
    _aten.dropout_.default,
    _aten.feature_dropout.default,
    _aten.feature_dropout_.default,
)
_ATTENTION = (_aten.scaled_dot_product_attention.default,)
_PLAIN_RECURRENT = (_aten.rnn_tanh.input, _aten.rnn_relu.input)
_RECURRENT = (_aten.lstm.input, _aten.gru.input, *_PLAIN_RECURRENT)
_KEPT = (*_DROPOUT, *_ATTENTION, *_RECURRENT)

# An operator is off when this argument of it is off.
_SWITCHES = ("train", "training", "dropout_p", "p", "dropout")


def graphs(program: torch.export.ExportedProgram) -> Iterator[Graph]:
    """A program's graph and the ones nested in it."""
    for module in program.graph_module.modules():
        if isinstance(module, GraphModule):
            yield module.graph


def nodes(program: torch.export.ExportedProgram) -> Iterator[Node]:
    """The operators of a program, with those of nested graphs."""
    for graph in graphs(program):
        yield from (n for n in graph.nodes if n.op == "call_function")


def foreign(program: torch.export.ExportedProgram) -> Iterator[Node]:
    """The operators that draw random numbers in a way that has no counterpart."""
    for graph in graphs(program):
        known = {n for depth in random_depths(graph) for n in depth.made_of}
        for node in graph.nodes:
            if is_drawing(node) and not is_switchable(node) and node not in known:
                yield node


def is_dropout(node: Node) -> bool:
    """Whether it is a dropout operator by itself."""
    return node.target in _DROPOUT


def is_plain_recurrent(node: Node) -> bool:
    """Whether it is a recurrent operator that the exporter has no operator of its own for."""
    return node.target in _PLAIN_RECURRENT


def is_switchable(node: Node) -> bool:
    """Whether it is dropout, or does dropout inside."""
    return node.target in _KEPT


def is_drawing(node: Node) -> bool:
    """Whether it draws random numbers, as it stands in its graph."""
    tags = getattr(node.target, "tags", ())
    if torch.Tag.nondeterministic_seeded not in tags:
        return False
    given = arguments(node)
    return all(given[switch] for switch in _SWITCHES if switch in given)


def arguments(node: Node) -> dict[str, Any]:
    """The arguments of an operator by their names, with defaults."""
    schema = node.target._schema
    given = {a.name: a.default_value for a in schema.arguments if a.has_default_value()}
    given.update(zip((a.name for a in schema.arguments), node.args, strict=False))
    given.update(node.kwargs)
    return given


def set_argument(node: Node, name: str, value: Any) -> None:
    """Changes one argument of an operator."""
    names = [a.name for a in node.target._schema.arguments]
    at = names.index(name)
    if at < len(node.args):
        node.args = (*node.args[:at], value, *node.args[at + 1 :])
    else:
        node.kwargs = {**node.kwargs, name: value}


def owner(node: Node) -> tuple[str, str]:
    """Path and class of the innermost module that an operator comes from."""
    stack = list((node.meta.get("nn_module_stack") or {}).values())
    if not stack:
        return "", ""
    path, kind = stack[-1]
    # A module that is called again has a number; strict captures write the root down.
    path = path.split("@")[0].removeprefix("L['self']").removeprefix(".")
    name = kind if isinstance(kind, str) else kind.__qualname__
    return path, name.rsplit(".", 1)[-1]


def without_dropout(node: Node) -> dict[str, Any]:
    """The arguments of an operator that does dropout inside, less those that switch it on."""
    return {k: v for k, v in arguments(node).items() if k not in ("dropout_p", "train")}
