# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What is common to the command's parsers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from mindconverter.errors import ConversionError, Failure, failure

_MOST_BYTES = 4096


class UsageError(Exception):
    """A command line that cannot be carried out."""

    def __init__(self, error: ConversionError):
        super().__init__(error)
        self.error = error


def bad_usage(
    message: str, *, origin: str = "", kind: Failure = Failure.BAD_PARAMETER
) -> UsageError:
    """The error for a command line."""
    remedy = "see 'mindconverter --help'"
    return UsageError(failure(kind, message, origin=origin, remedy=remedy))


class Parser(argparse.ArgumentParser):
    """A parser that takes no abbreviations, and raises instead of printing."""

    def __init__(self, **settings: Any):
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        """Refuses the command line."""
        raise bad_usage(message)

    def once(self, flag: str, **settings: Any) -> None:
        """Adds an option that may be given once."""
        self.add_argument(flag, action=_Once, **settings)


class _Once(argparse.Action):
    """Keeps a value, and refuses a second one."""

    def __init__(self, option_strings: Sequence[str], dest: str, **settings: Any):
        super().__init__(option_strings, dest, **settings)
        self._given = False

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        if self._given:
            raise bad_usage("it is given twice", origin=str(option_string))
        self._given = True
        setattr(namespace, self.dest, True if self.nargs == 0 else values)


def path(text: str) -> str:
    """A path of a bearable length."""
    if not text or len(text.encode("utf-8", "surrogateescape")) > _MOST_BYTES:
        raise argparse.ArgumentTypeError(f"a path has 1 to {_MOST_BYTES} bytes")
    return text


def shape(text: str) -> tuple[int, ...]:
    """A shape such as 1,3,224,224."""
    try:
        return tuple(_dimension(size) for size in text.split(","))
    except ValueError:
        message = f"'{text}' is no shape; write whole numbers with commas, such as 1,3,224,224"
        raise argparse.ArgumentTypeError(message) from None


def _dimension(text: str) -> int:
    # int() would also take blanks, signs and underscores.
    if not text.isascii() or not text.isdecimal():
        raise ValueError(text)
    return int(text)
