# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What the daemon says it maps."""

from __future__ import annotations

from collections.abc import Mapping


def mapped_generations() -> Mapping[tuple[str, str], list[int]]:
    """The opset versions at which an operator changed and is mapped, by domain and type."""
    from mindconverter._daemon import embedded
    from mindconverter._rpc.channel import capabilities

    return {
        (operator.domain, operator.type): sorted(operator.since_versions)
        for operator in capabilities(embedded.endpoint()).operators
    }
