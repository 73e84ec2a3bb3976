# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Stores arrays of any ONNX type by name, in order, with lists and absent values between them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

# An array, a sequence of values, or nothing (an empty optional).
Value = Any

_LAYOUT = "__layout__"
_NATIVE = 1


def save(path: Path, values: Mapping[str, Value]) -> None:
    """Writes the values to an .npz file."""
    stored: dict[str, Any] = {}
    layout = [[name, _store(value, stored)] for name, value in values.items()]
    stored[_LAYOUT] = np.array(json.dumps(layout))
    np.savez(path, **stored)


def load(path: Path) -> dict[str, Value]:
    """Reads what `save` wrote; of a plain .npz file its arrays, in their order."""
    with np.load(path) as stored:
        if _LAYOUT not in stored.files:
            return {name: stored[name] for name in stored.files}
        layout = json.loads(str(stored[_LAYOUT]))
        return {name: _restore(form, stored) for name, form in layout}


def _store(value: Value, stored: dict[str, Any]) -> Any:
    if value is None:
        return None
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_store(element, stored) for element in value]
    array = np.asarray(value)
    key = f"value_{len(stored)}"
    if array.dtype.kind in "OSU":
        # Text: no mapping takes it, but a refusal must be seen to be one.
        stored[key] = array.astype(str)
    elif array.dtype.isbuiltin == _NATIVE:
        stored[key] = array
    else:
        # A type that numpy knows only through ml_dtypes, such as bfloat16: its bits.
        stored[key] = array.view(f"u{array.dtype.itemsize}")
    return {"key": key, "dtype": array.dtype.name if array.dtype.kind != "O" else "object"}


def _restore(form: Any, stored: Any) -> Value:
    if form is None:
        return None
    if isinstance(form, list):
        return [_restore(element, stored) for element in form]
    array = stored[form["key"]]
    if array.dtype.name == form["dtype"] or array.dtype.kind == "U":
        return array
    import ml_dtypes

    return array.view(getattr(ml_dtypes, form["dtype"]))
