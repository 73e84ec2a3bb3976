# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""``mindconverter weights``: takes tuned weights to a generated network, and back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mindconverter._command.arguments import Parser, bad_usage, path
from mindconverter._command.converting import result_options
from mindconverter._text import one_line
from mindconverter.errors import Failure

if TYPE_CHECKING:
    from mindconverter._weights import tuning


def run(words: Sequence[str]) -> int:
    """Runs the command line."""
    given = _parser().parse_args(words)
    for option in ("source", "map", "target"):
        if getattr(given, option) is None:
            flag = {"source": "--from", "target": "--to"}.get(option, "--map")
            raise bad_usage("it is not given", origin=flag, kind=Failure.MISSING_PARAMETER)
    from mindconverter._weights import state, tuning

    source, target = Path(given.source).expanduser(), Path(given.target).expanduser().absolute()
    map_file = Path(given.map).expanduser()
    back = source.suffix == tuning.CHECKPOINT
    one_side = state.is_state(target) if back else target.suffix == tuning.CHECKPOINT
    if not one_side or not (back or state.is_state(source)):
        raise bad_usage(
            "one of --from and --to is a .ckpt file, the other a .pth, .pt, .bin or .safetensors",
            origin="--to",
        )
    base = Path(given.base).expanduser() if given.base else None
    way = tuning.to_state if back else tuning.to_checkpoint
    written = way(source, map_file, target, base, overwrite=given.overwrite)
    _tell(given, written)
    return 0


def _tell(given: argparse.Namespace, written: tuning.Written) -> None:
    if given.json:
        fields = {"file": str(written.file), "weights": written.weights, "notes": written.notes}
        print(json.dumps(fields))
    elif not given.quiet:
        print(f"wrote {written.file}: {written.weights} weights")
        for note in written.notes:
            print(f"note: {one_line(note)}", file=sys.stderr)


def _parser() -> Parser:
    parser = Parser(
        prog="mindconverter weights",
        description="Writes the weights of a PyTorch model as the checkpoint of the network that "
        "was made of it, or the other way round.",
    )
    parser.once(
        "--from",
        dest="source",
        type=path,
        metavar="F",
        help="the weights: a .pth, .pt, .bin or .safetensors file, or a .ckpt file",
    )
    parser.once(
        "--map",
        type=path,
        metavar="M",
        help="the weight_map_of_….json that the network's conversion wrote",
    )
    parser.once("--to", dest="target", type=path, metavar="F", help="the file to write")
    parser.once(
        "--base",
        type=path,
        metavar="F",
        help="first weights, of the kind that is written, for what the other side does not have; "
        "on the way to MindSpore, the checkpoint beside the map is found without it",
    )
    result_options(parser)
    return parser
