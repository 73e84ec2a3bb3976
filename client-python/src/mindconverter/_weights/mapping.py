# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Weight maps: which parameters of a network are made of which weights of its source."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mindconverter._weights import transform
from mindconverter._weights.files import reading
from mindconverter._weights.tensors import KINDS, OF_CHECKPOINT, Stored
from mindconverter._weights.transform import Transform
from mindconverter.errors import ConversionError, Failure, failure

_JOINED = re.compile(r"concat\((\d+)\)")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a network.

    Attributes:
        sources: The source's weights that it is made of, in order.
        steps: How it is made of the only one of them.
        axis: The axis along which several are joined.
    """

    name: str
    tensor: Stored
    sources: tuple[str, ...]
    steps: Transform = field(default_factory=lambda: Transform(()))
    axis: int = 0


@dataclass(frozen=True)
class WeightMap:
    """What a conversion's weight map says.

    Attributes:
        sources: The weights of the source that have become parameters, without their bytes.
        aliases: Further names of weights, each with the first one.
        kept: Parameters that are made of none: tables that the conversion has made.
        checkpoint: Where the conversion has written the network's first weights, if in this folder.
        unused: Weights that no parameter is made of, with the reason.
        order: The names of all of them, as the source has them.
    """

    path: Path
    parameters: tuple[Parameter, ...]
    sources: Mapping[str, Stored]
    aliases: Mapping[str, str]
    kept: Mapping[str, Stored]
    checkpoint: Path
    unused: Mapping[str, str]
    order: tuple[str, ...]


def read(path: Path) -> WeightMap:
    """Reads a weight map. Raises where it is none, or is not enough to convert weights by."""
    with reading(path) as file:
        text = file.read()
    try:
        ((name, rows),) = json.loads(text).items()
        return _Rows(path).of(rows, path.with_name(f"{name}.ckpt"))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as e:
        raise failure(
            Failure.MALFORMED_MODEL,
            "it is no weight map",
            origin=str(path),
            remedy="give the weight_map_of_….json that the conversion of the network wrote",
        ) from e


class _Rows:
    """Gathers what the rows of one map say."""

    def __init__(self, path: Path):
        self._path = path
        self._parameters: dict[str, Parameter] = {}
        self._sources: dict[str, Stored] = {}
        self._aliases: dict[str, str] = {}
        self._kept: dict[str, Stored] = {}
        self._unused: dict[str, str] = {}
        self._order: list[str] = []

    def of(self, rows: list[dict[str, Any]], checkpoint: Path) -> WeightMap:
        """The map of the rows."""
        for row in rows:
            self._take(row)
        return WeightMap(
            self._path,
            tuple(self._parameters.values()),
            self._sources,
            {a: first for a, first in self._aliases.items() if first in self._sources},
            self._kept,
            checkpoint,
            self._unused,
            tuple(self._order),
        )

    def _take(self, row: dict[str, Any]) -> None:
        sources, converted = _side(row["source_weight"]), _side(row["converted_weight"])
        names = tuple(str(source["name"]) for source in sources)
        if converted and row.get("reason"):
            self._kept.update((c["name"], _stored(c, OF_CHECKPOINT)) for c in converted)
            return
        self._order.extend(names)
        if row.get("alias_of") and row["alias_of"] != names[0]:
            self._aliases[names[0]] = row["alias_of"]
        elif not converted:
            self._unused.update(dict.fromkeys(names, row.get("reason", "")))
        elif not sources:
            raise self._unfit(converted[0]["name"], "is made of nothing that the source has")
        else:
            self._sources.update((s["name"], _stored(s, KINDS)) for s in sources)
            self._add(names, converted, row.get("transform", ""))

    def _add(self, names: tuple[str, ...], converted: list[dict[str, Any]], text: str) -> None:
        texts = text.split("; ")
        for at, one in enumerate(converted):
            name = str(one["name"])
            tensor = _stored(one, OF_CHECKPOINT)
            joined = _JOINED.fullmatch(text)
            if joined and len(names) > 1:
                parameter = Parameter(name, tensor, names, axis=int(joined[1]))
            else:
                try:
                    if len(names) > 1:
                        raise transform.UnknownTransformError(text)
                    steps = transform.parse(texts[at if len(texts) > 1 else 0])
                except transform.UnknownTransformError as e:
                    raise self._unfit(name, f"is made by '{text}'") from e
                parameter = Parameter(name, tensor, names, steps)
            self._parameters[name] = parameter

    def _unfit(self, name: str, why: str) -> ConversionError:
        return failure(
            Failure.BAD_PARAMETER,
            f"parameter '{name}' {why}, which cannot be repeated",
            origin=str(self._path),
            remedy="convert the model again, with the tuned weights in it",
        )


def _side(side: Any) -> list[dict[str, Any]]:
    if side is None:
        return []
    return side if isinstance(side, list) else [side]


def _stored(side: Mapping[str, Any], kinds: Mapping[str, Any]) -> Stored:
    known = kinds[side["data_type"]]
    data_type = known if isinstance(known, str) else side["data_type"]
    return Stored(data_type, tuple(map(int, side["shape"])), lambda: iter(()))
