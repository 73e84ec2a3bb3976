# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Single layers and functions train as they do in PyTorch, whatever gradient they need."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from parity.selected import selected

from training.layers import LAYERS
from training.record import MODES, Mode
from training.run import Result, run
from training.verdict import judge_dropping

pytestmark = pytest.mark.extended

_STEPS = 3


@pytest.fixture(scope="session")
def layers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Result]:
    """What came of the layers that are selected, all of them from one run."""
    chosen = selected(request.session, "layer")
    networks = [network for name, network in LAYERS.items() if name in chosen]
    work = tmp_path_factory.mktemp("layers")
    return {result.network.name: result for result in run(networks, work, steps=_STEPS)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_has_the_gradients_of_its_source(
    layer: str, mode: Mode, layers: Mapping[str, Result]
) -> None:
    result = layers[layer]
    assert result.fault == ""
    assert result.verdicts[mode].faults == []


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_drops_what_its_source_drops(layer: str, layers: Mapping[str, Result]) -> None:
    reference, dropping = layers[layer].reference, layers[layer].dropping
    assert reference is not None
    assert dropping is not None
    assert reference.lost == []
    assert judge_dropping(reference, dropping) == []
