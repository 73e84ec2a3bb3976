# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Text from models and servers, made safe to print."""

from __future__ import annotations

ELLIPSIS = "..."


def one_line(text: str) -> str:
    """Escapes what would break a line, move the cursor or hide other text."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def shortened(text: str, limit: int) -> str:
    """Cuts a text that is longer than the limit, and shows that it did."""
    return text if len(text) <= limit else text[: limit - len(ELLIPSIS)] + ELLIPSIS


def _escape(char: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char) or _code_point(ord(char))


def _code_point(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
