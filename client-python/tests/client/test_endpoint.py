# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Which server a conversion goes to."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from mindconverter import ConversionError, Credentials
from mindconverter._rpc.endpoint import chosen


@pytest.mark.parametrize(
    "address",
    ["localhost:1", "10.0.0.7:65535", "a-b.example:50051", "dns:///name.example:7", "[::1]:50051"],
)
def test_addresses_are_taken_as_they_are(address: str) -> None:
    endpoint = chosen(address, None)
    assert endpoint is not None
    assert (endpoint.address, endpoint.token, endpoint.private) == (address, "", False)


@pytest.mark.parametrize(
    "address",
    ["localhost", "localhost:", ":1", "host:0", "host:65536", "http://host:1", "a b:1", "h:1\n",
     "unix:/tmp/x", "host:port", "::1:50051"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ConversionError) as caught:
        chosen(address, None)
    assert caught.value.name == "BadParamError"


def test_an_argument_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(None, None) is None
    monkeypatch.setenv("MINDCONVERTER_SERVER", "env.example:1")
    for server, wanted in ((None, "env.example:1"), ("arg.example:2", "arg.example:2")):
        endpoint = chosen(server, None)
        assert endpoint is not None
        assert endpoint.address == wanted


@pytest.mark.parametrize("variable", ["TLS_CA", "TLS_CERT", "TLS_KEY"])
def test_a_wish_for_tls_is_refused_and_not_ignored(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(f"MINDCONVERTER_{variable}", "/x")
    with pytest.raises(ConversionError) as caught:
        chosen("localhost:1", None)
    assert caught.value.origin == f"MINDCONVERTER_{variable}"


@pytest.mark.parametrize("content", [b"", b"\n token", b"two words\n", b"\xc3\xa9\n", b"a\x00\n"])
def test_a_file_without_a_token_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(ConversionError) as caught:
        chosen("localhost:1", Credentials(file))
    assert caught.value.name == "UnauthenticatedError"


def test_a_missing_token_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConversionError) as caught:
        chosen("localhost:1", Credentials(tmp_path / "gone"))
    assert caught.value.origin.endswith("gone")


def test_a_token_that_leaves_the_machine_unencrypted_is_warned_about(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("abc")
    with pytest.warns(UserWarning, match="unencrypted"):
        chosen("other.example:1", Credentials(file))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for address in ("localhost:1", "127.0.0.1:1", "[::1]:1"):
            endpoint = chosen(address, Credentials(file))
            assert endpoint is not None
            assert endpoint.token == "abc"
