# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The runner tells right from wrong, and loses nothing to a conversion that dies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from parity.run import Journal, Result, Task, run
from parity.worker import Limits, Worker, WorkerLostError

_PRETENDER = "parity.pretender:answer"
_LIMITS = Limits(job_seconds=15.0)
_EXPECTED = {
    "right": "right",
    "wrong": "wrong",
    "broken": "broken",
    "placeholder": "placeholder",
    "refuse": "refused",
    "crash": "refused",
    "hang": "refused",
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Result]:
    work = tmp_path_factory.mktemp("run")
    order = [*_EXPECTED, "right again"]
    tasks = [
        Task(name, {"does": name.split()[0], "folder": str(work / name.replace(" ", "-"))})
        for name in order
    ]
    found = list(run(tasks, _PRETENDER, work, _LIMITS))
    assert [result.name for result in found] == order
    return {result.name: result for result in found}


@pytest.mark.parametrize(("name", "kind"), _EXPECTED.items())
def test_calls_each_outcome_by_its_name(
    name: str, kind: str, results: Mapping[str, Result]
) -> None:
    assert results[name].kind == kind, results[name]


def test_goes_on_after_a_conversion_that_died(results: Mapping[str, Result]) -> None:
    assert results["crash"].outcome.fault == "conversion crash"
    assert results["hang"].outcome.fault == "conversion hang"
    assert results["right again"].kind == "right"


def test_loses_a_job_to_a_worker_that_was_killed_before_it(tmp_path: Path) -> None:
    refusal = {"does": "refuse"}
    with Worker(_PRETENDER, tmp_path / "log", _LIMITS) as worker:
        worker.ask(refusal)
        assert worker.process is not None
        worker.process.kill()
        worker.process.wait()
        with pytest.raises(WorkerLostError, match="exit status -9"):
            worker.ask(refusal)
        assert worker.ask(refusal)["fault"] == "1000001 ModelLoadingError"


def test_judges_every_mode(results: Mapping[str, Result]) -> None:
    assert set(results["right"].verdicts) == {"pynative", "graph"}


def test_raises_what_goes_wrong_in_making_tasks(tmp_path: Path) -> None:
    def tasks() -> Iterator[Task]:
        yield Task("refuse", {"does": "refuse"})
        raise LookupError("no such model")

    with pytest.raises(LookupError, match="no such model"):
        list(run(tasks(), _PRETENDER, tmp_path, _LIMITS))


def test_keeps_results_for_a_run_that_goes_on(
    tmp_path: Path, results: Mapping[str, Result]
) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    assert journal.read() == {}
    for name in ("right", "wrong", "refuse"):
        journal.add(results[name])
    assert journal.read() == {name: results[name] for name in ("right", "wrong", "refuse")}
    journal.clear()
    assert journal.read() == {}
