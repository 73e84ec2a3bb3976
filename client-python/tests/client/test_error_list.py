# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The list of errors explains every failure that the client knows."""

from __future__ import annotations

from pathlib import Path

from mindconverter.errors import Failure

_LIST = Path(__file__).parents[3] / "server" / "src" / "test" / "resources" / "docs" / "errors.tsv"


def test_every_failure_is_explained_and_the_other_way_round() -> None:
    rows = [line.split("\t") for line in _LIST.read_text(encoding="utf-8").splitlines()]
    explained = {(name, digits, class_name) for name, digits, class_name, *_ in rows}
    assert explained == {(f.name, f.digits, f.class_name) for f in Failure}
