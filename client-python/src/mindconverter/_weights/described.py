# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What is told to the server of a file of weights: names, shapes and digests, not the bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from mindconverter._rpc import wire
from mindconverter._weights import state
from mindconverter._weights.tensors import KINDS, Stored


def source_weights(file: Path) -> tuple[tuple[wire.SourceWeight, ...], tuple[str, ...]]:
    """The entries of a state_dict, and what was done to find it in its file."""
    found = state.read(file)
    notes = tuple(f"{file.name}: {note}" for note in found.notes)
    return tuple(_rows(found)), notes


def _rows(found: state.State) -> Iterator[wire.SourceWeight]:
    first_names: dict[object, str] = {}
    for name, tensor in found.tensors.items():
        first = name
        if tensor.shares is not None:
            first = first_names.setdefault(tensor.shares, name)
        # Of their use, a file says nothing.
        yield wire.SourceWeight(
            name,
            tensor.shape,
            tensor.data_type,
            _digest(tensor),
            alias_of="" if first == name else first,
        )


def _digest(tensor: Stored) -> bytes:
    if tensor.data_type not in KINDS:
        return b""
    digest = hashlib.sha256()
    for part in tensor.read():
        digest.update(part)
    return digest.digest()
