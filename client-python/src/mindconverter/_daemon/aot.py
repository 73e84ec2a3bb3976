# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The daemon's classes as Java has loaded them before: halves the time to start."""

from __future__ import annotations

import contextlib
import hashlib
import json
import stat
import subprocess
import sys
from pathlib import Path

from mindconverter._daemon import cache, launch
from mindconverter._daemon.jar import Jar
from mindconverter._daemon.java import Java

# The first one that makes such a file in one step.
_OLDEST_JAVA = 25
_MAKER = Path(__file__).with_name("aot_maker.py")


class AotCache:
    """The file for one program on one Java.

    Its name has the digest of the program's bytes: Java does not notice that a file was made from
    other classes than it is used with, and would run the old ones.
    """

    def __init__(self, folder: Path, java: Java, jar: Jar):
        key = json.dumps([jar.digest, java.identity, launch.QUICK_FLAGS])
        self.file = folder / f"daemon-{hashlib.sha256(key.encode()).hexdigest()[:32]}.aot"
        self._java = java
        flags = [*launch.QUICK_FLAGS, *launch.machine_flags(folder)]
        self._command = [*flags, "-jar", str(jar.path), "--port", "0", "--once"]

    @staticmethod
    def offered_by(java: Java) -> bool:
        """Whether a Java can make and use such a file."""
        return java.major >= _OLDEST_JAVA

    def flags(self) -> list[str]:
        """The flags that make Java use the file; none when there is no file to be trusted."""
        try:
            if not cache.is_private(self.file, stat.S_IFREG):
                return []
        except OSError:
            return []
        # Without the second one, damage inside the file crashes Java instead of being noticed.
        return [f"-XX:AOTCache={self.file}", "-XX:+VerifySharedSpaces"]

    def forget(self) -> None:
        """Removes the file."""
        with contextlib.suppress(OSError):
            self.file.unlink()

    def make(self) -> subprocess.Popen[bytes] | None:
        """Starts a process that makes the file, unless it is there or cannot be made.

        The process ends without a file when its standard input ends, unless it has read a byte
        before: so a killed parent leaves nothing behind, and one that ends well need not wait.
        """
        python = Path(sys.executable or "")
        if self.flags() or getattr(sys, "frozen", False) or "python" not in python.name.lower():
            return None
        try:
            return launch.tied(
                [python, "-I", "-S", _MAKER, self.file, self._java.executable, *self._command],
                self.file.parent,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            # No more processes allowed: the daemon starts without the file, as before.
            return None
