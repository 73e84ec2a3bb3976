# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The daemon that a user starts by hand and that stays until it is stopped."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from mindconverter._daemon import cache, jar, java, launch
from mindconverter._rpc.endpoint import Endpoint, read_token
from mindconverter.errors import ConversionError, Failure, failure

_START_SECONDS = 60
# Longer than the daemon lets running calls go on.
_STOP_SECONDS = 75
_ANSWER_SECONDS = 5
_LISTENING = re.compile(r"^listening on (127\.0\.0\.1:\d{1,5})$", re.MULTILINE)


@dataclass(frozen=True)
class Standing:
    """A daemon that was started.

    Attributes:
        token_file: File with the token that it asks for.
    """

    address: str
    pid: int
    token_file: str

    def version(self) -> str | None:
        """Its version; None when it does not run, or another server took its port."""
        from mindconverter._rpc import channel

        try:
            endpoint = Endpoint(self.address, read_token(Path(self.token_file)), private=True)
            return channel.capabilities(endpoint, _ANSWER_SECONDS).server_version
        except ConversionError:
            return None


def start(port: int) -> Standing:
    """Starts it. Raises when one of this user's runs already."""
    folder = _folder()
    running = current()
    if running is not None:
        raise failure(
            Failure.BAD_PARAMETER,
            "a daemon runs already",
            origin=running.address,
            remedy="use that one, or stop it by 'mindconverter daemon stop'",
        )
    token_file, log = folder / "standing.token", folder / "standing.log"
    _write_private(token_file, secrets.token_urlsafe(32) + "\n")
    _write_private(log, "")
    process = _launch(folder, port, token_file, log)
    address = _await_address(process, log)
    standing = Standing(address, process.pid, str(token_file))
    _write_private(_state(folder), json.dumps(dataclasses.asdict(standing)))
    # It goes on after us: nothing here waits for it.
    process.returncode = 0
    return standing


def current() -> Standing | None:
    """The one that runs; None when there is none."""
    try:
        standing = Standing(**json.loads(_state(_folder()).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return standing if standing.version() is not None else None


def stop() -> Standing | None:
    """Stops the one that runs, and waits until it has ended; None when there is none."""
    standing = current()
    # Its process is known by its token: the number alone might by now be another process's.
    if standing is None:
        return None
    os.kill(standing.pid, signal.SIGTERM)
    limit = time.monotonic() + _STOP_SECONDS
    while not _has_ended(standing.pid):
        if time.monotonic() > limit:
            os.kill(standing.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
            break
        time.sleep(0.05)
    for file in (_state(_folder()), Path(standing.token_file)):
        file.unlink(missing_ok=True)
    return standing


def _has_ended(pid: int) -> bool:
    if sys.platform == "win32":
        # There, the signal above ends a process at once.
        return True
    with contextlib.suppress(ChildProcessError):
        # Only where this process started it: it would else stay in the table.
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _launch(folder: Path, port: int, token_file: Path, log: Path) -> subprocess.Popen[bytes]:
    program = jar.find()
    settings = ["--host", "127.0.0.1", "--port", port, "--metrics-port", 0]
    command = [
        java.find().executable,
        "--enable-native-access=ALL-UNNAMED",
        *launch.machine_flags(folder),
        *("-jar", program.path),
        *settings,
        *("--token-file", token_file),
    ]
    try:
        with log.open("ab") as output:
            return subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=folder,
                env=launch.environment(),
                **launch.apart(),
            )
    except OSError as e:
        raise _did_not_start(e.strerror or str(e), log) from e


def _await_address(process: subprocess.Popen[bytes], log: Path) -> str:
    limit = time.monotonic() + _START_SECONDS
    while time.monotonic() < limit:
        ended = process.poll() is not None
        if match := _LISTENING.search(log.read_text("utf-8", "replace")):
            return match[1]
        if ended:
            break
        time.sleep(0.02)
    with contextlib.suppress(OSError):
        process.kill()
    raise _did_not_start(launch.last_line(log) or f"exit status {process.wait()}", log)


def _folder() -> Path:
    folder = cache.private_folder()
    if folder is None:
        raise failure(
            Failure.START_FAILED,
            "there is no private folder to keep the daemon's token in",
            remedy=f"name one that only you can reach in {cache.CACHE_VARIABLE}",
        )
    return folder


def _state(folder: Path) -> Path:
    return folder / "standing.json"


def _write_private(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as out:
        out.write(text)


def _did_not_start(why: str, log: Path) -> ConversionError:
    return failure(
        Failure.START_FAILED,
        f"the daemon did not start: {why}",
        origin=str(log),
        remedy="look at its log; name another port if this one is taken",
    )
