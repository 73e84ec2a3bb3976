# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The inside of a worker process: `python -m parity.child MODULE FUNCTION`.

Says "ready" when everything is imported. Then reads one job as a line of JSON, calls the function
with it and writes its answer as a line of JSON, until standard input ends.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module


def main() -> int:
    """Answers jobs until there are no more."""
    # Libraries print to standard output as they please: the answers get a descriptor of their own.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    function = getattr(import_module(sys.argv[1]), sys.argv[2])
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(function(json.loads(line))), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
