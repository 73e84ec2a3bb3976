# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""A server that answers as a test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc

from mindconverter._rpc import wire
from mindconverter._rpc.codec import decode, encode

Behaviour = Callable[["Call"], Iterable[bytes]]

SCRIPT = b"class Net:\n    pass\n"
CHECKPOINT = bytes(range(256)) * 5000


@dataclass
class Call:
    """One conversion as the server sees it."""

    requests: Iterator[bytes]
    context: Any
    spec: wire.ConversionSpec | None = None
    weights: list[wire.SourceWeight] = field(default_factory=list)
    headers: list[wire.FileHeader] = field(default_factory=list)
    files: list[bytearray] = field(default_factory=list)

    def read(self, frames: int | None = None) -> None:
        """Reads so many frames, or all."""
        for count, frame in enumerate(self.requests, 1):
            request = decode(wire.ConvertRequest, frame)
            if request.spec is not None:
                self.spec = request.spec
            elif request.source_weights is not None:
                self.weights.extend(request.source_weights.weights)
            elif request.file is not None:
                self.headers.append(request.file)
                self.files.append(bytearray())
            elif request.chunk is not None:
                self.files[-1].extend(request.chunk)
            if count == frames:
                return

    def metadata(self) -> dict[str, Any]:
        """What came beside the frames."""
        return dict(self.context.invocation_metadata())


@dataclass
class FakeServer:
    """Where it listens, and the calls that it has had."""

    address: str
    calls: list[Call]


@contextmanager
def serving(behaviour: Behaviour, address: str = "127.0.0.1:0") -> Iterator[FakeServer]:
    """A server with that behaviour."""
    calls: list[Call] = []

    def convert(requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
        call = Call(requests, context)
        calls.append(call)
        yield from behaviour(call)

    def capabilities(request: bytes, context: Any) -> bytes:
        relu = wire.SupportedOperator("", "Relu", (6, 13, 14))
        return encode(wire.Capabilities("9.8.7", 1 << 20, 1 << 40, (1,), (relu,)))

    handlers = {
        "Convert": grpc.stream_stream_rpc_method_handler(convert),
        "GetCapabilities": grpc.unary_unary_rpc_method_handler(capabilities),
    }
    server = grpc.server(ThreadPoolExecutor(8), options=[("grpc.so_reuseport", 0)])
    generic = grpc.method_handlers_generic_handler("mindconverter.v1.Converter", handlers)
    server.add_generic_rpc_handlers((generic,))
    port = server.add_insecure_port(address)
    server.start()
    try:
        yield FakeServer(f"127.0.0.1:{port}", calls)
    finally:
        server.stop(0).wait(5)


def well(call: Call) -> Iterator[bytes]:
    """The behaviour of a server that converts everything."""
    call.read()
    name = call.spec.name if call.spec else ""
    yield response(progress=wire.Progress(2, 1, 2))
    yield response(file=wire.FileHeader(f"{name}.py", wire.KIND_SCRIPT, len(SCRIPT)))
    yield response(chunk=SCRIPT)
    yield response(file=wire.FileHeader(f"{name}.ckpt", wire.KIND_CHECKPOINT, len(CHECKPOINT)))
    yield response(chunk=CHECKPOINT[:1_000_000])
    yield response(chunk=CHECKPOINT[1_000_000:])
    yield response(
        report_entry=wire.ReportEntry(
            wire.SEVERITY_CONVERTED,
            "OPERATOR_CONVERTED",
            "'onnx::Relu' is converted to 'nn.ReLU'. (node /relu)",
            "/relu",
            "onnx::Relu",
            line=12,
            column=8,
        )
    )
    weight = wire.WeightTensor("w", (2, 3), "Float32")
    source = wire.WeightTensor("w", (3, 2), "float32")
    yield response(weight_mapping=wire.WeightMapping((weight,), (source,), "transpose(1,0)"))
    yield response(summary=summary())


def summary(placeholders: int = 0) -> wire.ConversionSummary:
    """The summary of a network with one weight."""
    count = wire.OperatorCount("onnx::Relu", 1 + placeholders, 1, placeholders)
    return wire.ConversionSummary(1, placeholders, 1, "Net", (count,))


def response(**frame: Any) -> bytes:
    """A frame of the answer."""
    return encode(wire.ConvertResponse(**frame))


def failing(code: grpc.StatusCode, text: str, info: wire.ErrorInfo | None = None) -> Behaviour:
    """The behaviour of a server that ends every call with a status."""

    def behave(call: Call) -> Iterator[bytes]:
        call.read()
        if info is not None:
            packed = wire.Any("type.googleapis.com/google.rpc.ErrorInfo", encode(info))
            status = wire.Status(code.value[0], text, (packed,))
            call.context.set_trailing_metadata([("grpc-status-details-bin", encode(status))])
        call.context.abort(code, text)
        yield b""

    return behave
