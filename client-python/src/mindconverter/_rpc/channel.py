# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Calls to a server, each over a channel of its own."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

from mindconverter._rpc.codec import WireError, decode
from mindconverter._rpc.endpoint import Endpoint
from mindconverter._rpc.status import broken, from_status
from mindconverter._rpc.wire import CAPABILITIES, CONVERT, Capabilities


def capabilities(endpoint: Endpoint, seconds: float = 30) -> Capabilities:
    """Asks a server what it is and accepts."""
    grpc = _grpc()
    request_id = uuid.uuid4().hex
    with _channel(endpoint) as channel:
        call = channel.unary_unary(CAPABILITIES, _as_is, _as_is)
        try:
            metadata = _metadata(endpoint, request_id)
            answer = call(b"", timeout=seconds, metadata=metadata)
        except grpc.RpcError as e:
            raise from_status(e, endpoint, request_id, heard=False) from None
    try:
        return decode(Capabilities, answer)
    except WireError as e:
        raise broken(endpoint, f"the server's capabilities are not readable: {e}") from e


def convert(endpoint: Endpoint, requests: Iterator[bytes]) -> Generator[bytes, None, None]:
    """Sends the requests and yields the server's frames, until the server has ended the call.

    An error in `requests` ends the call and is raised from here: grpc would otherwise hide it
    behind a status. Closing the iterator early cancels the call.
    """
    upload = _Upload(requests)
    request_id = uuid.uuid4().hex
    heard = False
    grpc = _grpc()
    with _channel(endpoint) as channel:
        call = channel.stream_stream(CONVERT, _as_is, _as_is)(
            upload.frames(), metadata=_metadata(endpoint, request_id)
        )
        upload.cancel = call.cancel
        try:
            for frame in call:
                heard = True
                yield frame
        except grpc.RpcError:
            if upload.error is not None:
                raise upload.error from None
            raise from_status(call, endpoint, request_id, heard=heard or upload.started) from None
        finally:
            call.cancel()
    if upload.error is not None:
        raise upload.error


class _Upload:
    """The request stream of one call, with the error that its source raised."""

    def __init__(self, requests: Iterator[bytes]):
        self.error: BaseException | None = None
        self.started = False
        self.cancel: Callable[[], Any] | None = None
        self._requests = requests

    def frames(self) -> Iterator[bytes]:
        # This runs in a thread of grpc's.
        try:
            for count, frame in enumerate(self._requests):
                # The second frame is asked for once the first one has been taken by a server.
                self.started = count > 0
                yield frame
        except Exception as e:
            self.error = e
            if self.cancel is not None:
                self.cancel()


@contextmanager
def _channel(endpoint: Endpoint) -> Iterator[Any]:
    options: list[tuple[str, int]] = [
        ("grpc.use_local_subchannel_pool", 1),
        ("grpc.http2.max_frame_size", 1 << 20),
        # What may arrive before it is read: grpc would let it grow with the link's speed.
        ("grpc.http2.bdp_probe", 0),
        ("grpc.http2.lookahead_bytes", 4 << 20),
        # Servers drop clients that ping more often than every five minutes.
        ("grpc.keepalive_time_ms", 310_000),
    ]
    if endpoint.private:
        options.append(("grpc.enable_http_proxy", 0))
    with _grpc().insecure_channel(endpoint.address, options=options) as channel:
        yield channel


def _grpc() -> Any:
    # Read by grpc when its first channel is made; without it a fork anywhere in the user's process
    # breaks the calls that are under way.
    os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "1")
    import grpc

    return grpc


def _metadata(endpoint: Endpoint, request_id: str) -> list[tuple[str, str]]:
    metadata = [("x-request-id", request_id)]
    if endpoint.token:
        metadata.append(("authorization", f"Bearer {endpoint.token}"))
    return metadata


def _as_is(data: bytes) -> bytes:
    return data
