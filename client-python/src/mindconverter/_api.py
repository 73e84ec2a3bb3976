# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The functions that convert.

What is not needed to define them is imported when they are called, so that importing the package
takes no time.
"""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable, Sequence
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
    exporter: str = "dynamo",
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Conversion:
    """Converts a PyTorch module to a MindSpore network that computes what its eval mode does.

    The model may be in any mode and on any device; it is afterwards as it was before.

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
        exporter: ``dynamo`` tries torch's default exporter, then the legacy one; ``legacy`` takes
            the latter.
        overwrite: Whether files that exist are replaced.
        progress: Called with every step, perhaps from another thread.

    Raises:
        ConversionError: There is no conversion, and no file has been written.
    """
    import tempfile

    from mindconverter import _request

    started = time.monotonic()
    stem = _request.checked_name(name or "model")
    _request.check_module(model, exporter)
    inputs = _request.module_inputs(dummy_inputs)
    endpoint = chosen(server, credentials)
    outputs = _outputs(output_dir, report_dir, stem, overwrite)
    listener = progress or unheard
    try:
        with tempfile.TemporaryDirectory(prefix="mindconverter-") as folder:
            listener(Progress("exporting"))
            job = _request.module_job(model, inputs, Path(folder, f"{stem}.onnx"), exporter)
            conversion = _run(job, outputs, endpoint, listener)
    finally:
        outputs.discard()
    return dataclasses.replace(conversion, seconds=time.monotonic() - started)


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
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Conversion:
    """Converts a model file to a MindSpore network.

    Args:
        model_file: An ``.onnx`` file; files with its tensors stand beside it.
        shape: Constant shapes for inputs, in the order of `input_nodes`. A dynamic dimension
            without one stays dynamic.
        input_nodes: Inputs to convert from; all of the model's otherwise.
        output_nodes: Outputs to convert up to; all of the model's otherwise.
        out_dir: Where script and checkpoint go.
        report: Where report and weight map go; the output folder otherwise.
        name: Stem of the files; the model file's otherwise.
        server: As for `pytorch2mindspore`; so are the others.

    Raises:
        ConversionError: There is no conversion, and no file has been written.
    """
    from mindconverter import _request

    started = time.monotonic()
    file = Path(model_file).expanduser()
    stem = _request.checked_name(name or _request.name_of(file))
    job = _request.file_job(file, stem, shape, input_nodes, output_nodes)
    endpoint = chosen(server, credentials)
    outputs = _outputs(out_dir, report, stem, overwrite)
    try:
        conversion = _run(job, outputs, endpoint, progress or unheard)
    finally:
        outputs.discard()
    return dataclasses.replace(conversion, seconds=time.monotonic() - started)


def _run(
    job: Job, outputs: Outputs, endpoint: Endpoint | None, listener: ProgressListener
) -> Conversion:
    from mindconverter._run import run

    if endpoint is not None:
        return run(job, outputs, endpoint, listener)
    from mindconverter._daemon import embedded

    conversion = run(job, outputs, embedded.endpoint(), listener)
    embedded.make_cache()
    return conversion


def _outputs(
    folder: StrPath | None, report_folder: StrPath | None, stem: str, overwrite: bool
) -> Outputs:
    from mindconverter._outputs import Outputs

    out = Path(folder if folder is not None else "output").expanduser().absolute()
    reports = Path(report_folder).expanduser().absolute() if report_folder is not None else out
    return Outputs(out, reports, stem, overwrite=overwrite)
