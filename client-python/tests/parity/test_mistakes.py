# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The judge of operator cases can fail: it calls every planted mistake wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from parity.mistakes import CONVERTER, MISTAKES, Mistake
from parity.node_cases import collect
from parity.run import MODES, Result, run
from parity.selected import selected
from parity.verdict import Mode
from parity.worker import Limits


@pytest.fixture(scope="session")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Result]:
    """The results of the mistakes that are selected."""
    chosen = selected(request.session, "mistake")
    cases = {case.name: case for case in collect()}
    tasks = []
    for number, mistake in enumerate(MISTAKES):
        if str(mistake) in chosen:
            task = cases[mistake.case].task(tmp_path_factory.mktemp(f"mistake{number}"))
            job = {**task.job, "written": mistake.written, "planted": mistake.planted}
            tasks.append(replace(task, name=str(mistake), job=job))
    work = tmp_path_factory.mktemp("mistakes")
    return {result.name: result for result in run(tasks, CONVERTER, work, Limits(60.0), lanes=2)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_planted_mistake_is_caught(
    mistake: Mistake, mode: Mode, results: Mapping[str, Result]
) -> None:
    result = results[str(mistake)]
    assert not result.outcome.fault, result.outcome.message
    assert not result.outcome.placeholders, result.outcome.message
    verdict = result.verdicts[mode]
    assert verdict.stage == "compare", f"{verdict.stage} {verdict.message}"


def test_each_mistake_is_another_one() -> None:
    assert len({str(mistake) for mistake in MISTAKES}) == len(MISTAKES) >= 20
