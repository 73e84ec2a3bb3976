# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Makes the daemon's AOT cache, in a process of its own: FILE JAVA FLAG...

Runs without the package's other modules, so that it starts quickly. See `aot.AotCache.make` for
what standard input says.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

_MOST_SECONDS = 120
_STALE_SECONDS = 600


def main() -> int:
    file, java, *command = sys.argv[1:]
    target = Path(file)
    temporary = target.with_suffix(".making")
    if not _reserve(temporary):
        return 0
    with contextlib.suppress(AttributeError, OSError):
        os.nice(19)
    threading.Thread(target=_end_with_parent, args=(temporary,), daemon=True).start()
    try:
        if _run([java, f"-XX:AOTCacheOutput={temporary}", *command]) == 0:
            temporary.chmod(0o600)
            os.replace(temporary, target)
            _remove_others(target)
    finally:
        _remove(temporary)
    return 0


def _reserve(temporary: Path) -> bool:
    """Whether no other process is making the same file."""
    with contextlib.suppress(OSError):
        if time.time() - temporary.stat().st_mtime > _STALE_SECONDS:
            temporary.unlink()
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True


def _run(command: list[str]) -> int:
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )
    assert process.stdin is not None
    # The daemon wants a token first; it ends itself, and its input stays open until then.
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(b"unused\n")
    try:
        return process.wait(_MOST_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _end_with_parent(temporary: Path) -> None:
    if sys.stdin.buffer.read(1):
        return
    _remove(temporary)
    if hasattr(os, "killpg"):
        # Java makes the file in a second process of its own, which would live on.
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(1)


def _remove(temporary: Path) -> None:
    # Java puts what it has recorded beside it, under a longer name.
    for file in temporary.parent.glob(temporary.name + "*"):
        file.unlink(missing_ok=True)


def _remove_others(target: Path) -> None:
    for other in target.parent.glob("daemon-*.aot"):
        if other != target:
            other.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
