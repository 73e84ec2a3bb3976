# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Takes weights to a network that was generated before, and back to its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mindconverter._outputs import alone
from mindconverter._weights import checkpoint, mapping, state, transform
from mindconverter._weights.mapping import Parameter, WeightMap
from mindconverter._weights.tensors import KINDS, Stored
from mindconverter.errors import ConversionError, Failure, failure

CHECKPOINT = ".ckpt"


@dataclass(frozen=True)
class Written:
    """What has been written.

    Attributes:
        weights: How many parameters, or entries of a state_dict, the file has.
        notes: What its user should know.
    """

    file: Path
    weights: int
    notes: tuple[str, ...]


def to_checkpoint(
    source: Path, map_file: Path, target: Path, base: Path | None, *, overwrite: bool
) -> Written:
    """Writes the weights of a PyTorch model as the checkpoint of the network made of it.

    `base`: the network's first checkpoint, for parameters that are no weights of the model; the
    one beside the map otherwise.
    """
    weight_map = mapping.read(map_file)
    given = state.read(source)
    weights = _Weights(source, weight_map).checked(given.tensors)
    kept = _kept(weight_map, base)
    with alone(target, overwrite=overwrite) as file:
        checkpoint.write(_parameters(weight_map, weights), file.write)
        checkpoint.write(kept.items(), file.write)
    return Written(target, len(weight_map.parameters) + len(kept), given.notes)


def _kept(weight_map: WeightMap, base: Path | None) -> dict[str, Stored]:
    """The parameters that are no weights of the model, from the network's first checkpoint."""
    wanted = weight_map.kept
    if not wanted:
        return {}
    first = base or weight_map.checkpoint
    if base is None and not first.exists():
        raise _mismatch(
            weight_map.path,
            f"{_counted(list(wanted))} no weight of the model, but of the network's own",
            "name the checkpoint that the conversion wrote with --base",
        )
    stored = checkpoint.read(first)
    found = {name: stored[name] for name in wanted if name in stored}
    _check(first, wanted, found, ())
    return found


def to_state(
    source: Path, map_file: Path, target: Path, base: Path | None, *, overwrite: bool
) -> Written:
    """Writes a network's checkpoint as a state_dict of the PyTorch model that it was made of.

    `base`: weights of that model, of which those are taken that no parameter is made of.
    """
    weight_map = mapping.read(map_file)
    parameters = checkpoint.read(source)
    wanted = {p.name: p.tensor for p in weight_map.parameters}
    _check(source, wanted, parameters, weight_map.kept)
    known = state.read(base) if base else state.State({}, ())
    found = _sources(weight_map, parameters)
    for name in weight_map.unused:
        if name in known.tensors and known.tensors[name].data_type in KINDS:
            found[name] = known.tensors[name]
    result = {name: found[name] for name in weight_map.order if name in found}
    with alone(target, overwrite=overwrite) as file:
        state.write(result, file)
    return Written(target, len(result), (*known.notes, *_left_out(weight_map, result)))


def _left_out(weight_map: WeightMap, result: Mapping[str, Stored]) -> Iterator[str]:
    missing = [name for name in weight_map.unused if name not in result]
    if missing:
        yield (
            f"{len(missing)} entries of the model are no parameters of the network, such as "
            f"'{missing[0]}': load with strict=False, or name the model's first weights with --base"
        )


def _parameters(
    weight_map: WeightMap, weights: Mapping[str, Stored]
) -> Iterator[tuple[str, Stored]]:
    for parameter in weight_map.parameters:
        parts = [weights[name] for name in parameter.sources]
        if len(parts) > 1:
            yield parameter.name, transform.concatenated(parts, parameter.axis)
        else:
            yield parameter.name, parameter.steps.apply(parts[0])


def _sources(weight_map: WeightMap, parameters: Mapping[str, Stored]) -> dict[str, Stored]:
    """The source's weights of a network's parameters; tied ones share their bytes."""
    found: dict[str, Stored] = {}
    for parameter in weight_map.parameters:
        given = parameters[parameter.name]
        if len(parameter.sources) > 1:
            shapes = [weight_map.sources[name].shape for name in parameter.sources]
            parts = transform.cut(given, parameter.axis, shapes)
            found.update(zip(parameter.sources, parts, strict=True))
        elif parameter.steps.is_whole:
            (name,) = parameter.sources
            found.setdefault(name, parameter.steps.undo(given, weight_map.sources[name]))
    for name in weight_map.sources:
        if name not in found:
            raise _mismatch(
                weight_map.path,
                f"no parameter has the whole of '{name}'",
                "convert the model again",
            )
        found[name] = replace(found[name], shares=name)
    found.update((alias, found[first]) for alias, first in weight_map.aliases.items())
    return found


class _Weights:
    """The weights of a file, as a map asks for them."""

    def __init__(self, path: Path, weight_map: WeightMap):
        self._path = path
        self._map = weight_map

    def checked(self, given: Mapping[str, Stored]) -> Mapping[str, Stored]:
        """All that the map names, and nothing else, of the right shapes and types."""
        weights = dict(given)
        for alias, first in self._map.aliases.items():
            if alias in weights:
                # A file may keep one of tied weights only, whichever.
                tied = weights.pop(alias)
                self._check_tied(alias, tied, first, weights.setdefault(first, tied))
        _check(self._path, self._map.sources, weights, self._map.unused)
        for parameter in self._map.parameters:
            self._check_result(parameter)
        return weights

    def _check_tied(self, alias: str, tied: Stored, first: str, other: Stored) -> None:
        same = tied is other or (tied.shares is not None and tied.shares == other.shares)
        alike = (tied.data_type, tied.shape) == (other.data_type, other.shape)
        if not same and not (alike and _equal(tied, other)):
            raise _mismatch(
                self._path,
                f"'{alias}' and '{first}' differ, and are one parameter of the network",
                "tie them in the model, or convert the model again as it is now",
            )

    def _check_result(self, parameter: Parameter) -> None:
        """The map itself may be damaged, or edited."""
        if len(parameter.sources) > 1:
            return
        try:
            made = parameter.steps.shape(self._map.sources[parameter.sources[0]])
        except (IndexError, ValueError):
            made = ((), "")
        if made != (parameter.tensor.shape, parameter.tensor.data_type):
            raise _mismatch(
                self._map.path,
                f"'{parameter.name}' is not what its source becomes by the map's own word",
                "give the weight map as the conversion wrote it",
            )


def _equal(a: Stored, b: Stored) -> bool:
    return a.data_type not in KINDS or a.content() == b.content()


def _check(
    path: Path,
    wanted: Mapping[str, Stored],
    given: Mapping[str, Stored],
    allowed: Iterable[str],
) -> None:
    """Refuses what is missing, what is not known, and what has another shape or type."""
    missing = [name for name in wanted if name not in given]
    if missing:
        raise _mismatch(
            path,
            f"{_counted(missing)} missing",
            "give the weights of the whole model that the map is of",
        )
    unknown = sorted(given.keys() - wanted.keys() - set(allowed))
    if unknown:
        raise _mismatch(
            path,
            f"{_counted(unknown)} not known to the weight map",
            "give the weights of the model that the map is of, without an optimiser's",
        )
    for name, tensor in wanted.items():
        if (tensor.shape, tensor.data_type) != (given[name].shape, given[name].data_type):
            raise _mismatch(
                path,
                f"'{name}' is {given[name]} where the network has {tensor}",
                "give weights of the shape and type that was converted, or convert the model again",
            )


def _counted(names: list[str]) -> str:
    more = f" and {len(names) - 1} more are" if len(names) > 1 else " is"
    return f"'{names[0]}'{more}"


def _mismatch(path: Path, message: str, remedy: str) -> ConversionError:
    return failure(Failure.WEIGHTS_MISMATCH, message, origin=str(path), remedy=remedy)
