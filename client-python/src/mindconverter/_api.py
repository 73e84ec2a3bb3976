# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The functions that convert.

What is not needed to define them is imported when they are called, so that importing the package
takes no time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindconverter._conversion import Conversion
from mindconverter._progress import Progress, ProgressListener, unheard
from mindconverter._rpc.endpoint import Credentials, Endpoint, chosen

if TYPE_CHECKING:
    import torch

    from mindconverter._outputs import Outputs
    from mindconverter._rpc.upload import Job

StrPath = str | os.PathLike[str]


def pytorch2mindspore(
    model: torch.nn.Module,
    dummy_inputs: Any,
    output_dir: StrPath | None = None,
    *,
    report_dir: StrPath | None = None,
    name: str | None = None,
    server: str | None = None,
    credentials: Credentials | None = None,
    dynamic_shapes: Any = None,
    keep_training: bool = True,
    exporter: str = "dynamo",
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Conversion:
    """Converts a PyTorch module to a MindSpore network that computes what its eval mode does.

    The model may be in any mode and on any device; it is afterwards as it was before. No file is
    written where a ConversionError is raised.

    Args:
        model: The module.
        dummy_inputs: What its forward takes: a tensor, a tuple (nested as forward takes it), or a
            dict of keyword arguments. Their values do not matter, their shapes do.
        output_dir: Where script and checkpoint go; ``output`` in the working directory otherwise.
        report_dir: Where report and weight map go; the output folder otherwise.
        name: Stem of the files; ``model`` otherwise.
        server: ``HOST:PORT`` or ``dns:///NAME:PORT``; the one in MINDCONVERTER_SERVER otherwise,
            and a daemon of this process when there is none.
        credentials: What the server asks for; MINDCONVERTER_TOKEN_FILE otherwise.
        dynamic_shapes: Dimensions of the inputs that stay open, as torch.export takes them: for
            each input, by its name or in order, what to call the open ones, such as
            ``{"x": {0: "batch"}}``. All others are those of `dummy_inputs`.
        keep_training: Whether the network has the model's dropout and random depth, which act while
            it trains. Without, it has nothing that its eval mode does not have.
        exporter: ``dynamo`` tries torch's default exporter, then the legacy one; ``legacy`` takes
            the latter.
        overwrite: Whether files that exist are replaced.
        progress: Called with every step, perhaps from another thread.
    """
    order = _Order(output_dir, report_dir, server, credentials, overwrite, progress or unheard)
    source = (model, dummy_inputs, dynamic_shapes)
    return order.module(source, name or "model", (exporter, keep_training))


def convert(
    model_file: StrPath,
    shape: Sequence[Sequence[int]] | None = None,
    input_nodes: Sequence[str] | None = None,
    output_nodes: Sequence[str] | None = None,
    out_dir: StrPath = "output",
    report: StrPath | None = None,
    *,
    name: str | None = None,
    server: str | None = None,
    credentials: Credentials | None = None,
    weights: StrPath | None = None,
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Conversion:
    """Converts a model file to a MindSpore network.

    No file is written where a ConversionError is raised.

    Args:
        model_file: An ``.onnx`` file; files with its tensors stand beside it.
        shape: Constant shapes for inputs, in the order of `input_nodes`. A dynamic dimension
            without one stays dynamic.
        input_nodes: Inputs to convert from; all of the model's otherwise.
        output_nodes: Outputs to convert up to; all of the model's otherwise.
        out_dir: Where script and checkpoint go.
        report: Where report and weight map go; the output folder otherwise.
        name: Stem of the files; the model file's otherwise.
        weights: A ``.pth``, ``.pt``, ``.bin`` or ``.safetensors`` file with the state_dict that the
            model was exported from. Weights whose names the export lost are known again by it.
        server, credentials, overwrite, progress: As for `pytorch2mindspore`.
    """
    order = _Order(out_dir, report, server, credentials, overwrite, progress or unheard)
    nodes = (input_nodes, output_nodes)
    return order.file(Path(model_file).expanduser(), name, shape, nodes, weights)


@dataclass(frozen=True)
class _Order:
    """Where a conversion's files go, and who does the work."""

    output: StrPath | None
    report: StrPath | None
    server: str | None
    credentials: Credentials | None
    overwrite: bool
    listener: ProgressListener

    def module(
        self, source: tuple[Any, Any, Any], name: str, manner: tuple[str, bool]
    ) -> Conversion:
        import tempfile

        from mindconverter import _request

        started = time.monotonic()
        _request.checked_name(name)
        module = _request.module_source(*source, *manner)
        endpoint = chosen(self.server, self.credentials)
        outputs = self._outputs(name)
        try:
            if endpoint is None:
                _prepare_daemon()
            with tempfile.TemporaryDirectory(prefix="mindconverter-") as folder:
                self.listener(Progress("exporting"))
                job = _request.module_job(module, Path(folder, f"{name}.onnx"))
                conversion = self._run(job, outputs, endpoint)
        finally:
            outputs.discard()
        return replace(conversion, seconds=time.monotonic() - started)

    def file(
        self,
        file: Path,
        name: str | None,
        shapes: Sequence[Sequence[int]] | None,
        nodes: tuple[Sequence[str] | None, Sequence[str] | None],
        weights: StrPath | None,
    ) -> Conversion:
        from mindconverter import _request

        started = time.monotonic()
        name = _request.checked_name(name or _request.name_of(file))
        job = _request.file_job(file, name, shapes, *nodes)
        if weights is not None:
            job = _request.with_weights(job, Path(weights).expanduser())
        endpoint = chosen(self.server, self.credentials)
        outputs = self._outputs(name)
        try:
            conversion = self._run(job, outputs, endpoint)
        finally:
            outputs.discard()
        return replace(conversion, seconds=time.monotonic() - started)

    def _run(self, job: Job, outputs: Outputs, endpoint: Endpoint | None) -> Conversion:
        from mindconverter._run import run

        if endpoint is not None:
            return run(job, outputs, endpoint, self.listener)
        from mindconverter._daemon import embedded

        conversion = run(job, outputs, embedded.endpoint(), self.listener)
        embedded.make_cache()
        return conversion

    def _outputs(self, name: str) -> Outputs:
        from mindconverter._outputs import Outputs

        folder = Path(self.output if self.output is not None else "output")
        out = folder.expanduser().absolute()
        reports = out if self.report is None else Path(self.report).expanduser().absolute()
        return Outputs(out, reports, name, overwrite=self.overwrite)


def _prepare_daemon() -> None:
    from mindconverter._daemon import embedded

    # An export takes longer than a start: by its end, the daemon listens.
    embedded.prepare()
