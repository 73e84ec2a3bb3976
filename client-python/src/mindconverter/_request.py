# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Checks what a caller gives, and makes the job that goes to the server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindconverter import _onnx_files
from mindconverter._rpc import wire
from mindconverter._rpc.upload import Job, LocalFile
from mindconverter._text import one_line
from mindconverter.errors import ConversionError, Failure, failure

if TYPE_CHECKING:
    import torch

    from mindconverter._torch.capture import Inputs
    from mindconverter._torch.export import Exported
    from mindconverter._torch.sizes import Sizes

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]")
_MOST_INPUTS = 1024
_LARGEST_DIMENSION = 2**63 - 1


def file_job(
    file: Path,
    name: str,
    shapes: Sequence[Sequence[int]] | None,
    inputs: Sequence[str] | None,
    outputs: Sequence[str] | None,
) -> Job:
    """The job for a model file."""
    input_names, output_names = tuple(inputs or ()), tuple(outputs or ())
    input_shapes = paired(shapes, input_names)
    for option, names in (("input_nodes", input_names), ("output_nodes", output_names)):
        check_names(option, names)
    if file.suffix.lower() != ".onnx":
        raise failure(
            Failure.UNKNOWN_MODEL,
            "the file's extension is not one of a known format",
            origin=str(file),
            remedy="give an .onnx file; export the model to ONNX first",
        )
    model = LocalFile(file, one_line(file.name), wire.KIND_MODEL)
    model.size()
    spec = wire.ConversionSpec(
        wire.FORMAT_ONNX, name, input_names, output_names, input_shapes=input_shapes
    )
    return Job(spec, (model, *_onnx_files.external_files(file)))


def with_weights(job: Job, file: Path) -> Job:
    """The job with the names of the weights that the model was exported from."""
    from mindconverter._weights import described

    weights, notes = described.source_weights(file)
    entries = tuple(wire.ReportEntry(wire.SEVERITY_WARNING, "NOTE", note) for note in notes)
    return replace(job, weights=weights, notes=(*job.notes, *entries))


def checked_name(name: str) -> str:
    """The name, when files can be named by it."""
    if not _NAME.fullmatch(name):
        raise failure(
            Failure.BAD_PARAMETER,
            "the name is not a plain file stem",
            origin=name,
            remedy="use letters, digits, '_', '-' and '.', at most 200, not starting with a dot",
        )
    return name


def name_of(file: Path) -> str:
    """The name for the outputs of a model file: its stem, with '_' for what cannot stay."""
    name = _NOT_IN_NAMES.sub("_", file.stem)[:200]
    return "_" + name[1:] if name.startswith(".") else name


def paired(
    shapes: Sequence[Sequence[int]] | None, inputs: Sequence[str]
) -> tuple[wire.InputShape, ...]:
    """The shapes with the inputs that they are for."""
    if not shapes:
        return ()
    if not inputs:
        raise failure(
            Failure.MISSING_PARAMETER,
            "shapes are given, and not the inputs that they are for",
            origin="input_nodes",
            remedy="name the inputs too, in the order of the shapes",
        )
    if len(shapes) != len(inputs):
        raise bad("shape", f"{len(shapes)} shapes are given for {len(inputs)} inputs",
                  "give one shape for each input")  # fmt: skip
    for shape in shapes:
        for size in shape:
            if type(size) is not int or not 0 < size <= _LARGEST_DIMENSION:
                raise bad("shape", f"a dimension is {size!r}", "give whole numbers above zero")
    return tuple(wire.InputShape(n, tuple(s)) for n, s in zip(inputs, shapes, strict=True))


def check_names(option: str, names: Sequence[str]) -> None:
    """Refuses names that are empty, or that stand twice."""
    if len(names) > _MOST_INPUTS:
        raise bad(option, f"more than {_MOST_INPUTS} names are given", "name fewer")
    seen: set[str] = set()
    for name in names:
        if not isinstance(name, str) or not name:
            raise bad(option, f"{name!r} is not a name", "give the names of tensors in the model")
        if name in seen:
            raise bad(option, f"'{name}' is given twice", "give each name once")
        seen.add(name)


@dataclass(frozen=True)
class Source:
    """A module, what it is called with, and how it is exported."""

    model: torch.nn.Module
    inputs: Inputs
    sizes: Sizes | None
    exporter: str
    keep_training: bool


def module_source(
    model: Any, dummy_inputs: Any, dynamic_shapes: Any, exporter: str, keep_training: bool
) -> Source:
    """What a caller gives for a module, checked."""
    _check_module(model, exporter, keep_training)
    # A compiled module is a shell around the one that its user wrote.
    model = getattr(model, "_orig_mod", model)
    inputs = _module_inputs(dummy_inputs)
    if dynamic_shapes is None:
        return Source(model, inputs, None, exporter, keep_training)
    from mindconverter._torch import sizes

    read = sizes.read(model, inputs, dynamic_shapes)
    return Source(model, inputs, read, exporter, keep_training)


def _check_module(model: Any, exporter: str, keep_training: bool) -> None:
    """Refuses what is no module, and what is no manner of exporting one."""
    try:
        import torch
    except ImportError as e:
        raise failure(
            Failure.RUNTIME_INTEGRITY,
            f"torch cannot be imported: {e}",
            remedy="install torch in the environment of this script",
        ) from e
    if not isinstance(model, torch.nn.Module):
        raise bad("model", f"it is a {type(model).__name__}", "give a torch.nn.Module")
    from mindconverter._torch.export import EXPORTERS

    if exporter not in EXPORTERS:
        raise bad("exporter", f"{exporter!r} is not one", f"use one of {', '.join(EXPORTERS)}")
    if type(keep_training) is not bool:
        raise bad("keep_training", f"it is {keep_training!r}", "give True or False")


def _module_inputs(dummy_inputs: Any) -> Inputs:
    """The arguments that dummy inputs stand for."""
    import torch

    from mindconverter._torch.capture import Inputs

    if isinstance(dummy_inputs, torch.Tensor):
        return Inputs((dummy_inputs,), {})
    if isinstance(dummy_inputs, dict) and all(isinstance(k, str) for k in dummy_inputs):
        return Inputs((), dict(dummy_inputs))
    if isinstance(dummy_inputs, tuple):
        return Inputs(dummy_inputs, {})
    raise bad(
        "dummy_inputs",
        f"they are a {type(dummy_inputs).__name__}",
        "give a tensor, a tuple of forward's arguments, or a dict of its keyword arguments",
    )


def module_job(source: Source, file: Path) -> Job:
    """Exports a module, and makes the job for the file."""
    from mindconverter._torch.export import export
    from mindconverter._torch.weights import source_weights

    exported = export(
        source.model,
        source.inputs,
        file,
        source.exporter,
        keep_training=source.keep_training,
        sizes=source.sizes,
    )
    kind = type(source.model)
    spec = wire.ConversionSpec(
        wire.FORMAT_ONNX,
        file.stem,
        source_class=f"{kind.__module__}.{kind.__qualname__}".replace("<locals>.", ""),
        producer=exported.producer,
    )
    files = (
        LocalFile(file, file.name, wire.KIND_MODEL),
        *_onnx_files.external_files(file),
    )
    return Job(spec, files, source_weights(source.model), tuple(_notes(exported)))


def _notes(exported: Exported) -> Iterable[wire.ReportEntry]:
    for code, messages in (("TRAINING_LOST", exported.training_lost), ("NOTE", exported.notes)):
        for message in messages:
            yield wire.ReportEntry(wire.SEVERITY_WARNING, code, message)


def bad(option: str, message: str, remedy: str) -> ConversionError:
    """The error for an argument's value."""
    return failure(Failure.BAD_PARAMETER, message, origin=option, remedy=remedy)
