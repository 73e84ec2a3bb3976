# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Every operator's fixtures once more, without one size of their inputs being told.

`tests/operators/unbound.csv` lists those that need a size: what becomes of them, and why.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import onnx
import pytest

from parity.fixture_tasks import CONVERTER, task_of
from parity.fixtures import ROOT, Fixture, discover
from parity.run import MODES, Result, run
from parity.selected import selected
from parity.verdict import Mode
from parity.worker import Limits

FIXTURES = discover()
TABLE = ROOT / "unbound.csv"
_LIMITS = Limits(job_seconds=60.0)
_every_fixture = pytest.mark.parametrize("fixture", FIXTURES, ids=str)


def _needing_sizes() -> Mapping[str, tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["fixture"]: (row["verdict"], row["reason"]) for row in csv.DictReader(rows)}


_NEEDING = _needing_sizes()


def _results(names: Iterable[str], work: Path, modes: Sequence[Mode]) -> Mapping[str, Result]:
    tasks = [
        task_of(fixture, work, unbound=True, modes=modes)
        for fixture in FIXTURES
        if str(fixture) in names
    ]
    return {result.name: result for result in run(tasks, CONVERTER, work, _LIMITS)}


@pytest.fixture(scope="session")
def conversions(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Result]:
    """The fixtures that are selected, converted, and not run."""
    chosen = selected(request.session, "fixture")
    return _results(chosen, tmp_path_factory.mktemp("unbound-conversions"), ())


@pytest.fixture(scope="session")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Result]:
    """The fixtures that are selected, converted and run."""
    chosen = selected(request.session, "fixture")
    return _results(chosen, tmp_path_factory.mktemp("unbound"), MODES)


@_every_fixture
def test_it_is_converted_or_says_which_size_it_needs(
    fixture: Fixture, conversions: Mapping[str, Result]
) -> None:
    result = conversions[str(fixture)]
    verdict, reason = _NEEDING.get(str(fixture), ("right", ""))
    wanted = "placeholder" if verdict == "placeholder" else "right"
    assert result.kind == wanted, f"{result}; see {TABLE.name}"
    if wanted == "placeholder":
        assert reason in result.outcome.message, f"{result}; see {TABLE.name}"


@pytest.mark.extended
@pytest.mark.parametrize("mode", MODES)
@_every_fixture
def test_it_is_right_or_says_that_it_is_not(
    fixture: Fixture, mode: Mode, results: Mapping[str, Result]
) -> None:
    result = results[str(fixture)]
    verdict, reason = _NEEDING.get(str(fixture), ("right", ""))
    assert result.kind == verdict, f"{result}; see {TABLE.name}"
    if verdict == "broken":
        assert reason in result.verdicts[mode].message
    else:
        assert result.verdicts[mode].passed, result.verdicts[mode].message


def test_the_table_lists_fixtures() -> None:
    assert _NEEDING.keys() <= {str(fixture) for fixture in FIXTURES}
    assert {verdict for verdict, _ in _NEEDING.values()} <= {"placeholder", "broken"}


def test_a_fixture_keeps_no_size_but_zero(tmp_path: Path) -> None:
    text = """\
#! dim N: 2
<ir_version: 10, opset_import: ["" : 20]>
add (float[N,3,0] x, float c) => (float[N,3,0] y)
<float[N,3,0] z> {
  z = Add(x, c)
  y = Relu(z)
}
"""
    path = tmp_path / "case.onnxtxt"
    path.write_text(text, encoding="utf-8")
    model = Fixture(path).unbound
    onnx.checker.check_model(model, full_check=True)
    x, c = (value.type.tensor_type.shape.dim for value in model.graph.input)
    assert [dim.dim_param or dim.dim_value for dim in x] == ["x_0", "x_1", 0]
    assert not c
    (y,) = (value.type.tensor_type.shape.dim for value in model.graph.output)
    assert not any(dim.dim_param or dim.dim_value for dim in y)
    assert not model.graph.value_info
