# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""How far a conversion is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """A step of a conversion.

    Attributes:
        phase: ``exporting``, ``sending``, ``queued``, ``reading``, ``mapping`` or ``writing``.
        done: Steps done: bytes while sending and writing, operators while mapping.
        total: Steps in all; 0 when that is not known.
    """

    phase: str
    done: int = 0
    total: int = 0


ProgressListener = Callable[[Progress], None]


def unheard(progress: Progress) -> None:
    """Takes progress that nobody asked for."""
