# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The corpus is the same every time, and no mistake hides in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from corpus import ENTRIES
from corpus.exporting import EXPORTERS, Exporter
from corpus.folder import build
from corpus.making import answers, make
from corpus.specimen import TorchSpecimen

_FELT = 1e-3
_ROUNDING = 1e-5


def _torch_specimen(name: str) -> TorchSpecimen:
    made = make(ENTRIES[name])
    assert isinstance(made, TorchSpecimen)
    return made


def _distance(one: list[Any], other: list[Any]) -> float:
    """Largest difference of any output over its largest value."""
    return max(
        float(np.abs(a.astype(np.float64) - b).max() / np.abs(b).max())
        for a, b in zip(one, other, strict=True)
        if b.dtype.kind == "f"
    )


def test_an_entry_is_the_same_every_time() -> None:
    first, again = (
        _torch_specimen("tv_mobilenet_v3_small"),
        _torch_specimen("tv_mobilenet_v3_small"),
    )
    theirs = again.model.state_dict()
    assert all(torch.equal(value, theirs[name]) for name, value in first.model.state_dict().items())
    assert np.array_equal(answers(first)[0], answers(again)[0])


@pytest.mark.parametrize("name", ["hand_unet", "tv_mobilenet_v3_small"])
def test_every_parameter_and_statistic_is_felt(name: str) -> None:
    made = _torch_specimen(name)
    right = answers(made)
    values = {**dict(made.model.named_parameters()), **dict(made.model.named_buffers())}
    unfelt = []
    for key, value in values.items():
        if not value.is_floating_point():
            continue
        kept = value.detach().clone()
        with torch.no_grad():
            value.copy_(kept.roll(1, 0))
            if _distance(answers(made), right) < _FELT:
                unfelt.append(key)
            value.copy_(kept)
    assert len(values) > 20
    assert not unfelt


@pytest.mark.parametrize("name", ["hand_unet", "tv_mobilenet_v3_small", "timm_test_convnext"])
def test_rounding_stays_far_below_the_tolerance(name: str) -> None:
    made = _torch_specimen(name)
    single = answers(made)
    double = made.model.double()(*(argument.double() for argument in made.arguments))
    assert _distance([double.detach().numpy()], single) < _ROUNDING


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_builds_a_folder_that_agrees_with_torch(tmp_path: Path, exporter: Exporter) -> None:
    facts = build(ENTRIES["hand_vae"], tmp_path, exporter)
    stored = {path.name for path in tmp_path.iterdir()}
    assert stored == {"model.onnx", "inputs.npz", "expected.npz", "meta.json"}
    assert [each["name"] for each in facts["inputs"]] == ["x", "eps"]
    assert all(distance < _ROUNDING for distance in facts["ort_vs_torch_rel"])


def test_listing_it_imports_no_framework() -> None:
    code = (
        "import sys, corpus\n"
        "print(len(corpus.ENTRIES), {'torch', 'timm', 'transformers', 'onnx'} & set(sys.modules))"
    )
    tests = Path(__file__).resolve().parent.parent
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tests, check=True, capture_output=True, text=True
    )
    assert ran.stdout.split() == [str(len(ENTRIES)), "set()"]
