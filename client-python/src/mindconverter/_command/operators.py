# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""``mindconverter operators``: lists what a daemon maps."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mindconverter._command.arguments import Parser
from mindconverter._command.converting import credentials, server_options
from mindconverter._rpc.endpoint import chosen


def run(words: Sequence[str]) -> int:
    """Runs the command line."""
    parser = Parser(
        prog="mindconverter operators", description="Lists the operators with mappings."
    )
    server_options(parser)
    parser.once("--json", nargs=0, default=False, help="print them as JSON")
    given = parser.parse_args(words)
    endpoint = chosen(given.server, credentials(given))
    from mindconverter._daemon import embedded
    from mindconverter._rpc import channel

    answer = channel.capabilities(endpoint or embedded.endpoint())
    if given.json:
        operators = [
            {"domain": o.domain, "type": o.type, "since_versions": list(o.since_versions)}
            for o in answer.operators
        ]
        print(json.dumps({"server_version": answer.server_version, "operators": operators}))
        return 0
    print(f"server {answer.server_version}, {len(answer.operators)} operators")
    for o in answer.operators:
        versions = ", ".join(map(str, o.since_versions))
        print(f"{o.domain or 'onnx'}::{o.type}  since opset {versions}")
    return 0
