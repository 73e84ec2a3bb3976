# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""PyTorch's own files of weights, through torch. A file of tensors runs no code when it is read."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindconverter._text import one_line, shortened
from mindconverter._weights.files import damaged, reading
from mindconverter._weights.tensors import Buffer, Stored
from mindconverter.errors import Failure, failure

if TYPE_CHECKING:
    import torch

_BLOCK = 64 << 20
_LONGEST_REASON = 200


def read(path: Path) -> dict[str, Any]:
    """What the file holds: tensors by name, or dictionaries around such."""
    torch = _torch(path)
    with reading(path):
        pass
    try:
        try:
            # Mapped: tensors come into memory when they are read, and leave it again.
            loaded = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        except RuntimeError:
            # Files of old versions of torch cannot be mapped.
            loaded = torch.load(path, map_location="cpu", weights_only=True)
    # The unpickler raises whatever a broken or foreign file leads it to.
    except Exception as e:
        reason = shortened(one_line(str(e).strip().split("\n")[0]), _LONGEST_REASON)
        raise failure(
            Failure.MALFORMED_MODEL,
            f"torch cannot read it as tensors only: {type(e).__name__}: {reason}",
            origin=str(path),
            remedy="save it with torch.save(model.state_dict(), file)",
        ) from e
    if not isinstance(loaded, dict):
        raise damaged(path, f"it holds a {type(loaded).__name__}, and no state_dict")
    return {str(k): _stored(v) if isinstance(v, torch.Tensor) else v for k, v in loaded.items()}


def stored(value: Any) -> Any:
    """A dictionary's values with tensors as they are stored elsewhere; others as they are."""
    import torch

    return _stored(value) if isinstance(value, torch.Tensor) else value


def _stored(tensor: torch.Tensor) -> Stored:
    plain = tensor.layout == _strided() and not tensor.is_quantized and not tensor.is_meta
    data_type = (
        str(tensor.dtype).removeprefix("torch.") if plain else "a tensor without plain bytes"
    )
    shares = None
    if plain and tensor.numel():
        shares = (tensor.data_ptr(), tuple(tensor.shape), tensor.stride(), tensor.dtype)
    return Stored(data_type, tuple(tensor.shape), lambda: _parts(tensor), shares)


def _strided() -> torch.layout:
    import torch

    return torch.strided


def _parts(tensor: torch.Tensor) -> Iterator[Buffer]:
    plain = tensor.detach().resolve_conj().resolve_neg().contiguous()
    size = plain.numel() * plain.element_size()
    for at in range(0, size, _BLOCK):
        # Through memory: numpy may be missing, and has no bfloat16.
        yield ctypes.string_at(plain.data_ptr() + at, min(_BLOCK, size - at))


def write(tensors: Mapping[str, Stored], file: Any) -> None:
    """Writes a state_dict into what has a `write`; names that share bytes share them there too."""
    torch = _torch(None)
    made: dict[object, Any] = {}
    state = {}
    for name, tensor in tensors.items():
        known = made.get(tensor.shares) if tensor.shares is not None else None
        state[name] = known if known is not None else _made(tensor)
        if tensor.shares is not None:
            made[tensor.shares] = state[name]
    torch.save(state, file)


def _made(tensor: Stored) -> torch.Tensor:
    import torch

    result = torch.empty(tensor.shape, dtype=getattr(torch, tensor.data_type))
    at = result.data_ptr()
    for part in tensor.read():
        ctypes.memmove(at, bytes(part), len(part))
        at += len(part)
    return result


def _torch(path: Path | None) -> Any:
    try:
        import torch
    except ImportError as e:
        raise failure(
            Failure.RUNTIME_INTEGRITY,
            f"torch cannot be imported: {e}",
            origin=str(path or ""),
            remedy="install torch beside mindconverter, or use a .safetensors file",
        ) from e
    return torch
