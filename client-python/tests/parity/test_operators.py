# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Every operator that the daemon maps, in every generation: text as known, numbers right."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from parity.capabilities import mapped_generations
from parity.conversion import Outcome
from parity.fixture_tasks import CONVERTER, task_of
from parity.fixtures import Fixture, discover
from parity.run import MODES, Result, Task, run
from parity.selected import selected
from parity.verdict import Mode
from parity.worker import Limits

FIXTURES = discover()
_VERSION = re.compile(r"MindConverter \d+\.\d+\.\d+\S*")
_LIMITS = Limits(job_seconds=60.0)
_every_fixture = pytest.mark.parametrize("fixture", FIXTURES, ids=str)


@pytest.fixture(scope="session")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Result]:
    """The results of the fixtures that are selected, all of them from one run."""
    chosen = selected(request.session, "fixture")
    work = tmp_path_factory.mktemp("operators")
    tasks: list[Task] = []
    results: dict[str, Result] = {}
    for fixture in (fixture for fixture in FIXTURES if str(fixture) in chosen):
        try:
            tasks.append(task_of(fixture, work))
        # A fixture that cannot be read, or has no reference, fails its own tests only.
        except Exception as error:
            fault = Outcome(fault="fixture", message=f"{type(error).__name__}: {error}")
            results[str(fixture)] = Result(str(fixture), fault, {})
    results.update((result.name, result) for result in run(tasks, CONVERTER, work, _LIMITS))
    return results


@_every_fixture
def test_the_script_is_the_golden_one(
    fixture: Fixture, results: Mapping[str, Result], request: pytest.FixtureRequest
) -> None:
    outcome = results[str(fixture)].outcome
    assert not outcome.fault, outcome.message
    assert not outcome.placeholders, f"placeholders for {outcome.missing}"
    # The version stands in every script, and changes none.
    script = Path(outcome.script).read_text(encoding="utf-8")
    generated = _VERSION.sub("MindConverter", script, count=1)
    stored = fixture.golden.read_text(encoding="utf-8") if fixture.golden.exists() else ""
    if generated == stored:
        return
    difference = "".join(
        difflib.unified_diff(
            stored.splitlines(keepends=True),
            generated.splitlines(keepends=True),
            f"{fixture}.py, stored",
            f"{fixture}.py, generated",
        )
    )
    if not request.config.getoption("update_goldens"):
        pytest.fail(difference + "\nIf this is meant: pytest --update-goldens", pytrace=False)
    print(difference)
    fixture.golden.write_text(generated, encoding="utf-8")


@pytest.mark.parametrize("mode", MODES)
@_every_fixture
def test_the_numbers_are_right(fixture: Fixture, mode: Mode, results: Mapping[str, Result]) -> None:
    result = results[str(fixture)]
    assert not result.outcome.fault, result.outcome.message
    assert result.outcome.trials
    verdict = result.verdicts[mode]
    assert verdict.passed, verdict.message


def test_every_mapped_generation_has_a_fixture_and_the_other_way_round() -> None:
    mapped = mapped_generations()
    assert mapped, "the daemon maps nothing"
    covered: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for fixture in FIXTURES:
        covered[_generation(fixture, mapped)].append(str(fixture))
    without_mapping = {key: names for key, names in covered.items() if key[2] == 0}
    assert not without_mapping, "fixtures of operators that are not mapped at their opset"
    generations = {
        (*operator, since) for operator, versions in mapped.items() for since in versions
    }
    assert not sorted(generations - covered.keys()), "mapped, but without a fixture"


@_every_fixture
def test_a_fixture_holds_its_operator(fixture: Fixture) -> None:
    nodes = {(node.domain, node.op_type) for node in fixture.model.graph.node}
    assert (fixture.domain, fixture.operator) in nodes


def _generation(
    fixture: Fixture, mapped: Mapping[tuple[str, str], list[int]]
) -> tuple[str, str, int]:
    """The operator's generation that serves the fixture; 0 where none does."""
    operator = (fixture.domain, fixture.operator)
    serving = [since for since in mapped.get(operator, []) if since <= fixture.opset]
    return (*operator, max(serving, default=0))
