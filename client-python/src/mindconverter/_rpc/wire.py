# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The messages of mindconverter.v1 that the client speaks; the .proto files describe them."""

from __future__ import annotations

from dataclasses import dataclass

from mindconverter._rpc.codec import header, number

CONVERT = "/mindconverter.v1.Converter/Convert"
CAPABILITIES = "/mindconverter.v1.Converter/GetCapabilities"

CHUNK_BYTES = 1 << 20

FORMAT_ONNX = 1

KIND_MODEL, KIND_EXTERNAL_DATA, KIND_SCRIPT, KIND_CHECKPOINT = 1, 2, 3, 4

SEVERITY_INSERTED, SEVERITY_CONVERTED, SEVERITY_WARNING, SEVERITY_UNCONVERTED = 1, 2, 3, 4

ROLE_PARAMETER, ROLE_FROZEN_PARAMETER, ROLE_BUFFER, ROLE_NON_PERSISTENT_BUFFER = 1, 2, 3, 4

PHASES = {1: "queued", 2: "reading", 3: "mapping", 4: "writing"}


@dataclass(frozen=True)
class InputShape:
    name: str = number(1, str)
    dims: tuple[int, ...] = number(2, int, repeated=True)


@dataclass(frozen=True)
class ConversionSpec:
    model_format: int = number(1, int)
    name: str = number(2, str)
    input_names: tuple[str, ...] = number(3, str, repeated=True)
    output_names: tuple[str, ...] = number(4, str, repeated=True)
    input_shapes: tuple[InputShape, ...] = number(5, InputShape, repeated=True)
    unsupported_operator_policy: int = number(6, int)
    source_class: str = number(7, str)
    producer: str = number(8, str)


@dataclass(frozen=True)
class FileHeader:
    path: str = number(1, str)
    kind: int = number(2, int)
    size_bytes: int | None = number(3, int, optional=True)


@dataclass(frozen=True)
class SourceWeight:
    name: str = number(1, str)
    shape: tuple[int, ...] = number(2, int, repeated=True)
    data_type: str = number(3, str)
    sha256: bytes = number(4, bytes)
    role: int = number(5, int)
    alias_of: str = number(6, str)


@dataclass(frozen=True)
class SourceWeights:
    weights: tuple[SourceWeight, ...] = number(1, SourceWeight, repeated=True)


@dataclass(frozen=True)
class ConvertRequest:
    spec: ConversionSpec | None = number(1, ConversionSpec)
    file: FileHeader | None = number(2, FileHeader)
    chunk: bytes | None = number(3, bytes, optional=True)
    source_weights: SourceWeights | None = number(4, SourceWeights)


@dataclass(frozen=True)
class ReportEntry:
    severity: int = number(1, int)
    code: str = number(2, str)
    message: str = number(3, str)
    node: str = number(4, str)
    operator: str = number(5, str)
    path: str = number(6, str)
    line: int = number(7, int)
    column: int = number(8, int)


@dataclass(frozen=True)
class WeightTensor:
    name: str = number(1, str)
    shape: tuple[int, ...] = number(2, int, repeated=True)
    data_type: str = number(3, str)


@dataclass(frozen=True)
class WeightMapping:
    converted: tuple[WeightTensor, ...] = number(1, WeightTensor, repeated=True)
    source: tuple[WeightTensor, ...] = number(2, WeightTensor, repeated=True)
    transform: str = number(3, str)
    reason: str = number(4, str)
    alias_of: str = number(5, str)


@dataclass(frozen=True)
class OperatorCount:
    operator: str = number(1, str)
    count: int = number(2, int)
    converted: int = number(3, int)
    placeholders: int = number(4, int)


@dataclass(frozen=True)
class TensorSignature:
    source_name: str = number(1, str)
    name: str = number(2, str)
    data_type: str = number(3, str)
    shape: tuple[str, ...] = number(4, str, repeated=True)


@dataclass(frozen=True)
class ConversionSummary:
    converted_operators: int = number(1, int)
    placeholder_operators: int = number(2, int)
    weights: int = number(3, int)
    class_name: str = number(4, str)
    operators: tuple[OperatorCount, ...] = number(5, OperatorCount, repeated=True)
    inputs: tuple[TensorSignature, ...] = number(6, TensorSignature, repeated=True)
    outputs: tuple[TensorSignature, ...] = number(7, TensorSignature, repeated=True)


@dataclass(frozen=True)
class Progress:
    phase: int = number(1, int)
    done: int = number(2, int)
    total: int = number(3, int)


@dataclass(frozen=True)
class ConvertResponse:
    file: FileHeader | None = number(1, FileHeader)
    chunk: bytes | None = number(2, bytes, optional=True)
    report_entry: ReportEntry | None = number(3, ReportEntry)
    weight_mapping: WeightMapping | None = number(4, WeightMapping)
    summary: ConversionSummary | None = number(5, ConversionSummary)
    progress: Progress | None = number(6, Progress)


@dataclass(frozen=True)
class SupportedOperator:
    domain: str = number(1, str)
    type: str = number(2, str)
    since_versions: tuple[int, ...] = number(3, int, repeated=True)


@dataclass(frozen=True)
class Capabilities:
    server_version: str = number(1, str)
    max_chunk_bytes: int = number(2, int)
    max_upload_bytes: int = number(3, int)
    formats: tuple[int, ...] = number(4, int, repeated=True)
    operators: tuple[SupportedOperator, ...] = number(5, SupportedOperator, repeated=True)


@dataclass(frozen=True)
class ErrorMetadata:
    """An entry of ErrorInfo's map."""

    key: str = number(1, str)
    value: str = number(2, str)


@dataclass(frozen=True)
class ErrorInfo:
    """google.rpc.ErrorInfo."""

    reason: str = number(1, str)
    domain: str = number(2, str)
    metadata: tuple[ErrorMetadata, ...] = number(3, ErrorMetadata, repeated=True)


@dataclass(frozen=True)
class Any:
    """google.protobuf.Any."""

    type_url: str = number(1, str)
    value: bytes = number(2, bytes)


@dataclass(frozen=True)
class Status:
    """google.rpc.Status."""

    code: int = number(1, int)
    message: str = number(2, str)
    details: tuple[Any, ...] = number(3, Any, repeated=True)


def chunk_request(content: bytes) -> bytes:
    """A ConvertRequest of one chunk; a copy less than through the message."""
    return header(3, content) + content
