# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Errors as callers meet them."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

from mindconverter import ConversionError
from mindconverter.errors import Failure, failure

ERROR_CODES = (
    Path(__file__).parents[3] / "server/src/main/java/org/mindconverter/diag/ErrorCode.java"
)
ERRORS = Path(__file__).parents[3] / "server/docs/errors.md"


def test_every_code_of_the_server_is_known_here() -> None:
    constants = re.findall(
        r'^  ([A-Z_]+)\("(\w+)", "(\w+)"\)', ERROR_CODES.read_text(), re.MULTILINE
    )
    assert len(constants) > 15
    known = {kind.name: kind.value for kind in Failure}
    assert {name: known.get(name) for name, _, _ in constants} == {
        name: (digits, class_name) for name, digits, class_name in constants
    }


def test_every_code_is_documented() -> None:
    rows = re.findall(r"^\| `(\d+)` \| `([A-Z_]+)` \| (\w+) \|", ERRORS.read_text(), re.MULTILINE)
    assert {(kind.digits, kind.name, kind.class_name) for kind in Failure} <= set(rows)


def test_codes_have_seven_digits_and_stand_once() -> None:
    codes = [kind.digits for kind in Failure]
    assert len(set(codes)) == len(codes) == len(Failure.__members__)
    assert all(re.fullmatch(r"\d{7}", code) for code in codes)


def test_an_error_is_one_line_and_its_remedy_another() -> None:
    error = failure(Failure.BAD_PARAMETER, "it is\nbroken", origin="a\rb", remedy="mend\nit")
    assert str(error) == "[BadParamError] code: 0000003, msg: a\\rb: it is\\nbroken\nmend\\nit"


def test_an_error_survives_its_way_between_processes() -> None:
    error = failure(Failure.BUSY, "m", origin="o", remedy="r")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is ConversionError
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)
