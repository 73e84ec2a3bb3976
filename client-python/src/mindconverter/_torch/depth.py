# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Recognises random depth: a product with a random mask of mean 1, which eval mode leaves out.

Two spellings are known, those that the daemon knows too: `x * (bernoulli(k) / k)`, and
`x / k * floor(rand + k)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch.fx import Graph, Node

_aten = torch.ops.aten
_BERNOULLI = (_aten.bernoulli_.float, _aten.bernoulli.p)
_DIVISIONS = (_aten.div.Tensor, _aten.div_.Tensor)
_FLOORS = (_aten.floor.default, _aten.floor_.default)
_EMPTY = (_aten.empty.memory_format, _aten.new_empty.default, _aten.empty_like.default)


@dataclass(frozen=True)
class RandomDepth:
    """A product with a mask.

    Attributes:
        value: What is masked.
        made_of: The nodes that make the mask, and scale what is masked; nothing else reads them.
    """

    product: Node
    value: Node
    made_of: tuple[Node, ...]


def random_depths(graph: Graph) -> Iterator[RandomDepth]:
    """All of a graph."""
    for node in graph.nodes:
        if node.target is _aten.mul.Tensor:
            for value, mask in (node.args, node.args[::-1]):
                found = _by_bernoulli(node, value, mask) or _by_floor(node, value, mask)
                if found is not None:
                    yield found
                    break


def _by_bernoulli(product: Node, value: Node, mask: Node) -> RandomDepth | None:
    draw = _input(mask, _DIVISIONS)
    place = _input(draw, _BERNOULLI)
    if draw is None or place is None or not _is_rate(draw.args[1], mask.args[1]):
        return None
    made_of = [mask, draw]
    if draw.target is _aten.bernoulli_.float:
        if place.target not in _EMPTY:
            return None
        made_of.append(place)
    return _if_private(RandomDepth(product, value, tuple(made_of)))


def _by_floor(product: Node, value: Node, mask: Node) -> RandomDepth | None:
    total = _input(mask, _FLOORS)
    draw = _input(total, (_aten.add.Tensor,))
    source = _input(value, _DIVISIONS)
    if total is None or draw is None or source is None or draw.target is not _aten.rand.default:
        return None
    if not _is_rate(total.args[1], value.args[1]):
        return None
    return _if_private(RandomDepth(product, source, (mask, total, draw, value)))


def _input(node: object, targets: tuple[object, ...]) -> Node | None:
    """The first input of a node with one of the targets."""
    if isinstance(node, Node) and node.target in targets and isinstance(node.args[0], Node):
        return node.args[0]
    return None


def _is_rate(one: object, other: object) -> bool:
    return isinstance(one, float) and one == other and 0 < one < 1


def _if_private(found: RandomDepth) -> RandomDepth | None:
    inside = {found.product, *found.made_of}
    return found if all(inside.issuperset(n.users) for n in found.made_of) else None
