# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Reads pieces of files, with errors for users."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from mindconverter.errors import ConversionError, Failure, failure

_BLOCK = 1 << 20


@contextlib.contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Opens a file; what the operating system refuses becomes the error that users see."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as e:
        raise failure(
            Failure.MODEL_UNREADABLE,
            f"cannot be read: {e.strerror or e}",
            origin=str(path),
            remedy="name a file that exists and that you may read",
        ) from e


def damaged(path: Path, message: str) -> ConversionError:
    """The error for a file whose bytes are not what its format asks for."""
    return failure(
        Failure.MALFORMED_MODEL, message, origin=str(path), remedy="copy or save the file again"
    )


def bytes_at(path: Path, places: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """The bytes at offsets, in blocks."""
    with reading(path) as file:
        for offset, size in places:
            file.seek(offset)
            rest = size
            while rest:
                block = file.read(min(rest, _BLOCK))
                if not block:
                    raise damaged(path, "it became shorter while it was read")
                rest -= len(block)
                yield block
