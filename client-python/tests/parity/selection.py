# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Which ways each corpus entry is taken, and the small models that every build judges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import ENTRIES
from corpus.specimen import Entry

from parity.run import MODES, Task
from parity.verdict import Mode

ROUTES = ("api", "file")
EXPORTERS = ("dynamo", "legacy")


@dataclass(frozen=True, order=True)
class Way:
    """One conversion of one entry: `route` is "api" or "file"."""

    entry: str
    route: str
    exporter: str

    def __str__(self) -> str:
        return f"{self.entry}-{self.route}-{self.exporter}"

    def task(self, work: Path, *, strict: bool) -> Task:
        """The task that judges it."""
        modes: tuple[Mode, ...] = (*MODES, "strict") if strict else MODES
        job = {
            "entry": self.entry,
            "route": self.route,
            "exporter": self.exporter,
            "work": str(work),
        }
        return Task(str(self), job, modes)


def ways_of(entry: Entry) -> Iterator[Way]:
    """Every way of an entry. A ready ONNX graph has one."""
    if entry.kind == "onnx":
        yield Way(entry.name, "file", "ready")
        return
    for route in ROUTES:
        for exporter in EXPORTERS:
            yield Way(entry.name, route, exporter)


def all_ways(entries: Iterable[Entry] = tuple(ENTRIES.values())) -> list[Way]:
    """Every way of the entries, those of one entry together."""
    return [way for entry in entries for way in ways_of(entry)]
