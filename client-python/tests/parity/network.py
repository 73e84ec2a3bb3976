# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Takes a generated script and its checkpoint into a MindSpore network, accepting nothing odd."""

from __future__ import annotations

import ast
import importlib.util
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

_ALIAS = "MindSporeModel"
_SHOWN = 5
_numbers = itertools.count(1)


class FaultyNetworkError(Exception):
    """The script, or what it says about its parameters, is not what was promised."""


@contextmanager
def imported(script: Path) -> Iterator[ModuleType]:
    """The script as a module under a name of its own.

    It must stay in `sys.modules` while its network lives: MindSpore's graph parser reads classes
    back from their source.
    """
    name = f"converted_{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(name, script)
    if spec is None or spec.loader is None:
        raise FaultyNetworkError(f"{script.name} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        del sys.modules[name]


def network_class(script: Path, module: ModuleType) -> Any:
    """The last top-level cell of the script, which its alias must name."""
    from mindspore import nn

    tree = ast.parse(script.read_text(encoding="utf-8"))
    classes = [getattr(module, node.name) for node in tree.body if isinstance(node, ast.ClassDef)]
    cells = [found for found in classes if issubclass(found, nn.Cell)]
    if not cells:
        raise FaultyNetworkError("the script defines no cell")
    if getattr(module, _ALIAS, None) is not cells[-1]:
        raise FaultyNetworkError(f"{_ALIAS} does not name the last cell, {cells[-1].__name__}")
    return cells[-1]


def load_weights(network: Any, checkpoint: Path | None) -> None:
    """Loads the checkpoint, one to one. A network without parameters has none."""
    import mindspore

    parameters = list(network.get_parameters())
    own = {parameter.name: parameter for parameter in parameters}
    if len(own) != len(parameters):
        # MindSpore accepts this silently, and fills only one of them.
        raise FaultyNetworkError(f"{len(parameters)} parameters share {len(own)} names")
    stored = mindspore.load_checkpoint(str(checkpoint)) if checkpoint else {}
    _refuse("not in the checkpoint", own.keys() - stored.keys())
    _refuse("left over in the checkpoint", stored.keys() - own.keys())
    _refuse(
        "of another shape or type",
        {
            name
            for name, parameter in own.items()
            if tuple(parameter.shape) != tuple(stored[name].shape)
            or parameter.dtype != stored[name].dtype
        },
    )
    if stored:
        missed = mindspore.load_param_into_net(network, stored, strict_load=True)
        _refuse("not loaded", {name for names in missed for name in names})


def _refuse(what: str, names: set[str]) -> None:
    if names:
        shown = ", ".join(sorted(names)[:_SHOWN])
        raise FaultyNetworkError(f"{len(names)} parameters {what}: {shown}")
