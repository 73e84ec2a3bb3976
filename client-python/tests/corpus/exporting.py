# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Turns a specimen into an .onnx file, by any of torch's ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

import onnx
import torch

from corpus.specimen import OnnxSpecimen, Specimen, TorchSpecimen

# dynamo: torch.onnx.export as it is by default; dynamo-noopt: without its optimiser;
# legacy: the TorchScript exporter.
Exporter = Literal["dynamo", "dynamo-noopt", "legacy"]
EXPORTERS: tuple[Exporter, ...] = get_args(Exporter)

_LEGACY_OPSET = 17
_LARGEST_DIM = 4096


def export(made: Specimen, exporter: Exporter, path: Path) -> None:
    """Writes the model to `path`. A ready ONNX model is the same for every exporter."""
    if isinstance(made, OnnxSpecimen):
        onnx.save(made.model, path)
    elif exporter == "legacy":
        _export_legacy(made, path)
    else:
        _export_dynamo(made, path, optimize=exporter == "dynamo")


def _export_dynamo(made: TorchSpecimen, path: Path, *, optimize: bool) -> None:
    with torch.no_grad():
        program = torch.onnx.export(
            made.model,
            made.arguments,
            dynamo=True,
            verbose=False,
            input_names=list(made.input_names),
            output_names=_list(made.output_names),
            dynamic_shapes=_dynamic_shapes(made),
            optimize=optimize,
        )
    if program is None:
        raise AssertionError("the exporter answers None only when it is given a path")
    program.save(path, external_data=False)


def _dynamic_shapes(made: TorchSpecimen) -> Any:
    if not made.dynamic:
        return None
    shapes = tuple(
        {axis: _dim(symbol) for axis, symbol in made.dynamic.get(name, {}).items()}
        for name in made.input_names
    )
    return (shapes,) if made.variadic else shapes


def _dim(symbol: str) -> Any:
    if symbol.startswith("?"):
        return torch.export.Dim.DYNAMIC
    return torch.export.Dim(symbol, min=1, max=_LARGEST_DIM)


def _export_legacy(made: TorchSpecimen, path: Path) -> None:
    axes = {
        name: {axis: symbol.strip("?") for axis, symbol in symbols.items()}
        for name, symbols in made.dynamic.items()
    }
    with torch.no_grad():
        torch.onnx.export(
            made.model,
            made.arguments,
            str(path),
            dynamo=False,
            verbose=False,
            opset_version=_LEGACY_OPSET,
            input_names=list(made.input_names),
            output_names=_list(made.output_names),
            dynamic_axes=axes or None,
        )


def _list(names: tuple[str, ...] | None) -> list[str] | None:
    return list(names) if names else None
