# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Converts the corpus' models through the API, and says how much of each state_dict is told of.

    python -m parity.names                   everything, one line for each model and exporter
    python -m parity.names --entry hf_bert   a part

Run it in client-python/tests with the package installed. Status 1 where anything is below 100 %.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import ENTRIES

from parity.selection import EXPORTERS

if TYPE_CHECKING:
    import torch

# What MindSpore's cells call a parameter of PyTorch's modules.
LEAVES = {
    "weight": ("weight", "gamma", "embedding_table", "w"),
    "bias": ("bias", "beta"),
    "running_mean": ("moving_mean",),
    "running_var": ("moving_variance",),
}
# The words of the weight map for what no forward reads.
UNREAD = "forward does not read it"


@dataclass(frozen=True)
class Told:
    """How a weight map tells of a model's tensors.

    Attributes:
        entries: How many entries the state_dict has.
        faults: What is wrong with an entry or with a buffer that is not kept, by its name.
        derived: Parameters that are tables of the graph's, and of no entry.
    """

    entries: int
    faults: Mapping[str, str]
    derived: Sequence[str] = ()

    @property
    def share(self) -> float:
        """The share of the entries that are told of as they should be."""
        return share(self.entries, len(self.faults))


def share(entries: int, faults: int) -> float:
    """The share of the entries without a fault."""
    return 1 - faults / entries if entries else 1.0


def told(model: torch.nn.Module, arguments: tuple[Any, ...], weight_map: Path) -> Told:
    """Judges the weight map of a model, of which the arguments show what its forward reads."""
    read = read_by_forward(model, arguments)
    (rows,) = json.loads(weight_map.read_text(encoding="utf-8")).values()
    names = list(model.state_dict())
    known = {*names, *dict(model.named_buffers(remove_duplicate=False))}
    by_source: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        for source in tensors(row["source_weight"]):
            by_source.setdefault(source["name"], []).append(row)
    faults = {name: _fault(name, by_source, read) for name in known}
    derived = [
        each["name"]
        for row in rows
        if not row["source_weight"]
        for each in tensors(row["converted_weight"])
    ]
    return Told(len(names), {k: v for k, v in faults.items() if v}, derived)


def tensors(side: Any) -> list[dict[str, Any]]:
    """One side of a row, which may be nothing, one tensor, or several."""
    if side is None:
        return []
    return side if isinstance(side, list) else [side]


def _fault(name: str, by_source: Mapping[str, Sequence[dict[str, Any]]], read: set[str]) -> str:
    rows = by_source.get(name, ())
    if len(rows) != 1:
        return f"{len(rows)} rows"
    (row,) = rows
    if "alias_of" in row:
        return ""
    converted = [each["name"] for each in tensors(row["converted_weight"])]
    if not converted:
        if not row.get("reason"):
            return "neither converted nor a reason"
        return "read, and said not to be" if row["reason"] == UNREAD and name in read else ""
    # A tied weight stands where the network reads it first, which may be under another name.
    aliases = [a for a, (own, *_) in by_source.items() if own.get("alias_of") == name]
    if not any(is_same_path(known, each) for each in converted for known in (name, *aliases)):
        return f"elsewhere: {converted[0]}"
    return ""


def is_same_path(source: str, converted: str) -> bool:
    """Whether a parameter stands where the source has it, under MindSpore's word for it."""
    *owner, leaf = source.split(".")
    *own_owner, own_leaf = converted.split(".")
    # A name that Python or nn.Cell has taken is mangled.
    if own_owner[-1:] == ["bn2d"]:
        own_owner.pop()  # where nn.BatchNorm3d keeps its parameters
    same = len(owner) == len(own_owner) and all(
        a == b or not _is_plain(a) for a, b in zip(owner, own_owner, strict=True)
    )
    return same and (own_leaf == leaf or own_leaf in LEAVES.get(leaf, ()) or not _is_plain(leaf))


def _is_plain(part: str) -> bool:
    from keyword import iskeyword

    return (part.isidentifier() and not iskeyword(part)) or part.isdecimal()


def read_by_forward(model: torch.nn.Module, arguments: tuple[Any, ...]) -> set[str]:
    """The names of parameters that an output depends on, by torch's own account."""
    import torch
    from corpus.tensors import flatten

    names = {id(p): n for n, p in model.named_parameters()}
    with torch.enable_grad():
        outputs = flatten(model(*arguments))
    pending = [tensor.grad_fn for tensor in outputs if tensor.grad_fn is not None]
    seen, found = set(pending), set()
    while pending:
        node = pending.pop()
        variable = getattr(node, "variable", None)
        if variable is not None and id(variable) in names:
            found.add(names[id(variable)])
        for follower, _ in node.next_functions:
            if follower is not None and follower not in seen:
                seen.add(follower)
                pending.append(follower)
    return found


def judged(entry: str, exporters: Sequence[str], work: Path) -> Iterator[tuple[str, Told | str]]:
    """Converts an entry by each exporter; yields the exporter with what came of it."""
    from corpus.making import make

    import mindconverter

    made = make(ENTRIES[entry])
    for exporter in exporters:
        folder = work / f"{entry}-{exporter}"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            done = mindconverter.pytorch2mindspore(
                made.model, made.arguments, str(folder), exporter=exporter
            )
        except mindconverter.ConversionError as error:
            yield exporter, f"refused: {error.name}"
        else:
            yield exporter, told(made.model, made.arguments, done.weight_map)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Prints a line for each model and exporter, and the sums."""
    parser = argparse.ArgumentParser(
        prog="python -m parity.names",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    chosen = [name for name, entry in ENTRIES.items() if entry.kind != "onnx"]
    parser.add_argument("--entry", action="append", choices=chosen, metavar="NAME")
    parser.add_argument("--exporter", action="append", choices=EXPORTERS)
    parser.add_argument("--small", action="store_true", help="leave big models out")
    given = parser.parse_args()
    kinds: Counter[str] = Counter()
    entries = faults = 0
    with tempfile.TemporaryDirectory(prefix="mindconverter-names-") as work:
        for entry in given.entry or chosen:
            if given.small and ENTRIES[entry].big:
                continue
            for exporter, found in judged(entry, given.exporter or EXPORTERS, Path(work)):
                kinds[_line(entry, exporter, found)] += 1
                if isinstance(found, Told):
                    entries += found.entries
                    faults += len(found.faults)
    print(", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    print(f"{share(entries, faults):.2%} of {entries} entries")
    return 1 if kinds["below 100 %"] else 0


def _line(entry: str, exporter: str, found: Told | str) -> str:
    """Prints what came of one conversion, and returns its kind."""
    if isinstance(found, str):
        print(f"{entry:40} {exporter:7} {found}")
        kind = "refused"
    else:
        kind = "at 100 %" if not found.faults else "below 100 %"
        print(f"{entry:40} {exporter:7} {found.entries:5} entries {found.share:7.2%}")
        for name, fault in found.faults.items():
            print(f"    {name}: {fault}")
    sys.stdout.flush()
    return kind


if __name__ == "__main__":
    sys.exit(main())
