# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Files of a PyTorch model's weights: ``.pth``, ``.pt`` and ``.safetensors``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindconverter._outputs import OutputFile
from mindconverter._weights import pickled, safetensors
from mindconverter._weights.files import damaged
from mindconverter._weights.tensors import Stored
from mindconverter.errors import Failure, failure

PICKLED = (".pth", ".pt", ".bin")
SAFETENSORS = ".safetensors"
# Under which names training scripts keep a state_dict among other things.
_AROUND = ("state_dict", "model_state_dict", "model")
# What wrappers of a module put before the names of its tensors.
_PREFIXES = ("module.", "_orig_mod.")


@dataclass(frozen=True)
class State:
    """A state_dict, and what was done to find it in its file."""

    tensors: Mapping[str, Stored]
    notes: tuple[str, ...]


def is_state(path: Path) -> bool:
    """Whether the file is one of those by its name."""
    return path.suffix.lower() in (*PICKLED, SAFETENSORS)


def read(path: Path) -> State:
    """Reads a file of weights; the bytes of its tensors are read when they are asked for."""
    if path.suffix.lower() == SAFETENSORS:
        return _unwrapped(path, safetensors.read(path))
    if path.suffix.lower() in PICKLED:
        return _unwrapped(path, pickled.read(path))
    raise failure(
        Failure.UNKNOWN_MODEL,
        "the file's extension is not one of a known format",
        origin=str(path),
        remedy=f"give a {', '.join(PICKLED)} or {SAFETENSORS} file",
    )


def write(tensors: Mapping[str, Stored], file: OutputFile) -> None:
    """Writes a state_dict in the format that the file's name says."""
    if file.place.suffix.lower() == SAFETENSORS:
        safetensors.write(tensors, file.write)
    else:
        pickled.write(tensors, file)


def _unwrapped(path: Path, loaded: Mapping[str, Any]) -> State:
    notes = []
    inner: Mapping[str, Any] = loaded
    while around := next((k for k in _AROUND if _holds_tensors(inner.get(k))), None):
        inner = {str(name): pickled.stored(value) for name, value in inner[around].items()}
        notes.append(f"the weights were taken from its entry '{around}'")
    tensors = {name: value for name, value in inner.items() if isinstance(value, Stored)}
    if not tensors:
        raise damaged(path, "it holds no tensors under names")
    if left := len(inner) - len(tensors):
        notes.append(f"{left} entries that are no tensors were left out")
    for prefix in _PREFIXES:
        if all(name.startswith(prefix) for name in tensors):
            tensors = {name.removeprefix(prefix): value for name, value in tensors.items()}
            notes.append(f"the prefix '{prefix}' was taken off the names")
    return State(tensors, tuple(notes))


def _holds_tensors(value: Any) -> bool:
    return isinstance(value, dict) and any(
        isinstance(pickled.stored(inner), Stored) or _holds_tensors(inner)
        for inner in value.values()
    )
