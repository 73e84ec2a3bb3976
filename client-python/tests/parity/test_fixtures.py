# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""A fixture's text decides its model and its values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from onnx import numpy_helper

from parity.fixtures import Fixture, FixtureError, discover

_MODEL = """\
# What this case is about.
{directives}
<ir_version: 10, opset_import: ["" : 20]>
add (float[N,3] x, float[3] w, int64[2] i) => (float[N,3] y) {{
  y = Add(x, w)
}}
"""


def _fixture(root: Path, *directives: str) -> Fixture:
    path = root / "onnx" / "Add" / "case.onnxtxt"
    path.parent.mkdir(parents=True)
    path.write_text(_MODEL.format(directives="\n".join(directives)), encoding="utf-8")
    (found,) = discover(root)
    return found


def test_reads_name_domain_and_opset(tmp_path: Path) -> None:
    fixture = _fixture(tmp_path, "#! dim N: 2")
    assert str(fixture) == "onnx/Add/case"
    assert (fixture.domain, fixture.operator, fixture.opset) == ("", "Add", 20)
    assert fixture.golden.name == "case.py"


def test_draws_the_same_values_every_time(tmp_path: Path) -> None:
    fixture = _fixture(tmp_path, "#! dim N: 2")
    (first,), (again,) = fixture.trials(), Fixture(fixture.path).trials()
    assert first["x"].dtype == np.float32
    assert np.array_equal(first["x"], again["x"])
    assert first["x"].reshape(-1)[0] == 0
    assert first["x"].min() < 0 < first["x"].max()


def test_runs_one_trial_per_size(tmp_path: Path) -> None:
    shapes = [trial["x"].shape for trial in _fixture(tmp_path, "#! dim N: 2 5").trials()]
    assert shapes == [(2, 3), (5, 3)]


def test_makes_a_weight_of_an_input(tmp_path: Path) -> None:
    fixture = _fixture(tmp_path, "#! dim N: 2", "#! w: weight values 1 -2 0.5")
    (weight,) = fixture.model.graph.initializer
    assert numpy_helper.to_array(weight).tolist() == [1, -2, 0.5]
    assert list(fixture.trials()[0]) == ["x", "i"]


def test_draws_by_recipe(tmp_path: Path) -> None:
    recipes = ("#! dim N: 2", "#! x: distinct", "#! w: uniform 0.5 0.6", "#! i: integers 7 8")
    (trial,) = _fixture(tmp_path, *recipes).trials()
    assert len(set(trial["x"].reshape(-1).tolist())) == trial["x"].size
    assert np.all((trial["w"] > 0.5) & (trial["w"] < 0.6))
    assert trial["i"].tolist() == [7, 7]


def test_takes_the_tolerance_from_the_outputs(tmp_path: Path) -> None:
    fixture = _fixture(tmp_path, "#! dim N: 2")
    assert fixture.tolerance() == {}
    halves = fixture.path.read_text(encoding="utf-8").replace("float[", "float16[")
    fixture.path.write_text(halves, encoding="utf-8")
    assert Fixture(fixture.path).tolerance() == {"relative": 1e-2, "absolute": 1e-3}


def test_takes_the_tolerance_that_is_said(tmp_path: Path) -> None:
    fixture = _fixture(tmp_path, "#! dim N: 2", "#! tolerance: 0.5 0.1")
    assert fixture.tolerance() == {"relative": 0.5, "absolute": 0.1}


@pytest.mark.parametrize(
    "directives",
    [
        ["#! z: normal"],
        ["#! x normal"],
        ["#! x: normal", "#! x: normal"],
        ["#! dim N: 2 3", "#! dim M: 2"],
    ],
)
def test_refuses_what_it_does_not_understand(tmp_path: Path, directives: list[str]) -> None:
    fixture = _fixture(tmp_path, *directives)
    with pytest.raises(FixtureError):
        fixture.trials()
