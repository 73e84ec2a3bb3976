# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Runs the command: 0 all converted, 3 with placeholders, 1 failed, 2 bad usage."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType

from mindconverter._command import converting, daemons, operators, weights
from mindconverter._command.arguments import UsageError
from mindconverter.errors import ConversionError

FAILED = 1
BAD_USAGE = 2
_SIGNALLED = 128

_SUB_COMMANDS = {"daemon": daemons.run, "operators": operators.run, "weights": weights.run}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # As an exception, so that half-written files are taken away.
    signal.signal(signal.SIGTERM, _leave)
    try:
        sub_command = _SUB_COMMANDS.get(words[0]) if words else None
        return sub_command(words[1:]) if sub_command else converting.run(words)
    except UsageError as e:
        print(e.error, file=sys.stderr)
        return BAD_USAGE
    except ConversionError as e:
        print(e, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return _SIGNALLED + signal.SIGINT
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain when it flushes at exit.
        sys.stdout = None
        return FAILED


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(_SIGNALLED + number)
