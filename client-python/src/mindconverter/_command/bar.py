# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Shows progress to a person."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TextIO

from mindconverter._progress import Progress

_TITLES = {
    "exporting": "exporting the model",
    "sending": "sending the model",
    "queued": "waiting for a worker",
    "reading": "reading the model",
    "mapping": "mapping operators",
    "writing": "writing weights",
}
_IN_BYTES = {"sending", "writing"}
_SECONDS_BETWEEN = 0.1
_MEGABYTE = 1e6


class Bar:
    """A line on a terminal that is drawn anew; elsewhere, one line for each phase."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self._terminal = stream.isatty()
        self._phase = ""
        self._drawn = 0.0
        self._lock = threading.Lock()

    def show(self, progress: Progress) -> None:
        """Takes a step, from any thread."""
        with self._lock:
            changed = progress.phase != self._phase
            self._phase = progress.phase
            if not self._terminal:
                if changed:
                    print(_TITLES[progress.phase], file=self._stream, flush=True)
                return
            now = time.monotonic()
            finished = progress.total > 0 and progress.done >= progress.total
            if changed or finished or now - self._drawn >= _SECONDS_BETWEEN:
                self._drawn = now
                self._draw(text(progress, shutil.get_terminal_size().columns))

    def end(self) -> None:
        """Takes the line away."""
        with self._lock:
            if self._terminal and self._phase:
                self._draw("")

    def _draw(self, line: str) -> None:
        self._stream.write(f"\r\x1b[K{line}")
        self._stream.flush()


def text(progress: Progress, columns: int) -> str:
    """The line for a step, within a terminal's width."""
    title = _TITLES[progress.phase]
    if progress.total <= 0:
        return title[: columns - 1]
    share = min(progress.done / progress.total, 1.0)
    if progress.phase in _IN_BYTES:
        amount = f"{progress.done / _MEGABYTE:.1f}/{progress.total / _MEGABYTE:.1f} MB"
    else:
        amount = f"{progress.done}/{progress.total}"
    width = 24
    bar = ("#" * int(share * width)).ljust(width, ".")
    return f"{title:<20} [{bar}] {share:4.0%} {amount}"[: columns - 1]
