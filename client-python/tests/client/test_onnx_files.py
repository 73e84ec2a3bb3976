# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Finding the files in which a model keeps its tensors."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from mindconverter import ConversionError, _onnx_files


def external(name: str, location: str) -> TensorProto:
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=[2])
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("offset", "0"), ("location", location), ("length", "8")):
        tensor.external_data.add(key=key, value=value)
    return tensor


def stored(
    folder: Path, graph: onnx.GraphProto, functions: tuple[onnx.FunctionProto, ...] = ()
) -> Path:
    file = folder / "m.onnx"
    file.write_bytes(helper.make_model(graph, functions=functions).SerializeToString())
    return file


def graph_of(*nodes: onnx.NodeProto, initializers: tuple[TensorProto, ...] = ()) -> onnx.GraphProto:
    return helper.make_graph(nodes, "g", [], [], list(initializers))


def with_initializers(folder: Path, *locations: str) -> Path:
    tensors = tuple(external(f"t{i}", name) for i, name in enumerate(locations))
    return stored(folder, graph_of(initializers=tensors))


def test_each_file_is_found_once_in_the_models_order(tmp_path: Path) -> None:
    model = with_initializers(tmp_path, "b.bin", "sub/a.bin", "b.bin")
    (tmp_path / "sub").mkdir()
    for name in ("b.bin", "sub/a.bin"):
        (tmp_path / name).write_bytes(bytes(8))
    found = _onnx_files.external_files(model)
    assert [f.key for f in found] == ["b.bin", "sub/a.bin"]
    assert [f.path for f in found] == [tmp_path / "b.bin", tmp_path / "sub/a.bin"]


def test_tensors_are_found_wherever_a_model_can_have_them(tmp_path: Path) -> None:
    constant = helper.make_node("Constant", [], ["a"], value=external("a", "1"))
    inner = graph_of(initializers=(external("b", "2"),))
    branch = helper.make_node("If", ["a"], ["c"], then_branch=inner, else_branch=graph_of())
    sparse = helper.make_node("Constant", [], ["d"])
    sparse.attribute.add(name="sparse_value", type=onnx.AttributeProto.SPARSE_TENSOR)
    sparse.attribute[0].sparse_tensor.values.CopyFrom(external("d", "3"))
    many = helper.make_node("Odd", [], ["e"], tensors=[external("e", "4")])
    in_function = helper.make_node("Constant", [], ["f"], value=external("f", "5"))
    function = helper.make_function("f", "F", [], ["f"], [in_function], [])
    graph = graph_of(constant, branch, sparse, many)
    graph.sparse_initializer.add().indices.CopyFrom(external("g", "6"))
    model = stored(tmp_path, graph, (function,))
    assert sorted(_onnx_files.locations(model)) == ["1", "2", "3", "4", "5", "6"]


def test_large_tensors_inside_the_model_are_not_read(tmp_path: Path) -> None:
    zeros = numpy_helper.from_array(np.zeros(1 << 20, np.float32), "inline")
    constant = helper.make_node("Constant", [], ["a"], value=zeros)
    model = stored(tmp_path, graph_of(constant, initializers=(zeros, external("t", "x"))))
    assert _onnx_files.locations(model) == ["x"]


def test_a_model_that_only_talks_about_locations_has_no_files(tmp_path: Path) -> None:
    node = helper.make_node("location", ["location"], ["y"], name="location", location=b"location")
    inline = numpy_helper.from_array(np.frombuffer(b"location" * 4, np.uint8), "location")
    assert _onnx_files.locations(stored(tmp_path, graph_of(node, initializers=(inline,)))) == []


@pytest.mark.parametrize(
    "location",
    [
        "/etc/passwd",
        "../m.bin",
        "a/../../m.bin",
        "",
        ".",
        "C:/x",
        "c:x",
        "..\\x",
        "\\\\host\\share",
        "a\x00b",
        "a\nb",
        "link",
        "folder/x",
    ],
)
def test_files_outside_of_the_models_folder_are_refused(tmp_path: Path, location: str) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x").write_bytes(bytes(8))
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "link").symlink_to(secret / "x")
    (folder / "folder").symlink_to(secret)
    with pytest.raises(ConversionError) as caught:
        _onnx_files.external_files(with_initializers(folder, location))
    assert caught.value.name in ("BadParamError", "ExternalDataMissingError")
    assert caught.value.remedy


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(bytes(8))
    (tmp_path / "link").symlink_to("real")
    (found,) = _onnx_files.external_files(with_initializers(tmp_path, "link"))
    assert (found.key, found.path) == ("link", tmp_path / "real")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConversionError) as caught:
        _onnx_files.external_files(with_initializers(tmp_path, "gone.bin"))
    assert (caught.value.code, caught.value.name) == ("1000004", "ExternalDataMissingError")
    assert caught.value.origin.endswith("gone.bin")


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConversionError):
        _onnx_files.external_files(with_initializers(tmp_path, "pipe"))


@pytest.mark.parametrize("keep", [0, 1, 7, 30, 60, 90])
def test_a_truncated_model_ends_the_search(tmp_path: Path, keep: int) -> None:
    model = with_initializers(tmp_path, "a.bin", "b.bin")
    model.write_bytes(model.read_bytes()[:keep])
    assert set(_onnx_files.locations(model)) <= {"a.bin", "b.bin"}


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04" * 100, b"<!DOCTYPE html>" * 100, bytes(1 << 20), b"\xff" * 1000],
    ids=["nothing", "zip", "html", "zeros", "ones"],
)
def test_what_is_no_model_is_left_to_the_server(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "m.onnx"
    file.write_bytes(content)
    assert _onnx_files.locations(file) == []


def test_nesting_without_end_is_not_followed(tmp_path: Path) -> None:
    content = b"location"
    for _ in range(3000):
        for tag in (b"\x32", b"\x2a", b"\x0a"):
            content = tag + _length(content) + content
    file = tmp_path / "m.onnx"
    file.write_bytes(b"\x3a" + _length(content) + content)
    assert _onnx_files.locations(file) == []


def _length(content: bytes) -> bytes:
    from mindconverter._rpc.codec import varint

    return varint(len(content))


def test_fields_without_end_are_refused_in_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_onnx_files, "_MOST_FIELDS", 10_000)
    file = tmp_path / "m.onnx"
    file.write_bytes(b"\x08\x01" * (8 << 20))
    started = time.monotonic()
    with pytest.raises(ConversionError) as caught:
        _onnx_files.locations(file)
    assert caught.value.name == "LimitExceededError"
    assert time.monotonic() - started < 5


def test_names_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_onnx_files, "_MOST_FILES", 5)
    model = with_initializers(tmp_path, *map(str, range(6)))
    with pytest.raises(ConversionError) as caught:
        _onnx_files.locations(model)
    assert caught.value.name == "LimitExceededError"
