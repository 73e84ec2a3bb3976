# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Brings what MindSpore holds under its own names back to the source's names and layout."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Row:
    """A parameter of the source, and the converted one that it became; tied ones share that."""

    source: str
    shape: tuple[int, ...]
    converted: str | None
    transform: str


def rows(weight_map: Path) -> list[Row]:
    """The rows that a map has for tensors of the source."""
    (entries,) = json.loads(weight_map.read_text(encoding="utf-8")).values()
    return [_row(entry) for entry in entries if entry["source_weight"] is not None]


def _row(entry: Mapping[str, Any]) -> Row:
    source, converted = entry["source_weight"], entry["converted_weight"]
    if isinstance(source, list) or isinstance(converted, list):
        raise ValueError(f"a row of several tensors: {entry}")
    name = converted["name"] if converted else None
    return Row(source["name"], tuple(source["shape"]), name, entry.get("transform", ""))


def restored(row: Row, value: Any) -> Any:
    """A converted value in the layout that it has in the source."""
    if not row.transform:
        return value
    if match := re.fullmatch(r"transpose\(([\d,]+)\)", row.transform):
        return np.transpose(value, np.argsort([int(axis) for axis in match[1].split(",")]))
    if re.fullmatch(r"reshape\([\d,]+\)", row.transform):
        return value.reshape(row.shape)
    raise ValueError(f"{row.source} was changed by {row.transform}")
