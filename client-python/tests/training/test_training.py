# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Converted networks train as their sources do, in PyNative and in GRAPH mode."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from parity.selected import selected

from training.networks import NETWORKS
from training.record import MODES, Mode
from training.run import Result, run
from training.verdict import judge_dropping

_MARKED = [
    pytest.param(name, marks=[pytest.mark.extended] if network.extended else [])
    for name, network in NETWORKS.items()
]
# Of the loss that it begins with: what the steps must take off for them to show anything.
_LEARNED = 0.05


@pytest.fixture(scope="session")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Result]:
    """What came of the networks that are selected, all of them from one run."""
    chosen = selected(request.session, "network")
    networks = [network for name, network in NETWORKS.items() if name in chosen]
    work = tmp_path_factory.mktemp("training")
    return {result.network.name: result for result in run(networks, work)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("network", _MARKED)
def test_a_network_has_the_gradients_and_losses_of_its_source(
    network: str, mode: Mode, results: Mapping[str, Result]
) -> None:
    result = results[network]
    assert result.fault == ""
    assert result.verdicts[mode].faults == []
    assert result.verdicts[mode].parameters > 0


@pytest.mark.parametrize("network", _MARKED)
def test_a_network_learns_something(network: str, results: Mapping[str, Result]) -> None:
    reference = results[network].reference
    assert reference is not None
    assert reference.losses[-1] < (1 - _LEARNED) * reference.losses[0]


@pytest.mark.parametrize("network", _MARKED)
def test_a_network_drops_what_its_source_drops(network: str, results: Mapping[str, Result]) -> None:
    reference, dropping = results[network].reference, results[network].dropping
    assert reference is not None
    assert dropping is not None
    assert reference.lost == []
    assert judge_dropping(reference, dropping) == []


def test_networks_of_all_kinds_are_trained_in_every_build() -> None:
    titles = {network.title for network in NETWORKS.values() if not network.extended}
    assert len(titles) >= 12
