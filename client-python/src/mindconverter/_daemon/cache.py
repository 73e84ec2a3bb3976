# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""A folder on this machine that only its user can reach."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from pathlib import Path

CACHE_VARIABLE = "MINDCONVERTER_CACHE_DIR"

_OLD_SECONDS = 7 * 24 * 3600


def private_folder() -> Path | None:
    """The folder, made when it is not there; None when there is none that can be trusted.

    What stands in it is run as code: one that others could have written to is not used.
    """
    folder = _place()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if is_private(folder, stat.S_IFDIR) else None
    except OSError:
        return None


def is_private(path: Path, kind: int) -> bool:
    """Whether it is of the kind, no link, ours, and closed to others where that can be said."""
    status = path.lstat()
    if stat.S_IFMT(status.st_mode) != kind:
        return False
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o077


def remove_old(folder: Path, pattern: str) -> None:
    """Removes what processes that were killed have left."""
    limit = time.time() - _OLD_SECONDS
    for file in folder.glob(pattern):
        # Another process may remove the same one.
        with contextlib.suppress(OSError):
            if file.stat().st_mtime < limit:
                file.unlink()


def _place() -> Path:
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named).absolute()
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home) / "mindconverter" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "mindconverter"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "mindconverter"
