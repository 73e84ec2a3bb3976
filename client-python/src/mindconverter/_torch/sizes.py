# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Reads which sizes of a module's inputs are to stay open."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.export import Dim

from mindconverter._torch.capture import Inputs
from mindconverter._torch.positional import argument_names
from mindconverter.errors import ConversionError, Failure, failure

_OPTION = "dynamic_shapes"
# What torch calls its hints, such as Dim.AUTO, differs between its versions.
_HINT = type(Dim.DYNAMIC)


@dataclass(frozen=True)
class Sizes:
    """Sizes that stay open.

    Attributes:
        named: As they were given, an entry for every argument: names or torch's dimensions.
        axes: For every argument, in order: the names of its open axes; None where it is no tensor
            but holds some that have any.
    """

    named: dict[str, Any]
    axes: tuple[dict[int, str] | None, ...]

    @property
    def for_torch(self) -> dict[str, Any]:
        """The same without names that torch.export does not know."""
        return {name: _nameless(entry) for name, entry in self.named.items()}


def read(model: torch.nn.Module, inputs: Inputs, given: Any) -> Sizes:
    """Checks what was given, in any of the forms that torch.export takes."""
    names = [*argument_names(model, inputs), *inputs.kwargs]
    values = [*inputs.args, *inputs.kwargs.values()]
    entries = _entries(model, inputs, names, given)
    whole = {name: _checked(name, v, e) for name, v, e in zip(names, values, entries, strict=True)}
    axes = tuple(
        _open_axes(name, whole[name], value) for name, value in zip(names, values, strict=True)
    )
    if not any(axis is None or axis for axis in axes):
        raise _bad(_OPTION, "no dimension is left open", "name one, such as {'x': {0: 'batch'}}")
    return Sizes(_by_parameter(model, inputs, whole), axes)


def _entries(model: torch.nn.Module, inputs: Inputs, names: list[str], given: Any) -> list[Any]:
    """One entry for each argument."""
    if isinstance(given, Mapping):
        flat = dict(given)
        variadic, count = _variadic(model, inputs)
        if variadic and isinstance(flat.get(variadic), (list, tuple)):
            several = flat.pop(variadic)
            _require_length(variadic, several, count)
            flat.update((f"{variadic}_{i}", entry) for i, entry in enumerate(several))
        if unknown := [str(name) for name in flat if name not in names]:
            raise _bad(unknown[0], "the model has no such input", f"it has {', '.join(names)}")
        return [flat.get(name) for name in names]
    if isinstance(given, (list, tuple)):
        variadic, count = _variadic(model, inputs)
        first = len(inputs.args) - count
        if variadic and len(given) == first + 1 + len(inputs.kwargs):
            _require_length(variadic, given[first], count)
            given = [*given[:first], *given[first], *given[first + 1 :]]
        _require_length(_OPTION, given, len(names))
        return list(given)
    raise _bad(_OPTION, f"it is a {type(given).__name__}", "give a dict of input names, or a tuple")


def _variadic(model: torch.nn.Module, inputs: Inputs) -> tuple[str, int]:
    """The name of the parameter that takes any number of arguments, and how many it takes."""
    try:
        parameters = list(inspect.signature(model.forward).parameters.values())
    except (TypeError, ValueError):
        return "", 0
    for i, parameter in enumerate(parameters):
        if parameter.kind is parameter.VAR_POSITIONAL:
            return parameter.name, max(0, len(inputs.args) - i)
    return "", 0


def _by_parameter(model: torch.nn.Module, inputs: Inputs, whole: dict[str, Any]) -> dict[str, Any]:
    """As torch.export takes it: what one parameter takes several of, as a tuple under its name."""
    variadic, count = _variadic(model, inputs)
    if not variadic:
        return whole
    names = list(whole)
    last = len(inputs.args)
    positional = {name: whole[name] for name in names[: last - count]}
    several = tuple(whole[name] for name in names[last - count : last])
    return {**positional, variadic: several, **{name: whole[name] for name in names[last:]}}


def _checked(origin: str, value: Any, entry: Any) -> Any:
    """The entry of one argument, whole."""
    if isinstance(value, torch.Tensor):
        return _tensor_entry(origin, value, entry)
    if entry is None:
        return _nothing(value)
    if isinstance(value, Mapping) and isinstance(entry, Mapping):
        if unknown := [str(key) for key in entry if key not in value]:
            raise _bad(f"{origin}['{unknown[0]}']", "there is no such input", "see dummy_inputs")
        return {k: _checked(f"{origin}['{k}']", v, entry.get(k)) for k, v in value.items()}
    if isinstance(value, (list, tuple)) and isinstance(entry, (list, tuple)):
        _require_length(origin, entry, len(value))
        parts = zip(value, entry, strict=True)
        return type(entry)(_checked(f"{origin}[{i}]", v, e) for i, (v, e) in enumerate(parts))
    raise _bad(origin, f"a {type(value).__name__} has no dimensions", "give None for it")


def _nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _nothing(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_nothing, value)) if not hasattr(value, "_fields") else None
    return None


def _tensor_entry(origin: str, tensor: torch.Tensor, entry: Any) -> Any:
    if entry is None:
        return None
    if isinstance(entry, Mapping):
        dims = dict(entry)
    elif isinstance(entry, Sequence) and not isinstance(entry, str):
        _require_length(origin, entry, tensor.ndim)
        dims = dict(enumerate(entry))
    else:
        message = f"its dimensions are a {type(entry).__name__}"
        raise _bad(origin, message, "give a dict such as {0: 'batch'}")
    for axis, dim in dims.items():
        _check_dim(f"{origin}[{axis}]", tensor, axis, dim)
    return dims


def _check_dim(origin: str, tensor: torch.Tensor, axis: Any, dim: Any) -> None:
    if type(axis) is not int or not 0 <= axis < tensor.ndim:
        raise _bad(origin, f"the input has {tensor.ndim} dimensions", "count them from 0")
    if isinstance(dim, bool) or not (dim is None or isinstance(dim, (int, str, Dim, _HINT))):
        raise _bad(origin, f"a dimension is a {type(dim).__name__}",
                   "give a name, a torch.export.Dim, or None for one that stays")  # fmt: skip
    if isinstance(dim, int) and dim != tensor.shape[axis]:
        raise _bad(origin, f"it is {tensor.shape[axis]} in the dummy inputs, not {dim}",
                   "give dummy inputs of that size, or a name to leave it open")  # fmt: skip
    if isinstance(dim, str) and not dim.isidentifier():
        raise _bad(origin, f"'{dim}' is not a name", "use letters, digits and '_'")


def _open_axes(name: str, entry: Any, value: Any) -> dict[int, str] | None:
    if not isinstance(value, torch.Tensor):
        return None if _holds_open(entry) else {}
    return {
        axis: _name(dim, f"{name}_{axis}") for axis, dim in (entry or {}).items() if _is_open(dim)
    }


def _holds_open(entry: Any) -> bool:
    if isinstance(entry, Mapping):
        return any(map(_holds_open, entry.values()))
    if isinstance(entry, (list, tuple)):
        return any(map(_holds_open, entry))
    return _is_open(entry)


def _is_open(dim: Any) -> bool:
    return not (dim is None or isinstance(dim, int) or dim == Dim.STATIC)


def _name(dim: Any, otherwise: str) -> str:
    if isinstance(dim, str):
        return dim
    # A dimension that is computed of another, such as 2 * Dim("half"), is no name.
    name = getattr(dim, "__name__", "")
    return name if name.isidentifier() else otherwise


def _nameless(entry: Any) -> Any:
    if isinstance(entry, str):
        return Dim.DYNAMIC
    if isinstance(entry, Mapping):
        return {key: _nameless(inner) for key, inner in entry.items()}
    if isinstance(entry, (list, tuple)):
        return type(entry)(map(_nameless, entry))
    return entry


def _require_length(origin: str, given: Sequence[Any], wanted: int) -> None:
    if len(given) != wanted:
        raise _bad(origin, f"it has {len(given)} entries for {wanted}", "give one for each")


def _bad(origin: str, message: str, remedy: str) -> ConversionError:
    where = origin if origin == _OPTION else f"{_OPTION}, {origin}"
    return failure(Failure.BAD_PARAMETER, message, origin=where, remedy=remedy)
