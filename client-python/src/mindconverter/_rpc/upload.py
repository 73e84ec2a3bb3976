# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What goes up to the server, as frames."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mindconverter._rpc import wire
from mindconverter._rpc.codec import encode
from mindconverter.errors import ConversionError, Failure, failure

_WEIGHTS_PER_FRAME = 1000

Sent = Callable[[int, int], None]


@dataclass(frozen=True)
class LocalFile:
    """A file to send, and the key that the model knows it by."""

    path: Path
    key: str
    kind: int

    def size(self) -> int:
        """Its length now. Raises when it is no readable file."""
        try:
            status = os.stat(self.path)
        except OSError as e:
            raise _unreadable(self.path, e.strerror or str(e)) from e
        if not stat.S_ISREG(status.st_mode):
            raise _unreadable(self.path, "not a regular file")
        if not os.access(self.path, os.R_OK):
            raise _unreadable(self.path, os.strerror(13))
        return status.st_size


@dataclass(frozen=True)
class Job:
    """One conversion's request.

    Attributes:
        notes: What the client itself has to say in the report.
    """

    spec: wire.ConversionSpec
    files: tuple[LocalFile, ...]
    weights: tuple[wire.SourceWeight, ...] = ()
    notes: tuple[wire.ReportEntry, ...] = ()

    def frames(self, sent: Sent) -> Iterator[bytes]:
        """The request's frames; `sent` hears how many bytes of how many have gone."""
        sizes = [file.size() for file in self.files]
        total, done = sum(sizes), 0
        yield encode(wire.ConvertRequest(spec=self.spec))
        for at in range(0, len(self.weights), _WEIGHTS_PER_FRAME):
            some = wire.SourceWeights(self.weights[at : at + _WEIGHTS_PER_FRAME])
            yield encode(wire.ConvertRequest(source_weights=some))
        for file, size in zip(self.files, sizes, strict=True):
            opening = wire.FileHeader(file.key, file.kind, size)
            yield encode(wire.ConvertRequest(file=opening))
            for chunk in _chunks(file.path, size):
                yield wire.chunk_request(chunk)
                done += len(chunk)
                sent(done, total)


def _chunks(path: Path, size: int) -> Iterator[bytes]:
    try:
        with path.open("rb", buffering=0) as file:
            while size > 0:
                chunk = file.read(min(size, wire.CHUNK_BYTES))
                if not chunk:
                    raise _unreadable(path, "it became shorter while it was read")
                size -= len(chunk)
                yield chunk
    except OSError as e:
        raise _unreadable(path, e.strerror or str(e)) from e


def _unreadable(path: Path, why: str) -> ConversionError:
    return failure(
        Failure.MODEL_UNREADABLE,
        f"cannot be read: {why}",
        origin=str(path),
        remedy="name a file that exists and that you may read",
    )
