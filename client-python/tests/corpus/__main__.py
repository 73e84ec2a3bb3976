# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Command line: `python -m corpus list [--kind K]`, `python -m corpus build NAME DIR`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from corpus import ENTRIES


def _list(arguments: argparse.Namespace) -> None:
    for entry in ENTRIES.values():
        if arguments.kind in (None, entry.kind):
            size = "big" if entry.big else "small"
            print(f"{entry.name:42} {entry.kind:13} {entry.family:22} {size}")


def _build(arguments: argparse.Namespace) -> None:
    from corpus.folder import build  # heavy: torch

    facts = build(ENTRIES[arguments.name], arguments.directory, arguments.exporter)
    print(json.dumps(facts))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    commands = parser.add_subparsers(required=True)
    listing = commands.add_parser("list", help="print the entries")
    listing.add_argument("--kind", choices=sorted({entry.kind for entry in ENTRIES.values()}))
    listing.set_defaults(run=_list)
    building = commands.add_parser("build", help="export one entry with inputs and answers")
    building.add_argument("name", choices=ENTRIES, metavar="NAME")
    building.add_argument("directory", type=Path)
    building.add_argument(
        "--exporter", choices=("dynamo", "dynamo-noopt", "legacy"), default="dynamo"
    )
    building.set_defaults(run=_build)
    return parser


def main() -> int:
    """Runs the command."""
    arguments = _parser().parse_args()
    arguments.run(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
