# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""How a daemon's process is started, whatever its life is tied to."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import weakref
from pathlib import Path
from typing import Any

# What a daemon that should be ready soon, and small, runs with.
QUICK_FLAGS = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xmx512m",
    "-Xss512k",
    "--enable-native-access=ALL-UNNAMED",
)


_tied: weakref.WeakSet[subprocess.Popen[bytes]] = weakref.WeakSet()


def machine_flags(folder: Path) -> list[str]:
    """The flags that depend on the machine. `folder` takes what Java leaves when it crashes."""
    return [
        # Java does not look at TMPDIR by itself.
        f"-Djava.io.tmpdir={tempfile.gettempdir()}",
        # Java's own complaints would otherwise come before the daemon's first line.
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        f"-XX:ErrorFile={folder / 'hs_err_%p.log'}",
    ]


def environment() -> dict[str, str]:
    """The environment without our own variables: the daemon would take them for its settings."""
    return {k: v for k, v in os.environ.items() if not k.startswith("MINDCONVERTER_")}


def apart() -> dict[str, Any]:
    """Arguments of Popen that keep an interrupt of our process group away from the daemon."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def tied(command: list[Any], folder: Path, **pipes: Any) -> subprocess.Popen[bytes]:
    """Starts a process whose standard input ends with this process, and not with its forks."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, bufsize=0, cwd=folder, env=environment(), **apart(), **pipes
    )
    _tied.add(process)
    return process


def _after_fork() -> None:
    for process in _tied:
        if process.stdin is not None:
            process.stdin.close()
        # The child is not the parent of these: there is nothing for it to wait for.
        process.returncode = 0
    _tied.clear()


def last_line(log: Path) -> str:
    """The last line that a process has written before it ended; empty when there is none."""
    try:
        lines = log.read_text("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
