# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Leaves a module, and torch's global state, as they were before."""

from __future__ import annotations

import contextlib
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import torch


@contextlib.contextmanager
def untouched(model: torch.nn.Module) -> Iterator[None]:
    """Restores on exit whatever an export does: modes, attributes, hooks, buffers, randomness.

    Parameters are not copied: no exporter writes to them.
    """
    restore = [
        *_random_states(),
        _buffer_values(model),
        *(_attributes(m) for m in model.modules()),
        _fast_path(),
    ]
    try:
        with torch.no_grad(), warnings.catch_warnings():
            # They tell about the exporters' own future.
            warnings.simplefilter("ignore")
            yield
    finally:
        for step in reversed(restore):
            step()


def _attributes(module: torch.nn.Module) -> Callable[[], None]:
    if isinstance(module, torch.jit.ScriptModule):
        training = module.training
        return lambda: setattr(module, "training", training)
    before = dict(module.__dict__)
    # Also what they hold: parameters, buffers, hooks, and lists or dicts that a forward fills.
    held = [(v, type(v)(v)) for v in before.values() if type(v) in _CONTAINERS]

    def restore() -> None:
        module.__dict__.clear()
        module.__dict__.update(before)
        for container, content in held:
            if isinstance(container, list):
                container[:] = content
            else:
                container.clear()
                container.update(content)

    return restore


_CONTAINERS: tuple[type[Any], ...] = (dict, list, set, type(torch.nn.Module()._parameters))


def _buffer_values(model: torch.nn.Module) -> Callable[[], None]:
    before = [(b, b._version, b.detach().clone()) for b in model.buffers() if not _is_lazy(b)]

    def restore() -> None:
        with torch.no_grad():
            for buffer, version, value in before:
                if buffer._version != version:
                    buffer.copy_(value)

    return restore


def _is_lazy(tensor: Any) -> bool:
    return isinstance(tensor, torch.nn.parameter.UninitializedTensorMixin)


def _fast_path() -> Callable[[], None]:
    # A fused form of attention that no exporter knows.
    before = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    return lambda: torch.backends.mha.set_fastpath_enabled(before)


def _random_states() -> Iterator[Callable[[], None]]:
    yield _restoring(torch.set_rng_state, torch.get_rng_state())
    yield _restoring(random.setstate, random.getstate())
    if torch.cuda.is_initialized():
        yield _restoring(torch.cuda.set_rng_state_all, torch.cuda.get_rng_state_all())
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        yield _restoring(numpy.random.set_state, numpy.random.get_state())


def _restoring(setter: Callable[[Any], Any], state: Any) -> Callable[[], None]:
    return lambda: setter(state)
