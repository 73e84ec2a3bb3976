# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Which parameters the selected tests have, so that one run answers them all and no others."""

from __future__ import annotations

import pytest


def selected(session: pytest.Session, parameter: str) -> set[str]:
    """The values of a parameter, as text, over the tests that were selected."""
    calls = [getattr(item, "callspec", None) for item in session.items]
    return {str(call.params[parameter]) for call in calls if call and parameter in call.params}
