# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The files of a conversion: all of them appear, whole, or none does."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from mindconverter.errors import ConversionError, Failure, failure

_LONGEST_PATH = 4096
_BINARY = getattr(os, "O_BINARY", 0)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Outputs:
    """Where the files of one conversion go, and what of them has been written.

    Written files stand beside their places under hidden names until `commit`; `discard` takes away
    what has not been committed, and the folders that were made for it.
    """

    def __init__(self, folder: Path, report_folder: Path, name: str, *, overwrite: bool):
        self.script = folder / f"{name}.py"
        self.checkpoint = folder / f"{name}.ckpt"
        self.report = report_folder / f"report_of_{name}.txt"
        self.weight_map = report_folder / f"weight_map_of_{name}.json"
        self.operators = report_folder / f"operators_of_{name}.csv"
        self._overwrite = overwrite
        self._open: dict[Path, OutputFile] = {}
        self._made: list[Path] = []
        self._refuse_what_exists()
        for wanted in (folder, report_folder):
            self._make(wanted)

    def file(self, place: Path) -> OutputFile:
        """Opens the file that will stand at a place."""
        with saving(place):
            file = OutputFile(place)
        self._open[place] = file
        return file

    def commit(self) -> None:
        """Puts every file at its place, or, when one cannot be put there, none."""
        for file in self._open.values():
            with saving(file.place):
                file.finish()
        undo: list[Callable[[], None]] = []
        backups: list[Path] = []
        try:
            for place in self._places():
                with saving(place):
                    self._put(place, undo, backups)
        except BaseException:
            for step in reversed(undo):
                with contextlib.suppress(OSError):
                    step()
            raise
        finally:
            _remove(backups)
            self._remove_temporaries()
        self._made.clear()
        for folder in {place.parent for place in self._places()}:
            _sync_folder(folder)

    def discard(self) -> None:
        """Takes away all that has not been committed."""
        self._remove_temporaries()
        for folder in reversed(self._made):
            # Someone else may have put something there meanwhile.
            with contextlib.suppress(OSError):
                folder.rmdir()
        self._made.clear()

    def _places(self) -> tuple[Path, ...]:
        # The script last: where it stands, the rest stands too.
        return (self.checkpoint, self.weight_map, self.operators, self.report, self.script)

    def _put(self, place: Path, undo: list[Callable[[], None]], backups: list[Path]) -> None:
        file = self._open.get(place)
        if self._overwrite and os.path.lexists(place):
            backup = _hidden(place)
            _link_or_move(place, backup)
            backups.append(backup)
            undo.append(lambda: os.replace(backup, place))
            if file is None:
                # An older conversion's checkpoint would not fit the new script.
                place.unlink(missing_ok=True)
            else:
                os.replace(file.temporary, place)
        elif file is not None:
            _put_without_replacing(file.temporary, place)
            undo.append(place.unlink)

    def _remove_temporaries(self) -> None:
        for file in self._open.values():
            file.close()
        _remove([file.temporary for file in self._open.values()])
        self._open.clear()

    def _refuse_what_exists(self) -> None:
        for place in reversed(self._places()):
            if len(os.fsencode(place)) > _LONGEST_PATH:
                raise failure(
                    Failure.BAD_PARAMETER,
                    f"the path is longer than {_LONGEST_PATH} bytes",
                    origin=str(place.parent),
                    remedy="choose a shorter output folder or name",
                )
            if os.path.lexists(place) and not (self._overwrite and not place.is_dir()):
                raise _exists(place)

    def _make(self, folder: Path) -> None:
        missing: list[Path] = []
        while not folder.exists() and folder != folder.parent:
            missing.append(folder)
            folder = folder.parent
        try:
            if not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            for one in reversed(missing):
                try:
                    one.mkdir()
                except FileExistsError:
                    continue  # another thread or process was quicker: the folder is not ours
                self._made.append(one)
            if not os.access(missing[0] if missing else folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as e:
            self.discard()
            raise _not_saved(missing[0] if missing else folder, e) from e


class OutputFile:
    """A file on its way to its place. For one thread."""

    def __init__(self, place: Path):
        self.place = place
        self.temporary = _hidden(place)
        self.size = 0
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        self._fd = os.open(self.temporary, flags, 0o666)

    def write(self, content: bytes | memoryview) -> None:
        """Appends bytes."""
        rest = memoryview(content)
        with saving(self.place):
            while rest:
                written = os.write(self._fd, rest)
                self.size += written
                rest = rest[written:]

    def flush(self) -> None:
        """Does nothing: no bytes are held back. For those who write to files of any kind."""

    def finish(self) -> None:
        """Brings the bytes onto the disk, and closes."""
        try:
            os.fsync(self._fd)
        finally:
            self.close()

    def close(self) -> None:
        """Closes; a second time does nothing."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)


@contextlib.contextmanager
def alone(place: Path, *, overwrite: bool) -> Iterator[OutputFile]:
    """A file that appears at its place, whole, when all of it has been written."""
    if os.path.lexists(place) and not (overwrite and not place.is_dir()):
        raise _exists(place)
    with saving(place):
        file = OutputFile(place)
    try:
        yield file
        with saving(place):
            file.finish()
            if overwrite:
                os.replace(file.temporary, place)
            else:
                _put_without_replacing(file.temporary, place)
        _sync_folder(place.parent)
    finally:
        file.close()
        _remove([file.temporary])


@contextlib.contextmanager
def saving(place: Path) -> Iterator[None]:
    """Turns the operating system's refusals into the error that callers see."""
    try:
        yield
    except FileExistsError as e:
        raise _exists(place) from e
    except OSError as e:
        raise _not_saved(place, e) from e


def _exists(place: Path) -> ConversionError:
    return failure(
        Failure.SCRIPT_GENERATION,
        "the output exists already" if not place.is_dir() else "a folder stands at its place",
        origin=str(place),
        remedy="choose another folder or name, or allow to overwrite",
    )


def _not_saved(place: Path, error: OSError) -> ConversionError:
    remedy = "choose a folder that you can write to"
    if error.errno in _FULL:
        remedy = "make room there, or choose another output folder"
    return failure(
        Failure.FILE_SAVE,
        f"cannot be written: {error.strerror or error}",
        origin=str(place),
        remedy=remedy,
    )


def _hidden(place: Path) -> Path:
    # Not made from the place's name, which may already be as long as a name can be.
    return place.with_name(f".mindconverter-{secrets.token_hex(8)}.tmp")


def _put_without_replacing(temporary: Path, place: Path) -> None:
    try:
        os.link(temporary, place)
    except FileExistsError:
        raise
    except OSError:
        # Not every file system has links; then the check and the move are two steps.
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.rename(temporary, place)


def _link_or_move(place: Path, backup: Path) -> None:
    try:
        os.link(place, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):
        os.rename(place, backup)


def _remove(paths: list[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders, and some file systems cannot bring them onto the disk.
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
