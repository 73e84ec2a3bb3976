# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Converts and judges many tasks, a few processes at work at a time."""

from __future__ import annotations

import json
import queue
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from parity.conversion import Outcome
from parity.verdict import Case, Mode, Verdict
from parity.worker import Limits, Worker, WorkerLostError

MODES: tuple[Mode, ...] = ("pynative", "graph")
JUDGE = "parity.judge:answer"
_AHEAD = 4
_Judges = Mapping[Mode, Worker]


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

    def __str__(self) -> str:
        stages = [f"{m}: {v.stage} {v.message}" for m, v in self.verdicts.items() if not v.passed]
        outcome = self.outcome
        parts = [self.name, self.kind, outcome.fault, ", ".join(outcome.missing), outcome.message]
        return "; ".join(filter(None, [*parts, *stages]))


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


def run(
    tasks: Iterable[Task], converter: str, work: Path, limits: Limits, lanes: int = 1
) -> Iterator[Result]:
    """Yields each task's result, in order, when it is known.

    One thread converts. Each lane judges a task at a time: PyNative and GRAPH in processes of their
    own, one after the other, so that with the converting one two are at work. Two lanes are for
    tasks whose conversion takes next to no time.
    """
    with ExitStack() as stack:
        idle: queue.SimpleQueue[_Judges] = queue.SimpleQueue()
        for lane in range(lanes):
            idle.put(
                {
                    mode: stack.enter_context(
                        Worker(JUDGE, work / "logs" / f"{mode}-{lane}.log", limits)
                    )
                    for mode in MODES
                }
            )
        converting = Worker(converter, work / "logs" / "convert.log", limits)
        line = stack.enter_context(_ConvertingLine(tasks, converting))
        pool = stack.enter_context(ThreadPoolExecutor(lanes))
        judged: deque[Future[Result]] = deque()
        for task, outcome in line:
            judged.append(pool.submit(_judged_by_any, task, outcome, idle))
            if len(judged) > lanes:
                yield judged.popleft().result()
        for result in judged:
            yield result.result()


class _ConvertingLine:
    """Converts in a thread of its own, a few tasks ahead of who iterates."""

    def __init__(self, tasks: Iterable[Task], worker: Worker) -> None:
        self._tasks = tasks
        self._worker = worker
        self._done: queue.Queue[tuple[Task, Outcome] | Exception | None] = queue.Queue(_AHEAD)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Iterator[tuple[Task, Outcome]]:
        self._thread.start()
        return self._finished()

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        while self._thread.is_alive():
            with suppress(queue.Empty):
                self._done.get(timeout=0.1)
        self._worker.close()

    def _finished(self) -> Iterator[tuple[Task, Outcome]]:
        while (item := self._done.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item

    def _work(self) -> None:
        end: Exception | None = None
        try:
            for task in self._tasks:
                if self._stopped.is_set():
                    break
                self._done.put((task, _outcome(task, self._worker)))
        # Whatever goes wrong here is raised where the results are awaited.
        except Exception as error:
            end = error
        self._done.put(end)


def _outcome(task: Task, worker: Worker) -> Outcome:
    try:
        return Outcome(**worker.ask(task.job))
    except WorkerLostError as lost:
        return Outcome(fault=f"conversion {lost.kind}", message=str(lost))


def _judged_by_any(task: Task, outcome: Outcome, idle: queue.SimpleQueue[_Judges]) -> Result:
    judges = idle.get()
    try:
        return _judged(task, outcome, judges)
    finally:
        idle.put(judges)


def _judged(task: Task, outcome: Outcome, judges: _Judges) -> Result:
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
        # A network with placeholders promises to import, construct and load, and no more.
        [] if outcome.placeholders else outcome.trials,
        mode,
        dict(task.tolerance),
    )


def ask(worker: Worker, case: Case) -> Verdict:
    """The judge's verdict, or that it was lost over the case."""
    try:
        return Verdict(**worker.ask(asdict(case)))
    except WorkerLostError as lost:
        return Verdict(lost.kind, str(lost))
