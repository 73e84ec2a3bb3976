# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Turns the status that ends a call into the error that callers see."""

from __future__ import annotations

from typing import Any

from mindconverter._rpc.codec import WireError, decode
from mindconverter._rpc.endpoint import Endpoint
from mindconverter._rpc.wire import ErrorInfo, Status
from mindconverter.errors import ConversionError, Failure, failure

_DETAILS = "grpc-status-details-bin"
_ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
_DOMAIN = "mindconverter"


def from_status(call: Any, endpoint: Endpoint, request_id: str, *, heard: bool) -> ConversionError:
    """The error for a call that has ended; `heard` says whether the server had answered at all."""
    info = _error_info(call.trailing_metadata() or ())
    if info is not None:
        return _from_info(info, call.details() or "")
    return _from_code(call.code().name, call.details() or "", endpoint, request_id, heard=heard)


def _error_info(metadata: Any) -> ErrorInfo | None:
    for key, value in metadata:
        if key != _DETAILS:
            continue
        try:
            for detail in decode(Status, value).details:
                if detail.type_url == _ERROR_INFO:
                    info = decode(ErrorInfo, detail.value)
                    return info if info.domain == _DOMAIN else None
        except WireError:
            return None
    return None


def _from_info(info: ErrorInfo, message: str) -> ConversionError:
    metadata = {entry.key: entry.value for entry in info.metadata}
    known = Failure.__members__.get(info.reason)
    # A server newer than this client may have reasons of its own.
    name = known.class_name if known else info.reason.title().replace("_", "") + "Error"
    return ConversionError(
        metadata.get("code") or (known or Failure.INTERNAL).digits,
        name,
        message,
        origin=metadata.get("origin", ""),
        remedy=metadata.get("remedy", ""),
    )


def _from_code(
    code: str, details: str, endpoint: Endpoint, request_id: str, *, heard: bool
) -> ConversionError:
    address = endpoint.address
    if code == "UNAVAILABLE":
        return lost(endpoint) if heard else _unreachable(endpoint, details)
    if code == "UNIMPLEMENTED":
        return failure(
            Failure.NOT_A_SERVER,
            "what answers there is not a MindConverter server",
            origin=address,
            remedy="check the address and the port",
        )
    kind, remedy = {
        "UNAUTHENTICATED": (Failure.UNAUTHENTICATED, "give the server's token with a token file"),
        "PERMISSION_DENIED": (Failure.UNAUTHENTICATED, "ask the server's owner for access"),
        "DEADLINE_EXCEEDED": (Failure.DEADLINE_EXCEEDED, "try again when the server is less busy"),
        "CANCELLED": (Failure.CANCELLED, "try again; the server or a proxy ended the call"),
        "RESOURCE_EXHAUSTED": (Failure.BUSY, "try again later, or with a smaller model"),
    }.get(code, (Failure.INTERNAL, f"report it, with the server's log of request {request_id}"))
    text = f"the call ended with {code}" + (f": {details}" if details else "")
    return failure(kind, text, origin=address, remedy=remedy)


def _unreachable(endpoint: Endpoint, details: str) -> ConversionError:
    return failure(
        Failure.SERVER_UNREACHABLE,
        f"no server can be reached there: {endpoint.obituary() or details}",
        origin=endpoint.address,
        remedy="start the server, or correct its address; without one, an embedded daemon is used",
    )


def lost(endpoint: Endpoint) -> ConversionError:
    """The error for a server that went away in the middle of its answer."""
    more = endpoint.obituary()
    return failure(
        Failure.SERVER_LOST,
        "the server went away before it was done" + (f": {more}" if more else ""),
        origin=endpoint.address,
        remedy="try again; if it happens again, look at the server's log and its memory",
    )


def broken(endpoint: Endpoint, message: str) -> ConversionError:
    """The error for an answer that breaks the service's rules."""
    return failure(
        Failure.BROKEN_ANSWER,
        message,
        origin=endpoint.address,
        remedy="use a server of the client's version",
    )
