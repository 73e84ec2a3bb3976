# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""A training that goes wrong is noticed, whatever goes wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from parity import arrays

from training.record import Dropping, Reference, Training
from training.verdict import Verdict, judge, judge_dropping

_SHARE = [[0.25, 4]]


def _reference(folder: Path) -> Reference:
    """A linear layer with a batch norm, whose bias has no gradient to speak of."""
    rows = [
        _row("fc.weight", [2, 3], "fc.weight", transform="transpose(1,0)"),
        _row("fc.bias", [3], "fc.bias"),
        _row("bn.running_mean", [3], "bn.moving_mean"),
    ]
    weight_map = folder / "map.json"
    weight_map.write_text(json.dumps({"net": rows}))
    return Reference("", "", str(weight_map), 0.1, [2.0, 1.0], ["fc.weight", "fc.bias"], _SHARE, [])


def _row(source: str, shape: list[int], converted: str, **more: str) -> dict[str, Any]:
    tensor = {"shape": shape, "data_type": "float32"}
    return {
        "source_weight": {"name": source, **tensor},
        "converted_weight": {"name": converted, **tensor},
        **more,
    }


_WEIGHT = np.arange(6.0).reshape(2, 3)
_STATE = {"fc.weight": _WEIGHT, "bn.running_mean": np.ones(3)}
_WANTED = {"gradients": {"fc.weight": _WEIGHT, "fc.bias": np.full(3, 1e-9)}, "first": _STATE}
_CONVERTED = {"fc.weight": _WEIGHT.T, "bn.moving_mean": np.ones(3)}
_GOT = {"gradients": {"fc.weight": _WEIGHT.T, "fc.bias": np.full(3, -2e-9)}, "first": _CONVERTED}


def _judged(folder: Path, change: Callable[[Any, Training], None]) -> Verdict:
    got: Any = {**deepcopy(_GOT), "last": deepcopy(_CONVERTED)}
    training = Training("", [2.0, 1.0], ["fc.weight", "fc.bias"])
    change(got, training)
    for name, values in {**_WANTED, "last": _STATE}.items():
        arrays.save(folder / f"{name}.npz", values)
        arrays.save(folder / f"graph-{name}.npz", got[name])
    return judge(_reference(folder), training, folder, "graph")


def test_a_training_that_is_the_same_passes(tmp_path: Path) -> None:
    verdict = _judged(tmp_path, lambda got, training: None)
    assert (verdict.faults, verdict.parameters) == ([], 2)
    assert verdict.worst == "fc.bias"


def _gradient(got: Any, training: Training) -> None:
    got["gradients"]["fc.weight"][1, 1] += 6e-4


def _no_number(got: Any, training: Training) -> None:
    got["gradients"]["fc.weight"][0, 0] = np.nan


def _tiny(got: Any, training: Training) -> None:
    got["gradients"]["fc.bias"][0] = 1e-5


def _absent(got: Any, training: Training) -> None:
    del got["gradients"]["fc.weight"]


def _statistic(got: Any, training: Training) -> None:
    got["first"]["bn.moving_mean"][2] = 0.9


def _end(got: Any, training: Training) -> None:
    got["last"]["fc.weight"][0, 0] = 0.1


def _loss(got: Any, training: Training) -> None:
    training.losses[1] = 1.002


def _more(got: Any, training: Training) -> None:
    training.trainable.append("bn.moving_mean")


def _less(got: Any, training: Training) -> None:
    training.trainable.remove("fc.bias")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_gradient, "gradient of fc.weight"),
        (_no_number, "gradient of fc.weight"),
        (_tiny, "gradient of fc.bias"),
        (_absent, "none in MindSpore"),
        (_statistic, "bn.running_mean is off by 0.1, first"),
        (_end, "fc.weight is off by 0.02, last"),
        (_loss, "a loss is off"),
        (_more, "are trained, and not in PyTorch"),
        (_less, "are not trained"),
    ],
)
def test_what_is_wrong_is_named(
    change: Callable[[Any, Training], None], words: str, tmp_path: Path
) -> None:
    (fault,) = _judged(tmp_path, change).faults
    assert words in fault


def test_a_training_that_ended_early_is_wrong(tmp_path: Path) -> None:
    verdict = judge(_reference(tmp_path), Training("no kernel"), tmp_path, "graph")
    assert verdict.faults == ["no kernel"]


def _dropping(**changes: Any) -> Dropping:
    right: dict[str, Any] = {"masks": [[0.25, 4]], "zeros": {"0.25": [26, 100]}}
    return Dropping(**{**right, **changes})


def test_dropout_of_the_same_rates_passes(tmp_path: Path) -> None:
    assert judge_dropping(_reference(tmp_path), _dropping()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"masks": []}, "PyTorch also draws"),
        ({"masks": [[0.25, 4], [0.25, 4]]}, "MindSpore {(0.25, 4): 1}"),
        ({"masks": [[0.5, 4]]}, "MindSpore {(0.5, 4): 1}"),
        ({"zeros": {"0.25": [0, 100]}}, "0 of 100"),
        ({"zeros": {"0.25": [75, 100]}}, "75 of 100"),
        ({"scaling": 0.25}, "scaled wrongly"),
        ({"silent": False}, "in evaluation"),
        ({"difference": 0.1}, "evaluation is off"),
    ],
)
def test_dropout_that_is_wrong_is_named(
    changes: dict[str, Any], words: str, tmp_path: Path
) -> None:
    (fault,) = judge_dropping(_reference(tmp_path), _dropping(**changes))
    assert words in fault
