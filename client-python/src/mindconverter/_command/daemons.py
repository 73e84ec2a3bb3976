# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""``mindconverter daemon start|status|stop``: a daemon that stays."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from mindconverter._command.arguments import Parser
from mindconverter._daemon import standing
from mindconverter._daemon.standing import Standing
from mindconverter._rpc.endpoint import SERVER_VARIABLE, TOKEN_FILE_VARIABLE

NOT_RUNNING = 1


def run(words: Sequence[str]) -> int:
    """Runs the command line."""
    parser = Parser(
        prog="mindconverter daemon",
        description="Starts a daemon on this machine that many scripts can use, or stops it. "
        "What 'start' prints on standard output is for the shell: "
        'eval "$(mindconverter daemon start)"',
    )
    parser.add_argument("action", choices=("start", "status", "stop"))
    parser.once("--port", type=_port, default=0, help="port to listen on (default: a free one)")
    parser.once("--json", nargs=0, default=False, help="print the result as JSON")
    given = parser.parse_args(words)
    action = {"start": _start, "status": _status, "stop": _stop}[given.action]
    return action(given)


def _start(given: argparse.Namespace) -> int:
    daemon = standing.start(given.port)
    print(f"listening on {daemon.address} (process {daemon.pid})", file=sys.stderr)
    if given.json:
        print(json.dumps(_fields(daemon)))
    else:
        print(f"export {SERVER_VARIABLE}={daemon.address}")
        print(f"export {TOKEN_FILE_VARIABLE}='{daemon.token_file}'")
    return 0


def _status(given: argparse.Namespace) -> int:
    daemon = standing.current()
    if given.json:
        print(json.dumps(_fields(daemon) if daemon else {"address": None}))
    elif daemon:
        version = daemon.version()
        print(f"running: version {version} on {daemon.address} (process {daemon.pid})")
    else:
        print("not running")
    return 0 if daemon else NOT_RUNNING


def _stop(given: argparse.Namespace) -> int:
    daemon = standing.stop()
    if given.json:
        print(json.dumps({"stopped": daemon is not None}))
    else:
        print(f"stopped {daemon.address}" if daemon else "not running")
    return 0


def _fields(daemon: Standing) -> dict[str, object]:
    return {"address": daemon.address, "pid": daemon.pid, "token_file": daemon.token_file}


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port")
    return int(text)
