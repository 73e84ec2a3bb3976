# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Writes client-python/readability.md: scripts beside the sources of their models.

    python -m parity.readability                   everything, then the file
    python -m parity.readability --entry hf_bert   a part, printed only

Run it in client-python/tests with the package installed.
"""

from __future__ import annotations

import argparse
import inspect
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import ENTRIES
from corpus.making import make

from parity.names import told

if TYPE_CHECKING:
    import torch

RECORD = Path(__file__).resolve().parents[2] / "readability.md"
_FRAMEWORK = "torch.nn."


@dataclass(frozen=True)
class Reading:
    """A script beside its model's source.

    Attributes:
        names: The share of the state_dict's entries that the weight map tells of as it should.
        lines: Lines of the script's classes, of the source's classes.
        classes: Classes of the script, of the source.
        longest: Characters of the script's longest line.
        clean: Whether ruff finds nothing in the script by its default rules.
    """

    entry: str
    names: float
    lines: tuple[int, int]
    classes: tuple[int, int]
    longest: int
    clean: bool


def reading(entry: str, work: Path) -> Reading | None:
    """Converts an entry by torch's default exporter; nothing where that is refused."""
    import mindconverter

    made = make(ENTRIES[entry])
    folder = work / entry
    try:
        done = mindconverter.pytorch2mindspore(made.model, made.arguments, str(folder))
    except mindconverter.ConversionError:
        return None
    found = told(made.model, made.arguments, Path(done.weight_map))
    script = Path(done.script).read_text(encoding="utf-8")
    clean = _is_clean(done.script)
    shutil.rmtree(folder)
    body = script[script.index("\nclass ") :]
    sources = list(_sources(made.model))
    return Reading(
        entry,
        found.share,
        (body.count("\n"), sum(map(_lines, sources))),
        (body.count("\nclass "), len(sources)),
        max(map(len, script.splitlines())),
        clean,
    )


def _is_clean(script: str) -> bool:
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--quiet", script],
        timeout=60,
        check=False,
    )
    return checked.returncode == 0


def _sources(model: torch.nn.Module) -> Iterator[type]:
    """The classes of a model that are not the framework's, each once."""
    seen = set()
    for module in model.modules():
        kind = type(module)
        if kind not in seen and not f"{kind.__module__}.".startswith(_FRAMEWORK):
            seen.add(kind)
            yield kind


def _lines(kind: type) -> int:
    return len([line for line in inspect.getsource(kind).splitlines() if line.strip()])


def _table(readings: Sequence[Reading], refused: int) -> str:
    whole = sum(each.names == 1 for each in readings)
    written, source = (sum(each.lines[i] for each in readings) for i in (0, 1))
    classes, originals = (sum(each.classes[i] for each in readings) for i in (0, 1))
    clean = sum(each.clean for each in readings)
    packages = ", ".join(f"{name} {version(name)}" for name in ("torch", "onnx"))
    rows = "".join(
        f"| {each.entry} | {each.names:.0%} | {each.lines[0]} | {each.lines[1]} "
        f"| {each.classes[0]} | {each.classes[1]} |\n"
        for each in readings
    )
    return f"""# Scripts beside the sources of their models

Written by `python -m parity.readability` in `client-python/tests`, with {packages}.
Date: {date.today().isoformat()}.

{len(readings)} models of the DEV corpus, converted by `pytorch2mindspore`; {refused} more are
refused by torch's exporters. The source is the text of all classes of the model that are not
torch's own, blank lines left out: it holds branches that this model does not take, and what it
inherits is not counted.

- Models whose every state_dict entry is told of under its own path: {whole} of {len(readings)}.
- Lines of script for a line of source: {written / source:.2f}.
- Classes of script for a class of source: {classes / originals:.2f}.
- Longest line of all scripts: {max(each.longest for each in readings)} characters.
- Scripts in which `ruff check` finds nothing by its default rules: {clean} of {len(readings)}.

| entry | names | lines | of source | classes | of source |
|---|--:|--:|--:|--:|--:|
{rows}"""


def main() -> int:
    """Prints or writes what is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m parity.readability",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    chosen = [name for name, entry in ENTRIES.items() if entry.kind != "onnx"]
    parser.add_argument("--entry", action="append", choices=chosen, metavar="NAME")
    given = parser.parse_args()
    readings, refused = [], 0
    with tempfile.TemporaryDirectory(prefix="mindconverter-readability-") as work:
        for entry in given.entry or chosen:
            found = reading(entry, Path(work))
            print(found or f"{entry}: refused")
            sys.stdout.flush()
            if found:
                readings.append(found)
            else:
                refused += 1
    if not given.entry:
        RECORD.write_text(_table(readings, refused), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
