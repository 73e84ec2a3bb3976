# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Writes an exported entry to a folder: model, inputs, answers and facts about them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from corpus.exporting import Exporter, export
from corpus.making import answers, feeds, make, seed_of
from corpus.reference import run_onnx
from corpus.specimen import Entry, TorchSpecimen

Facts = dict[str, Any]


def build(entry: Entry, directory: Path, exporter: Exporter) -> Facts:
    """Fills `directory` with model.onnx, inputs.npz, expected.npz and meta.json.

    The answers are ONNX Runtime's; for a PyTorch model the facts say how far its own are off.
    """
    directory.mkdir(parents=True, exist_ok=True)
    made = make(entry)
    given = feeds(made)
    own = answers(made) if isinstance(made, TorchSpecimen) else None
    path = directory / "model.onnx"
    export(made, exporter, path)
    model = onnx.load(path)
    onnx.checker.check_model(model)
    used, expected = run_onnx(str(path), given)
    np.savez(directory / "inputs.npz", **used)
    np.savez(directory / "expected.npz", **expected)
    facts = _facts(entry, exporter, model)
    facts["inputs_pruned"] = [name for name in given if name not in used]
    facts["inputs"] = _signature(used)
    facts["outputs"] = _signature(expected)
    if own is not None:
        facts["ort_vs_torch_rel"] = [
            _distance(mine, theirs) for mine, theirs in zip(own, expected.values(), strict=True)
        ]
    (directory / "meta.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    return facts


def _facts(entry: Entry, exporter: Exporter, model: onnx.ModelProto) -> Facts:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "family": entry.family,
        "seed": seed_of(entry.name),
        "exporter": exporter,
        "opset": {imported.domain: imported.version for imported in model.opset_import},
        "ir_version": model.ir_version,
    }


def _signature(arrays: Mapping[str, Any]) -> list[Facts]:
    return [
        {"name": name, "shape": list(np.shape(array)), "dtype": str(np.asarray(array).dtype)}
        for name, array in arrays.items()
    ]


def _distance(mine: Any, theirs: Any) -> float | str:
    """Largest difference over largest value; a text where the shapes differ."""
    if mine.shape != theirs.shape:
        return f"shape {mine.shape} against {theirs.shape}"
    if mine.size == 0:
        return 0.0
    reference = mine.astype(np.float64)
    difference = np.abs(reference - theirs.astype(np.float64)).max()
    return float(difference / max(1e-12, np.abs(reference).max()))
