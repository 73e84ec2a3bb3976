# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The daemon that belongs to this process: starts on first need, ends with it."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import secrets
import subprocess
import tempfile
import threading
from pathlib import Path

from mindconverter._daemon import cache, jar, java, launch
from mindconverter._daemon.aot import AotCache
from mindconverter._rpc.endpoint import Endpoint
from mindconverter.errors import ConversionError, Failure, failure

_START_SECONDS = 60
_LISTENING = re.compile(rb"listening on 127\.0\.0\.1:(\d{1,5})\s*")
_MOST_LINES = 100
_LONGEST_LINE = 4096


class EmbeddedDaemon:
    """A daemon whose standard input is tied to this process: its end is the daemon's."""

    def __init__(self) -> None:
        self._java = java.find()
        self._jar = jar.find()
        folder = cache.private_folder()
        self._folder = folder or Path(tempfile.gettempdir())
        self._aot: AotCache | None = None
        if folder is not None and AotCache.offered_by(self._java):
            self._aot = AotCache(folder, self._java, self._jar)
            cache.remove_old(folder, "daemon-*.log")
            cache.remove_old(folder, "hs_err_*.log")
        self._maker: subprocess.Popen[bytes] | None = None
        self._token = secrets.token_urlsafe(32)
        self._start()

    def endpoint(self) -> Endpoint:
        """Where it listens."""
        return Endpoint(
            f"127.0.0.1:{self._port}", self._token, private=True, obituary=self._obituary
        )

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def make_cache(self) -> None:
        """Sees to it that the next daemon starts sooner; does not wait for that."""
        if self._aot is not None and self._maker is None:
            self._maker = self._aot.make()

    def let_go(self) -> None:
        """Ends it soon, without waiting."""
        self._close_pipes(b"k")
        with contextlib.suppress(OSError):
            self._log.unlink()

    def stop(self) -> None:
        """Ends it, and waits until it has ended."""
        self.let_go()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> None:
        extra = self._aot.flags() if self._aot is not None else []
        try:
            self._port = self._launch(extra)
        except ConversionError:
            if not extra or self._aot is None:
                raise
            # The cache may be what it died of.
            self._aot.forget()
            self._port = self._launch([])

    def _launch(self, extra: list[str]) -> int:
        fd, name = tempfile.mkstemp(prefix="daemon-", suffix=".log", dir=self._folder)
        self._log = Path(name)
        flags = [*extra, *launch.QUICK_FLAGS, *launch.machine_flags(self._folder)]
        daemon = ["-jar", self._jar.path, "--embedded", "--port", "0"]
        try:
            self._process = launch.tied(
                [self._java.executable, *flags, *daemon],
                self._folder,
                stdout=subprocess.PIPE,
                stderr=fd,
            )
        except OSError as e:
            raise _did_not_start(e.strerror or str(e)) from e
        finally:
            os.close(fd)
        port = self._await_port()
        if port is None:
            self._close_pipes(b"")
            self._process.kill()
            self._process.wait()
            why = launch.last_line(self._log) or f"exit status {self._process.returncode}"
            self._log.unlink(missing_ok=True)
            raise _did_not_start(why)
        return port

    def _await_port(self) -> int | None:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        timer = threading.Timer(_START_SECONDS, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            # Neither an argument nor a variable, which other processes could read.
            stdin.write(self._token.encode("ascii") + b"\n")
            for _ in range(_MOST_LINES):
                line = stdout.readline(_LONGEST_LINE)
                if match := _LISTENING.fullmatch(line):
                    return int(match[1])
                if not line:
                    break
        except BrokenPipeError:
            return None
        finally:
            timer.cancel()
            stdout.close()
        return None

    def _close_pipes(self, last_word: bytes) -> None:
        maker = self._maker
        if maker is not None and maker.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                maker.stdin.write(last_word)
        for process in (self._process, maker):
            if process is not None and process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()

    def _obituary(self) -> str:
        try:
            status = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return ""
        how = f"signal {-status}" if status < 0 else f"status {status}"
        last = launch.last_line(self._log)
        return f"the embedded daemon ended with {how}" + (f": {last}" if last else "")


_lock = threading.Lock()
_current: EmbeddedDaemon | None = None


def endpoint() -> Endpoint:
    """This process's daemon; started when there is none."""
    return _running().endpoint()


def prepare() -> None:
    """Begins to start it, and does not wait for that."""
    threading.Thread(target=_try_to_start, name="mindconverter-start", daemon=True).start()


def make_cache() -> None:
    """Sees to it that the next process's daemon starts sooner."""
    with _lock:
        if _current is not None:
            _current.make_cache()


def stop() -> None:
    """Ends this process's daemon, when there is one, and waits for that."""
    global _current
    with _lock:
        daemon, _current = _current, None
        if daemon is not None:
            daemon.stop()


def _running() -> EmbeddedDaemon:
    global _current
    with _lock:
        if _current is not None and not _current.is_alive():
            _current.let_go()
            _current = None
        if _current is None:
            _current = EmbeddedDaemon()
        return _current


def _try_to_start() -> None:
    # What is wrong, whoever needs the daemon is told.
    with contextlib.suppress(ConversionError):
        _running()


def _let_go() -> None:
    if _current is not None:
        _current.let_go()


def _after_fork() -> None:
    global _current, _lock
    # Another thread of the parent may have held it.
    _lock = threading.Lock()
    _current = None


def _did_not_start(why: str) -> ConversionError:
    return failure(
        Failure.START_FAILED,
        f"the embedded daemon did not start: {why}",
        remedy=f"try another Java ({java.JAVA_VARIABLE}), or name a server",
    )


atexit.register(_let_go)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
