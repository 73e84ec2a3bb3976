# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""How the values of a weight are laid out anew, as weight maps say it, both ways.

A transform is steps one behind the other, such as ``transpose(1,0).slice(0,0,8)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mindconverter._weights.tensors import KINDS, Stored
from mindconverter.errors import Failure, failure

_STEP = re.compile(r"(transpose|reshape|slice|cast)\(([a-z0-9,]*)\)")


class UnknownTransformError(Exception):
    """A transform that is not one of single weights."""


@dataclass(frozen=True)
class _Step:
    word: str
    arguments: tuple[str, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(map(int, self.arguments))


@dataclass(frozen=True)
class Transform:
    """The steps from a source's weight to a parameter."""

    steps: tuple[_Step, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the parameter has all that the source's weight has."""
        return all(step.word != "slice" for step in self.steps)

    def apply(self, source: Stored) -> Stored:
        """The parameter that a source's weight becomes."""
        if not self.steps:
            return source
        array, data_type = _array(source), source.data_type
        for step in self.steps:
            array, data_type = _applied(step, array, data_type)
        return _stored(array, data_type)

    def undo(self, parameter: Stored, source: Stored) -> Stored:
        """The source's weight that became a parameter. `source`: its type and shape."""
        if not self.steps:
            return parameter
        array, data_type = _array(parameter), parameter.data_type
        shapes = [(source.shape, source.data_type)]
        for step in self.steps:
            shapes.append(_result(step, *shapes[-1]))
        for step, (shape, kind) in zip(reversed(self.steps), reversed(shapes[:-1]), strict=True):
            array, data_type = _undone(step, array, data_type, shape, kind)
        return _stored(array, data_type)

    def shape(self, source: Stored) -> tuple[tuple[int, ...], str]:
        """Shape and type of the parameter."""
        result = source.shape, source.data_type
        for step in self.steps:
            result = _result(step, *result)
        return result


def parse(text: str) -> Transform:
    """The transform that a weight map says."""
    steps: list[_Step] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        if not match:
            raise UnknownTransformError(text)
        arguments = match[2].split(",") if match[2] else []
        if match[1] != "cast" and not all(map(str.isdecimal, arguments)):
            raise UnknownTransformError(text)
        steps.append(_Step(match[1], tuple(arguments)))
        at = match.end()
        if at < len(text) and text[at] != ".":
            raise UnknownTransformError(text)
        at += 1
    return Transform(tuple(steps))


def concatenated(parts: Sequence[Stored], axis: int) -> Stored:
    """Weights one behind the other along an axis."""
    numpy = _numpy()
    return _stored(numpy.concatenate([_array(part) for part in parts], axis), parts[0].data_type)


def cut(parameter: Stored, axis: int, shapes: Sequence[tuple[int, ...]]) -> list[Stored]:
    """The weights that one was joined of."""
    array, at, parts = _array(parameter), 0, []
    for shape in shapes:
        index = (slice(None),) * axis + (slice(at, at + shape[axis]),)
        parts.append(_stored(array[index], parameter.data_type))
        at += shape[axis]
    return parts


def _result(step: _Step, shape: tuple[int, ...], kind: str) -> tuple[tuple[int, ...], str]:
    if step.word == "transpose":
        return tuple(shape[axis] for axis in step.numbers), kind
    if step.word == "reshape":
        return step.numbers, kind
    if step.word == "slice":
        axis, start, end = step.numbers
        return (*shape[:axis], end - start, *shape[axis + 1 :]), kind
    return shape, step.arguments[0]


def _applied(step: _Step, array: Any, kind: str) -> tuple[Any, str]:
    if step.word == "transpose":
        return array.transpose(step.numbers), kind
    if step.word == "reshape":
        return array.reshape(step.numbers), kind
    if step.word == "slice":
        axis, start, end = step.numbers
        return array[(slice(None),) * axis + (slice(start, end),)], kind
    return _cast(array, kind, step.arguments[0]), step.arguments[0]


def _undone(
    step: _Step, array: Any, kind: str, shape: tuple[int, ...], before: str
) -> tuple[Any, str]:
    if step.word == "transpose":
        return array.transpose(_numpy().argsort(step.numbers)), kind
    if step.word == "reshape":
        return array.reshape(shape), kind
    if step.word == "slice":
        raise UnknownTransformError("slice")
    return _cast(array, kind, before), before


def _cast(array: Any, kind: str, to: str) -> Any:
    """Elements of another type; bfloat16, which numpy lacks, are their 16 bits."""
    numpy = _numpy()
    if kind == "bfloat16":
        array = (array.astype(numpy.uint32) << 16).view(numpy.float32)
    else:
        array = numpy.ascontiguousarray(array).view(kind)
    if to != "bfloat16":
        return array.astype(to).view(_bits(to))
    bits = array.astype(numpy.float32).view(numpy.uint32)
    # To the nearest, halves to even; what is no number stays none.
    rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16
    return numpy.where(numpy.isnan(array), bits >> 16 | 0x40, rounded).astype(numpy.uint16)


def _array(tensor: Stored) -> Any:
    return _numpy().frombuffer(tensor.content(), _bits(tensor.data_type)).reshape(tensor.shape)


def _stored(array: Any, data_type: str) -> Stored:
    content: Callable[[], bytes] = array.tobytes
    return Stored(data_type, tuple(array.shape), lambda: iter((content(),)))


def _bits(data_type: str) -> str:
    """Elements as whole numbers of their size: moving them needs no more."""
    return f"<u{KINDS[data_type].size}"


def _numpy() -> Any:
    try:
        import numpy as np
    except ImportError as e:
        raise failure(
            Failure.RUNTIME_INTEGRITY,
            f"numpy cannot be imported: {e}",
            remedy="install numpy beside mindconverter: a weight of the map changes its layout",
        ) from e
    return np
