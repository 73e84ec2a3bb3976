# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""``mindconverter --model_file F``: converts a model file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

import mindconverter
from mindconverter import _request
from mindconverter._api import convert
from mindconverter._command.arguments import Parser, UsageError, bad_usage, path, shape
from mindconverter._command.bar import Bar
from mindconverter._conversion import Conversion
from mindconverter._progress import unheard
from mindconverter._report import rate_of
from mindconverter._rpc.endpoint import Credentials
from mindconverter.errors import ConversionError, Failure

WITH_PLACEHOLDERS = 3


def run(words: Sequence[str]) -> int:
    """Runs the command line."""
    parser = _parser()
    if not words:
        parser.print_help()
        return 0
    given = parser.parse_args(words)
    if given.version:
        print(f"mindconverter ({mindconverter.__version__})")
        return 0
    _check(given)
    try:
        conversion = _convert(given)
    except ConversionError as e:
        if given.json:
            print(json.dumps(error_fields(e)))
        raise
    if given.json:
        print(json.dumps(_fields(conversion)))
    elif not given.quiet:
        print("\n".join(_summary(conversion)))
    return WITH_PLACEHOLDERS if conversion.operators.placeholders else 0


def error_fields(error: ConversionError) -> dict[str, str]:
    """What ``--json`` says about an error."""
    return {
        "code": error.code,
        "name": error.name,
        "message": error.message,
        "origin": error.origin,
        "remedy": error.remedy,
    }


def _parser() -> Parser:
    parser = Parser(
        prog="mindconverter",
        description="Converts a model file to MindSpore source and a checkpoint.",
        epilog="Sub-commands: 'mindconverter daemon -h', 'mindconverter operators -h', "
        "'mindconverter weights -h'. "
        "Exit status: 0 all converted; 3 written, with placeholders; "
        "1 failed, nothing written; 2 bad usage.",
    )
    parser.once("--version", nargs=0, default=False, help="print the version and end")
    parser.once("--model_file", type=path, metavar="F", help="the model: an .onnx file")
    parser.once(
        "--shape",
        type=shape,
        nargs="+",
        metavar="S",
        help="constant shapes for the --input_nodes, in their order, such as 1,3,224,224",
    )
    parser.once("--input_nodes", nargs="+", metavar="N", help="inputs to convert from")
    parser.once("--output_nodes", nargs="+", metavar="N", help="outputs to convert up to")
    parser.once(
        "--output",
        type=path,
        default="output",
        metavar="DIR",
        help="where script and checkpoint go (default: output)",
    )
    parser.once("--report", type=path, metavar="DIR", help="where reports go (default: --output)")
    parser.once(
        "--weights",
        type=path,
        metavar="F",
        help="the weights that the model was exported from, for names that the export lost: "
        "a .pth, .pt, .bin or .safetensors file",
    )
    parser.once("--name", help="stem of the files (default: the model file's)")
    server_options(parser)
    result_options(parser)
    return parser


def result_options(parser: Parser) -> None:
    """Adds the options for what is written and printed."""
    parser.once("--overwrite", nargs=0, default=False, help="replace files that exist")
    parser.once("--quiet", nargs=0, default=False, help="print errors only")
    parser.once("--json", nargs=0, default=False, help="print the result as JSON")


def server_options(parser: Parser) -> None:
    """Adds the options that choose a server."""
    parser.once(
        "--server",
        metavar="HOST:PORT",
        help="a running daemon (default: MINDCONVERTER_SERVER, else one of our own)",
    )
    parser.once("--token-file", type=path, metavar="F", help="file with the server's token")


def credentials(given: argparse.Namespace) -> Credentials | None:
    """The credentials that the options name."""
    return Credentials(token_file=given.token_file) if given.token_file else None


def _check(given: argparse.Namespace) -> None:
    """Refuses what is wrong with a command line whatever the model is."""
    if given.model_file is None:
        raise bad_usage("no model is given", origin="--model_file", kind=Failure.MISSING_PARAMETER)
    try:
        _request.paired(given.shape, given.input_nodes or ())
        for option in ("input_nodes", "output_nodes"):
            _request.check_names(option, getattr(given, option) or ())
        if given.name is not None:
            _request.checked_name(given.name)
    except ConversionError as e:
        raise UsageError(e) from e


def _convert(given: argparse.Namespace) -> Conversion:
    bar = None if given.quiet or given.json else Bar(sys.stderr)
    try:
        return convert(
            given.model_file,
            given.shape,
            given.input_nodes,
            given.output_nodes,
            given.output,
            given.report,
            name=given.name,
            weights=given.weights,
            server=given.server,
            credentials=credentials(given),
            overwrite=given.overwrite,
            progress=bar.show if bar else unheard,
        )
    finally:
        if bar:
            bar.end()


def _summary(conversion: Conversion) -> list[str]:
    operators = conversion.operators
    lines = [
        f"script:      {conversion.script} (class {conversion.class_name})",
        f"checkpoint:  {conversion.checkpoint or 'none: the network has no parameters'}",
        f"report:      {conversion.report}",
        f"weight map:  {conversion.weight_map}",
        f"operators:   {operators.converted} converted, {operators.placeholders} placeholders "
        f"({rate_of(*operators)})",
        f"weights:     {conversion.weights}",
        f"seconds:     {conversion.seconds:.2f}",
    ]
    lines += [f"warning:     {f.message}" for f in conversion.findings if f.severity == "warning"]
    return lines


def _fields(conversion: Conversion) -> dict[str, object]:
    fields = asdict(conversion)
    fields["operators"] = conversion.operators._asdict()
    return {k: str(v) if k in _PATHS and v is not None else v for k, v in fields.items()}


_PATHS = {"script", "checkpoint", "report", "weight_map", "operator_counts"}
