# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Small ONNX models in text, one or more per operator and generation.

`tests/operators/<domain>/<Operator>/<case>.onnxtxt` holds one model in ONNX's text syntax; beside
it, `<case>.py` is the script that the daemon makes of it. The standard domain's folder is `onnx`.
An input is normal with a zero in it where the text does not say otherwise, in lines before the
model:

    #! x: uniform 0.1 2          also: normal [SCALE], integers LOW HIGH, distinct, values V V ...
    #! w: weight normal 0.3      an initializer of the model, not an input
    #! dim N: 2 5                what a symbol stands for, trial by trial
    #! tolerance: 1e-2 1e-3      relative and absolute, where the outputs' types do not decide
    #! reference: onnx           onnx's own evaluator answers, for what ONNX Runtime cannot
    #! deprecated: 18            since that opset, so that onnx's checker would refuse the model

`distinct` has no ties, for operators that leave open which of two equals they take. A tolerance of
`0 inf` judges shape and type alone, for operators that draw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import onnx
import onnx.parser
from onnx import numpy_helper

from parity.draws import Draw

ROOT = Path(__file__).resolve().parent.parent / "operators"
STANDARD_DOMAIN = "onnx"
_DIRECTIVE = re.compile(r"#!\s*(?P<subject>[^:]+?)\s*:\s*(?P<words>.*)")
_TOLERANCES = {onnx.TensorProto.BFLOAT16: (2e-2, 1e-2), onnx.TensorProto.FLOAT16: (1e-2, 1e-3)}


class FixtureError(Exception):
    """A fixture's text is not what this module's description asks for."""


@dataclass(frozen=True)
class Fixture:
    """One model in text, with its golden script."""

    path: Path

    def __str__(self) -> str:
        return "/".join(self.path.with_suffix("").parts[-3:])

    @property
    def golden(self) -> Path:
        """The script that belongs to it."""
        return self.path.with_suffix(".py")

    @property
    def domain(self) -> str:
        """The operator's domain, as ONNX writes it."""
        folder = self.path.parent.parent.name
        return "" if folder == STANDARD_DOMAIN else folder

    @property
    def operator(self) -> str:
        """The operator's type."""
        return self.path.parent.name

    @cached_property
    def model(self) -> onnx.ModelProto:
        """The model, its drawn weights in it."""
        model = onnx.parser.parse_model(self._text)
        for name, words in self._inputs.items():
            if words[:1] == ["weight"]:
                self._make_weight(model.graph, name)
        if "deprecated" not in self._settings:
            onnx.checker.check_model(model)
        return model

    @cached_property
    def unbound(self) -> onnx.ModelProto:
        """The model with a symbol of its own for every dimension of an input, and no other size.

        A size of zero stays: one that is left open is taken to be above it.
        """
        model = onnx.ModelProto()
        model.CopyFrom(self.model)
        del model.graph.value_info[:]
        for value in model.graph.input:
            for axis, dim in enumerate(_dims(value.type)):
                if dim.dim_param or dim.dim_value:
                    dim.dim_param = f"{value.name}_{axis}"
        for value in model.graph.output:
            for dim in _dims(value.type):
                dim.Clear()
        return model

    @property
    def opset(self) -> int:
        """The version of the operator's domain that the model imports."""
        (version,) = (i.version for i in self.model.opset_import if i.domain == self.domain)
        return int(version)

    def trials(self) -> list[dict[str, Any]]:
        """Inputs by name, for every size that the symbols take."""
        return [
            {value.name: self._draw(value, number, sizes) for value in self.model.graph.input}
            for number, sizes in enumerate(self._sizes)
        ]

    def tolerance(self) -> dict[str, Any]:
        """How close a network must come: what the text says, or what the outputs' types allow."""
        if "tolerance" in self._settings:
            relative, absolute = map(float, self._settings["tolerance"])
            return {"relative": relative, "absolute": absolute}
        types = {value.type.tensor_type.elem_type for value in self.model.graph.output}
        for kind, (relative, absolute) in _TOLERANCES.items():
            if kind in types:
                return {"relative": relative, "absolute": absolute}
        return {}

    @property
    def by_onnx(self) -> bool:
        """Whether onnx's evaluator is the reference."""
        return self._settings.get("reference") == ["onnx"]

    @cached_property
    def _text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def _directives(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in self._text.splitlines():
            if line.startswith("#!"):
                match = _DIRECTIVE.fullmatch(line.strip())
                if not match or match["subject"] in found:
                    raise FixtureError(f"{self}: cannot read, or read before: {line}")
                found[match["subject"]] = match["words"].split()
        return found

    @property
    def _settings(self) -> Mapping[str, list[str]]:
        names = ("tolerance", "reference", "deprecated")
        return {name: self._directives[name] for name in names if name in self._directives}

    @cached_property
    def _inputs(self) -> Mapping[str, list[str]]:
        named = {value.name for value in onnx.parser.parse_model(self._text).graph.input}
        said = {
            subject: words
            for subject, words in self._directives.items()
            if subject not in self._settings and not subject.startswith("dim ")
        }
        if unknown := said.keys() - named:
            raise FixtureError(f"{self}: no inputs called {sorted(unknown)}")
        return said

    @cached_property
    def _sizes(self) -> list[dict[str, int]]:
        symbols = {
            subject.removeprefix("dim "): [int(word) for word in words]
            for subject, words in self._directives.items()
            if subject.startswith("dim ")
        }
        counts = {len(sizes) for sizes in symbols.values()} or {1}
        if len(counts) != 1:
            raise FixtureError(f"{self}: every symbol needs the same number of sizes")
        return [
            {symbol: sizes[number] for symbol, sizes in symbols.items()}
            for number in range(counts.pop())
        ]

    def _make_weight(self, graph: onnx.GraphProto, name: str) -> None:
        (value,) = (value for value in graph.input if value.name == name)
        array = self._draw(value, 0, {})
        graph.initializer.append(numpy_helper.from_array(array, name))
        graph.input.remove(value)

    def _draw(self, value: onnx.ValueInfoProto, trial: int, sizes: Mapping[str, int]) -> Any:
        words = [word for word in self._inputs.get(value.name, []) if word != "weight"]
        draw = Draw(f"{self}/{value.name}/{trial}", words)
        return draw.value(value.type, sizes)


def _dims(kind: onnx.TypeProto) -> Any:
    if kind.HasField("sequence_type"):
        return _dims(kind.sequence_type.elem_type)
    if kind.HasField("optional_type"):
        return _dims(kind.optional_type.elem_type)
    return kind.tensor_type.shape.dim


def discover(root: Path = ROOT) -> list[Fixture]:
    """All fixtures, in order."""
    return [Fixture(path) for path in sorted(root.glob("*/*/*.onnxtxt"))]
