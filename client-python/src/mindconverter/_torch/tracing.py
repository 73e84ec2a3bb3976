# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Finds out whether a trace holds for other inputs than it was made with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import torch

_SEED = 0
_CLOSE = 1e-3


class FixedValuesError(Exception):
    """A trace in which something stands as it was for the inputs it was made with."""


def check_trace(
    model: torch.nn.Module, inputs: tuple[Any, ...], axes: Sequence[Collection[int]] = ()
) -> None:
    """Raises where a trace gives another result than the module, for other inputs.

    A branch on a value, or a way through numpy, leaves no more in a trace than its outcome. The
    others are of the same shapes, and twice as long along the open axes of each, where there are.
    """
    trace = torch.jit.trace(model, inputs, check_trace=False, strict=False)
    trials = [_changed(inputs, change) for change in (_mirrored, _turned)]
    if any(axes):
        trials.append(tuple(map(_doubled, inputs, axes)))
    for others in trials:
        try:
            wanted = _run(model, others)
        except Exception:
            # Not every value is one that the model takes, such as an index for an embedding.
            continue
        if not _alike(wanted, _run(trace, others)):
            raise FixedValuesError("its result depends on values in a way that a trace cannot hold")


def _run(function: Callable[..., Any], inputs: tuple[Any, ...]) -> list[torch.Tensor]:
    torch.manual_seed(_SEED)
    # Forwards may work in place on their inputs.
    return list(_tensors(function(*_changed(inputs, torch.clone))))


def _mirrored(tensor: torch.Tensor) -> torch.Tensor:
    """Other values of the same kind: those of integers and masks stay within their range."""
    turned = _turned(tensor)
    return -turned if turned.is_floating_point() or turned.is_complex() else turned


def _turned(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.flip(tuple(range(tensor.ndim)))


def _doubled(tensor: torch.Tensor, axes: Collection[int]) -> torch.Tensor:
    for axis in axes:
        tensor = torch.cat([tensor, tensor], axis)
    return tensor


def _changed(value: Any, change: Callable[[torch.Tensor], torch.Tensor]) -> Any:
    if isinstance(value, torch.Tensor):
        return change(value)
    if isinstance(value, dict):
        return {k: _changed(v, change) for k, v in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(_changed(v, change) for v in value))
    if isinstance(value, (list, tuple)):
        return type(value)(_changed(v, change) for v in value)
    return value


def _tensors(value: Any) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _tensors(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _tensors(inner)


def _alike(wanted: list[torch.Tensor], given: list[torch.Tensor]) -> bool:
    return len(wanted) == len(given) and all(
        w.shape == g.shape and w.dtype == g.dtype and _near(w, g)
        for w, g in zip(wanted, given, strict=True)
    )


def _near(wanted: torch.Tensor, given: torch.Tensor) -> bool:
    if not wanted.is_floating_point():
        return bool(torch.equal(wanted, given))
    largest = wanted.abs().nan_to_num(0, 0, 0).max().item() if wanted.numel() else 0.0
    return bool(torch.allclose(wanted, given, rtol=_CLOSE, atol=_CLOSE * largest, equal_nan=True))
