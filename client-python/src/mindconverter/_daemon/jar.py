# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The daemon's program."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from mindconverter.errors import Failure, failure

JAR_VARIABLE = "MINDCONVERTER_DAEMON_JAR"

_BUNDLED = Path(__file__).parent.parent / "daemon.jar"


@dataclass(frozen=True)
class Jar:
    """A daemon's program, and the SHA-256 of its bytes in hexadecimal."""

    path: Path
    digest: str


def find() -> Jar:
    """The program that the package carries, or that the environment names for development."""
    named = os.environ.get(JAR_VARIABLE)
    path = Path(named).absolute() if named else _BUNDLED
    try:
        return Jar(path, _digest(path))
    except OSError as e:
        raise failure(
            Failure.START_FAILED,
            f"the daemon's program cannot be read: {e.strerror}",
            origin=str(path),
            remedy="install mindconverter from its wheel, or name a server",
        ) from e


def _digest(path: Path) -> str:
    if path == _BUNDLED:
        # The build has written it down: reading the program takes longer than starting it should.
        return path.with_name("daemon.jar.sha256").read_text("ascii").split()[0]
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
