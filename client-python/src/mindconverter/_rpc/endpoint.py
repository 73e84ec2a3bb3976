# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Which server a conversion goes to, and with which token."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mindconverter.errors import Failure, failure

SERVER_VARIABLE = "MINDCONVERTER_SERVER"
TOKEN_FILE_VARIABLE = "MINDCONVERTER_TOKEN_FILE"
_TLS_VARIABLES = ("MINDCONVERTER_TLS_CA", "MINDCONVERTER_TLS_CERT", "MINDCONVERTER_TLS_KEY")

_ADDRESS = re.compile(r"(dns:///)?(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.%]+\]):(?P<port>\d{1,5})")
_TOKEN = re.compile(r"[\x21-\x7e]+")
_LARGEST_TOKEN_FILE = 16_384


@dataclass(frozen=True)
class Credentials:
    """What a server asks its callers for.

    Attributes:
        token_file: File whose first line is the bearer token.
    """

    token_file: str | os.PathLike[str] | None = None


def _nothing_more() -> str:
    return ""


@dataclass(frozen=True)
class Endpoint:
    """A server's address and the token it wants.

    Attributes:
        token: Empty when the server wants none.
        private: Whether the server belongs to this process; it is then reached without proxies.
        obituary: Says more about a server that went away; empty when there is no more to say.
    """

    address: str
    token: str = ""
    private: bool = False
    obituary: Callable[[], str] = _nothing_more


def chosen(server: str | None, credentials: Credentials | None) -> Endpoint | None:
    """The server that the caller or the environment names; None when neither does."""
    address = server or os.environ.get(SERVER_VARIABLE)
    if not address:
        return None
    for variable in _TLS_VARIABLES:
        if os.environ.get(variable):
            raise failure(
                Failure.BAD_PARAMETER,
                "connections with TLS are not offered by this version",
                origin=variable,
                remedy="unset the variable, or reach the server through a local TLS proxy",
            )
    match = _ADDRESS.fullmatch(address)
    if match is None or not 0 < int(match["port"]) < 65536:
        raise failure(
            Failure.BAD_PARAMETER,
            "the server's address is not understood",
            origin=address,
            remedy="write it as HOST:PORT or dns:///NAME:PORT",
        )
    token = _token(credentials)
    if token and not _is_loopback(match["host"]):
        import warnings

        warnings.warn(f"the token goes to {address} unencrypted", stacklevel=2)
    return Endpoint(address, token)


def _token(credentials: Credentials | None) -> str:
    file = (credentials and credentials.token_file) or os.environ.get(TOKEN_FILE_VARIABLE)
    return read_token(Path(file)) if file else ""


def read_token(file: Path) -> str:
    """The token on a file's first line."""
    try:
        with file.open(encoding="ascii", errors="replace") as f:
            token = f.readline(_LARGEST_TOKEN_FILE).strip()
    except OSError as e:
        raise failure(
            Failure.UNAUTHENTICATED,
            f"the token file cannot be read: {e.strerror}",
            origin=str(file),
            remedy="name a readable file whose first line is the token",
        ) from e
    if not _TOKEN.fullmatch(token):
        raise failure(
            Failure.UNAUTHENTICATED,
            "the token file's first line is not a token",
            origin=str(file),
            remedy="put the token alone on the first line, in printable ASCII without blanks",
        )
    return token


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "[::1]") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None
