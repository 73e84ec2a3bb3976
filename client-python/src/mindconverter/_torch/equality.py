# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The proof that two captures of a module compute the same but for dropout and random depth."""

from __future__ import annotations

from typing import Any

import torch
from torch.export import ExportedProgram
from torch.fx import GraphModule, Node

from mindconverter._torch import randomness
from mindconverter._torch.depth import random_depths

# Attention with dropout leaves its result in another layout, which forwards then straighten out.
# Values are the same; whether there was a copy matters only where something works in place.
_CONTIGUOUS = torch.ops.aten.contiguous.default


def same_but_for_dropout(one: ExportedProgram, other: ExportedProgram) -> bool:
    """Whether the programs are equal, operator for operator, once those are taken out."""
    return (
        _interface(one) == _interface(other)
        and _same_constants(one.constants, other.constants)
        and _lines(one.graph_module) == _lines(other.graph_module)
    )


def _interface(program: ExportedProgram) -> list[Any]:
    # What goes in and out, and which buffers are written to.
    signature = program.graph_signature
    return [(s.kind, s.target) for s in (*signature.input_specs, *signature.output_specs)]


def _same_constants(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)


def _same(one: Any, other: Any) -> bool:
    if not isinstance(one, torch.Tensor) or not isinstance(other, torch.Tensor):
        return one is other
    if one is other:
        return True
    alike = one.shape == other.shape and one.dtype == other.dtype and one.device == other.device
    return alike and bool(torch.equal(one, other))


def _lines(module: GraphModule) -> list[str]:
    """The graph as text in which values are numbered, so that names do not matter."""
    numbers: dict[Node, int] = {}
    lines: list[str] = []
    depths = {depth.product: depth for depth in random_depths(module.graph)}
    left_out = {node for depth in depths.values() for node in depth.made_of}
    for node in module.graph.nodes:
        if node in left_out:
            continue
        if node in depths:
            numbers[node] = numbers[depths[node].value]
            continue
        if randomness.is_dropout(node) or _is_harmless_copy(node):
            numbers[node] = numbers[node.args[0]]
            continue
        numbers[node] = len(lines)
        inner = module._modules.get(str(node.target)) if node.op == "get_attr" else None
        if isinstance(inner, GraphModule):
            # Its name does not matter either: nested graphs are numbered over all captures.
            lines += ["begin", *_lines(inner), "end"]
        else:
            lines.append(f"{node.op} {node.target} {_text(_given(node), numbers)}")
    return lines


def _is_harmless_copy(node: Node) -> bool:
    """Whether it gives its input's values, and nobody can tell whether it copied them."""
    if node.target is not _CONTIGUOUS:
        return False
    root = node
    while _shares_memory(root) and isinstance(root.args[0], Node):
        root = root.args[0]
    reached, waiting = {root}, [root]
    while waiting:
        for user in waiting.pop().users:
            if user.op == "output" or _is_in_place(user):
                return False
            if _shares_memory(user) and user not in reached:
                reached.add(user)
                waiting.append(user)
    return True


def _is_in_place(node: Node) -> bool:
    schema = getattr(node.target, "_schema", None)
    return schema is not None and schema.is_mutable


def _shares_memory(node: Node) -> bool:
    """Whether its result may be its input, or a part of it."""
    schema = getattr(node.target, "_schema", None)
    tags = getattr(node.target, "tags", ())
    return torch.Tag.maybe_aliasing_or_mutating in tags or (
        schema is not None and any(r.alias_info is not None for r in schema.returns)
    )


def _given(node: Node) -> Any:
    if randomness.is_switchable(node):
        return randomness.without_dropout(node)
    return [node.args, node.kwargs]


def _text(value: Any, numbers: dict[Node, int]) -> str:
    if isinstance(value, Node):
        return f"%{numbers[value]}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_text(v, numbers) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_text(v, numbers)}" for k, v in value.items()) + "}"
    if isinstance(value, slice):
        return _text([value.start, value.stop, value.step], numbers)
    return repr(value)
