# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What comes down from the server, checked frame by frame."""

from __future__ import annotations

from mindconverter import _report
from mindconverter._outputs import OutputFile, Outputs
from mindconverter._progress import Progress, ProgressListener
from mindconverter._rpc import wire
from mindconverter._rpc.codec import WireError, decode, read_varint, scan
from mindconverter._rpc.endpoint import Endpoint
from mindconverter._rpc.status import broken
from mindconverter.errors import ConversionError

_CHUNK_TAG = b"\x12"


class Answer:
    """The answer to one conversion, on its way into the outputs."""

    def __init__(self, outputs: Outputs, endpoint: Endpoint, listener: ProgressListener):
        self.entries: list[wire.ReportEntry] = []
        self.mappings: list[wire.WeightMapping] = []
        self.summary: wire.ConversionSummary | None = None
        self.has_checkpoint = False
        self._outputs = outputs
        self._endpoint = endpoint
        self._listener = listener
        self._places = {
            (outputs.script.name, wire.KIND_SCRIPT): outputs.script,
            (outputs.checkpoint.name, wire.KIND_CHECKPOINT): outputs.checkpoint,
        }
        self._file: OutputFile | None = None
        self._size: int | None = None

    def take(self, frame: bytes) -> None:
        """Takes the next frame. Raises when it breaks the service's rules."""
        if self.summary is not None:
            raise self._broken("the server sent more after its summary")
        try:
            if frame.startswith(_CHUNK_TAG):
                self._take_chunk(frame)
            else:
                self._take_message(decode(wire.ConvertResponse, frame))
        except WireError as e:
            raise self._broken(f"the server sent a frame that is not readable: {e}") from e

    def finish(self, name: str) -> wire.ConversionSummary:
        """Writes what the client writes itself. Raises when the answer is not whole."""
        self._close_file()
        summary = self.summary
        if summary is None:
            raise self._broken("the server ended without a summary")
        missing = {place.name for (_, kind), place in self._places.items()}
        if self._outputs.script.name in missing:
            raise self._broken("the server sent no script")
        self.has_checkpoint = self._outputs.checkpoint.name not in missing
        if summary.weights > 0 and not self.has_checkpoint:
            raise self._broken("the server sent no checkpoint")
        self._write_texts(name, summary)
        return summary

    def _take_chunk(self, frame: bytes) -> None:
        # Not through the general decoder, which would copy the content.
        size, at = read_varint(frame, 1)
        if size != len(frame) - at:
            fields = [field for field, _, _ in scan(frame)]
            raise WireError(f"a frame holds the fields {fields}")
        if self._file is None:
            raise self._broken("the server sent content before it named a file")
        self._file.write(memoryview(frame)[at:])

    def _take_message(self, response: wire.ConvertResponse) -> None:
        if response.file is not None:
            self._open_file(response.file)
        elif response.report_entry is not None:
            self.entries.append(response.report_entry)
        elif response.weight_mapping is not None:
            self.mappings.append(response.weight_mapping)
        elif response.summary is not None:
            self.summary = response.summary
        elif response.progress is not None:
            p = response.progress
            phase = wire.PHASES.get(p.phase)
            if phase is not None:
                self._listener(Progress(phase, p.done, p.total))

    def _open_file(self, header: wire.FileHeader) -> None:
        self._close_file()
        # The server says which of the two files comes; where it goes is known here.
        place = self._places.pop((header.path, header.kind), None)
        if place is None:
            raise self._broken(f"the server sent a file that was not expected: {header.path!r}")
        self._file = self._outputs.file(place)
        self._size = header.size_bytes

    def _close_file(self) -> None:
        file, self._file = self._file, None
        if file is not None and self._size is not None and file.size != self._size:
            raise self._broken(
                f"{file.place.name} has {file.size} bytes where {self._size} were announced"
            )

    def _write_texts(self, name: str, summary: wire.ConversionSummary) -> None:
        texts = {
            self._outputs.report: _report.report(self.entries, summary),
            self._outputs.weight_map: _report.weight_map(name, self.mappings),
            self._outputs.operators: _report.operator_counts(summary.operators),
        }
        for place, text in texts.items():
            self._outputs.file(place).write(text.encode("utf-8"))

    def _broken(self, message: str) -> ConversionError:
        return broken(self._endpoint, message)
