# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""A process that answers one job after the other, and may die of any of them.

Importing MindSpore or torch costs seconds, a job often milliseconds: the process lives on from job
to job. A crash, a hang or a hunger for memory costs the job that caused it and a restart.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TESTS = Path(__file__).resolve().parent.parent
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LOOK_EVERY_SECONDS = 0.5
_CLOSING_SECONDS = 10.0
_LINE_PIECE = 1 << 16
_LOG_TAIL = 400


class WorkerLostError(Exception):
    """The worker did not answer a job: it died, hung, or took too much memory.

    `kind` is "crash", "hang" or "memory".
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Limits:
    """What one job may take, and when an idle worker is replaced by a fresh one."""

    job_seconds: float = 300.0
    start_seconds: float = 180.0
    memory_bytes: int = 8 << 30
    retire_bytes: int = 3 << 30
    retire_jobs: int = 400


class Worker:
    """A process for the jobs of one function. For one thread."""

    def __init__(
        self,
        function: str,
        log: Path,
        limits: Limits = Limits(),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._module, _, self._function = function.partition(":")
        self._log = log
        self._limits = limits
        self._environment = {
            **os.environ,
            # Many small computations: threads would only wait for each other.
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(
                filter(None, (str(_TESTS), os.environ.get("PYTHONPATH")))
            ),
            **(environment or {}),
        }
        self.process: subprocess.Popen[bytes] | None = None
        self._jobs = 0

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Has one job answered within the time; the start of a fresh process does not count."""
        try:
            process = self._ready()
            self._jobs += 1
            self._write(process, json.dumps(job))
            line = self._read_line(process, self._limits.job_seconds)
        except WorkerLostError:
            self._kill()
            raise
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Lets the process end, and sees to it that it does."""
        process = self.process
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_CLOSING_SECONDS)
        self._kill()

    def _ready(self) -> subprocess.Popen[bytes]:
        process = self.process
        if process is not None and (
            self._jobs >= self._limits.retire_jobs
            or _resident_bytes(process.pid) > self._limits.retire_bytes
        ):
            self.close()
        if self.process is None:
            self.process = self._start()
            self._jobs = 0
            self._read_line(self.process, self._limits.start_seconds)
        return self.process

    def _start(self) -> subprocess.Popen[bytes]:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "parity.child", self._module, self._function],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=self._environment,
                # MindSpore leaves dumps where it stands.
                cwd=self._log.parent,
                # A group of its own, so that what it starts can be ended with it.
                start_new_session=True,
            )

    def _write(self, process: subprocess.Popen[bytes], job: str) -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(job.encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            raise self._died(process) from None

    def _read_line(self, process: subprocess.Popen[bytes], seconds: float) -> bytes:
        assert process.stdout is not None
        deadline = time.monotonic() + seconds
        line = b""
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0:
                raise WorkerLostError("hang", "no answer in time")
            ready, _, _ = select.select([process.stdout], [], [], min(left, _LOOK_EVERY_SECONDS))
            if ready:
                piece = os.read(process.stdout.fileno(), _LINE_PIECE)
                if not piece:
                    raise self._died(process)
                line += piece
            elif _resident_bytes(process.pid) > self._limits.memory_bytes:
                raise WorkerLostError("memory", f"more than {self._limits.memory_bytes >> 20} MiB")
        return line

    def _died(self, process: subprocess.Popen[bytes]) -> WorkerLostError:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_CLOSING_SECONDS)
        tail = self._log.read_bytes()[-_LOG_TAIL:].decode(errors="replace")
        return WorkerLostError(
            "crash", f"exit status {process.returncode}: {' '.join(tail.split())}"
        )

    def _kill(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # What was written to a dead process is still in the buffer, and nobody reads it.
            with suppress(BrokenPipeError):
                if pipe:
                    pipe.close()


def _resident_bytes(pid: int) -> int:
    """Resident memory of a process; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
