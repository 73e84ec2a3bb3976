# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Has networks trained on both sides, each in processes of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from parity.worker import Limits, Worker, WorkerLostError

from training.networks import Network
from training.record import MODES, STEPS, Case, Dropping, Mode, Reference, Training
from training.verdict import Verdict, judge

_LIMITS = Limits(job_seconds=600.0)


@dataclass
class Result:
    """What came of a network. Without a reference, `fault` says why."""

    network: Network
    fault: str = ""
    reference: Reference | None = None
    trainings: dict[Mode, Training] = field(default_factory=dict)
    verdicts: dict[Mode, Verdict] = field(default_factory=dict)
    dropping: Dropping | None = None


def run(
    networks: Iterable[Network], work: Path, exporter: str = "dynamo", steps: int = STEPS
) -> Iterator[Result]:
    """Yields each network's result when it is known."""
    with ExitStack() as stack:
        torch = stack.enter_context(_Line("training.reference:answer", work / "torch.log"))
        sides = {
            mode: stack.enter_context(_Line("training.trainer:answer", work / f"{mode}.log"))
            for mode in MODES
        }
        dropper = stack.enter_context(_Line("training.dropper:answer", work / "dropper.log"))
        asked = []
        for network in networks:
            folder = work / network.name
            job = {"network": network.name, "exporter": exporter, "steps": steps}
            asked.append((network, folder, torch.ask({**job, "folder": str(folder)})))
        for network, folder, answer in asked:
            yield _result(network, folder, answer, sides, dropper, steps)


def _result(
    network: Network,
    folder: Path,
    answer: Future[dict[str, Any]],
    sides: Mapping[Mode, _Line],
    dropper: _Line,
    steps: int,
) -> Result:
    result = Result(network)
    try:
        reference = result.reference = Reference(**answer.result())
        case = Case(
            reference.script, reference.checkpoint, str(folder), reference.rate, steps, "pynative"
        )
        answers = {mode: line.ask({**asdict(case), "mode": mode}) for mode, line in sides.items()}
        watched = dropper.ask(asdict(case))
        for mode, training in answers.items():
            result.trainings[mode] = Training(**training.result())
            result.verdicts[mode] = judge(reference, result.trainings[mode], folder, mode)
        result.dropping = Dropping(**watched.result())
    except WorkerLostError as lost:
        result.fault = f"{lost.kind}: {lost}"
    return result


class _Line:
    """A worker with a queue before it."""

    def __init__(self, function: str, log: Path) -> None:
        self._worker = Worker(function, log, _LIMITS)
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)
        self._worker.close()

    def ask(self, job: Mapping[str, Any]) -> Future[dict[str, Any]]:
        """The answer to come."""
        return self._thread.submit(self._worker.ask, job)
