# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What a module's tensors are called, and how to recognise them whatever an exporter does."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator
from typing import Any

import torch

from mindconverter._rpc import wire


def source_weights(model: torch.nn.Module) -> tuple[wire.SourceWeight, ...]:
    """The entries of the state_dict in its order, then the buffers that are not in it."""
    first_names: dict[tuple[Any, ...], str] = {}
    rows = []
    for name, tensor, role in _named_tensors(model):
        storage = _identity(tensor)
        first = first_names.setdefault(storage, name) if storage else name
        rows.append(
            wire.SourceWeight(
                name=name,
                shape=tuple(tensor.shape),
                data_type=str(tensor.dtype).removeprefix("torch."),
                sha256=_digest(tensor),
                role=role,
                alias_of="" if first == name else first,
            )
        )
    return tuple(rows)


def _named_tensors(model: torch.nn.Module) -> Iterator[tuple[str, torch.Tensor, int]]:
    parameters = dict(model.named_parameters(remove_duplicate=False))
    state = model.state_dict(keep_vars=True)
    for name, tensor in state.items():
        # Modules may keep other things than tensors in it.
        if isinstance(tensor, torch.Tensor) and not _is_lazy(tensor):
            yield name, tensor, _role(parameters.get(name))
    for name, tensor in model.named_buffers(remove_duplicate=False):
        if name not in state and not _is_lazy(tensor):
            yield name, tensor, wire.ROLE_NON_PERSISTENT_BUFFER


def _role(parameter: torch.Tensor | None) -> int:
    if parameter is None:
        return wire.ROLE_BUFFER
    return wire.ROLE_PARAMETER if parameter.requires_grad else wire.ROLE_FROZEN_PARAMETER


def _identity(tensor: torch.Tensor) -> tuple[Any, ...] | None:
    """What two names of one tensor have in common; None when they cannot be told apart."""
    if tensor.layout is not torch.strided or tensor.is_meta or tensor.numel() == 0:
        return None
    return tensor.device, tensor.data_ptr(), tensor.dtype, tuple(tensor.shape), tensor.stride()


def _digest(tensor: torch.Tensor) -> bytes:
    """SHA-256 of the row-major bytes; empty where there are no plain bytes to take it of."""
    if tensor.layout is not torch.strided or tensor.is_meta or tensor.is_quantized:
        return b""
    plain = tensor.detach().resolve_conj().resolve_neg().cpu().contiguous()
    size = plain.numel() * plain.element_size()
    if size == 0:
        return hashlib.sha256().digest()
    # Through memory: numpy may be missing, and has no bfloat16.
    return hashlib.sha256((ctypes.c_char * size).from_address(plain.data_ptr())).digest()


def _is_lazy(tensor: Any) -> bool:
    return isinstance(tensor, torch.nn.parameter.UninitializedTensorMixin)
