# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""The real daemon as a server of its own, on a free port."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mindconverter._daemon import jar, java


@dataclass(frozen=True)
class RealDaemon:
    """Where it listens, and its process."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def running(
    spool: Path, *java_flags: str, program: Path | None = None, settings: Sequence[str] = ()
) -> Iterator[RealDaemon]:
    """A daemon, killed at the end. `program`: another Java than the one that clients choose."""
    command = [program or java.find().executable, *java_flags, "-jar", jar.find().path]
    ports = ("--port=0", "--metrics-port=0", f"--spool-dir={spool}", *settings)
    with subprocess.Popen(
        [*map(str, command), *ports],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("listening on "), line
            yield RealDaemon(line.split()[-1], process)
        finally:
            process.kill()
