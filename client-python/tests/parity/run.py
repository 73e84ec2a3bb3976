# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Converts and judges many tasks, two processes at work at a time."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from parity.conversion import Outcome
from parity.verdict import Case, Mode, Verdict
from parity.worker import Limits, Worker, WorkerLostError

MODES: tuple[Mode, ...] = ("pynative", "graph")
JUDGE = "parity.judge:answer"
_WAITING = 4


@dataclass(frozen=True)
class Task:
    """One conversion to judge. `job` is what the converting worker is asked."""

    name: str
    job: Mapping[str, Any]
    modes: Sequence[Mode] = MODES
    tolerance: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What became of a task: the conversion, and the verdict of each mode that was judged."""

    name: str
    outcome: Outcome
    verdicts: Mapping[str, Verdict]

    @property
    def kind(self) -> str:
        """One word: right, placeholder, wrong, broken, or refused."""
        if self.outcome.fault:
            return "refused"
        stages = {verdict.stage for mode, verdict in self.verdicts.items() if mode in MODES}
        if stages - {"done", "compare"}:
            return "broken"
        if "compare" in stages:
            return "wrong"
        return "placeholder" if self.outcome.placeholders else "right"


class Journal:
    """Results on disk, one line each, so that a run that was cut short can go on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Result]:
        """The results of earlier runs; of several for one task the last."""
        if not self._path.exists():
            return {}
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return {result.name: result for result in map(_from_line, lines)}

    def clear(self) -> None:
        """Forgets them."""
        self._path.unlink(missing_ok=True)

    def add(self, result: Result) -> None:
        """Keeps one more."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(asdict(result)) + "\n")


def _from_line(line: str) -> Result:
    raw = json.loads(line)
    verdicts = {mode: Verdict(**verdict) for mode, verdict in raw["verdicts"].items()}
    return Result(raw["name"], Outcome(**raw["outcome"]), verdicts)


def run(tasks: Iterable[Task], converter: str, work: Path, limits: Limits) -> Iterator[Result]:
    """Yields each task's result when it is known.

    One thread converts, this one judges: PyNative and GRAPH in processes of their own, one after
    the other, so that with the converting one two are at work.
    """
    converted: queue.Queue[tuple[Task, Outcome] | None] = queue.Queue(_WAITING)
    stop = threading.Event()
    feeder = threading.Thread(
        target=_convert, args=(tasks, converter, work, limits, converted, stop), daemon=True
    )
    feeder.start()
    try:
        with ExitStack() as stack:
            judges = {
                mode: stack.enter_context(Worker(JUDGE, work / "logs" / f"{mode}.log", limits))
                for mode in MODES
            }
            while (item := converted.get()) is not None:
                yield _judged(*item, judges)
    finally:
        stop.set()
        while feeder.is_alive():
            _drain(converted)
            feeder.join(0.1)


def _convert(
    tasks: Iterable[Task],
    converter: str,
    work: Path,
    limits: Limits,
    converted: queue.Queue[tuple[Task, Outcome] | None],
    stop: threading.Event,
) -> None:
    try:
        with Worker(converter, work / "logs" / "convert.log", limits) as worker:
            for task in tasks:
                if stop.is_set():
                    break
                converted.put((task, _outcome(task, worker)))
    finally:
        converted.put(None)


def _outcome(task: Task, worker: Worker) -> Outcome:
    try:
        return Outcome(**worker.ask(task.job))
    except WorkerLostError as lost:
        return Outcome(fault=f"conversion {lost.kind}", message=str(lost))


def _drain(converted: queue.Queue[Any]) -> None:
    while not converted.empty():
        converted.get_nowait()


def _judged(task: Task, outcome: Outcome, judges: Mapping[Mode, Worker]) -> Result:
    verdicts: dict[str, Verdict] = {}
    if not outcome.fault:
        for mode in task.modes:
            worker = judges["pynative" if mode == "pynative" else "graph"]
            verdicts[mode] = ask(worker, _case(task, outcome, mode))
    return Result(task.name, outcome, verdicts)


def _case(task: Task, outcome: Outcome, mode: Mode) -> Case:
    return Case(
        outcome.script,
        outcome.checkpoint,
        outcome.inputs,
        outcome.expected,
        mode,
        dict(task.tolerance),
        # A network with placeholders promises to import, construct and load, and no more.
        run=not outcome.placeholders,
    )


def ask(worker: Worker, case: Case) -> Verdict:
    """The judge's verdict, or that it was lost over the case."""
    try:
        return Verdict(**worker.ask(asdict(case)))
    except WorkerLostError as lost:
        return Verdict(lost.kind, str(lost))
