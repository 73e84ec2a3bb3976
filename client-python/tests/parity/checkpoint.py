# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Writes MindSpore checkpoints of arrays, for networks that tests make up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mindconverter._weights import checkpoint
from mindconverter._weights.tensors import Stored


def write_checkpoint(path: Path, parameters: Mapping[str, Any]) -> None:
    """Writes arrays under their names."""
    with path.open("wb") as file:
        checkpoint.write(((name, _stored(array)) for name, array in parameters.items()), file.write)


def _stored(array: Any) -> Stored:
    return Stored(array.dtype.name, array.shape, lambda: iter((array.tobytes(),)))
