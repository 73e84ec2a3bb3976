# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""``mindconverter weights``: what it takes over, and what it refuses."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from mindconverter._command.main import main
from mindconverter._weights import checkpoint, safetensors
from mindconverter._weights.tensors import KINDS

Rows = list[dict[str, Any]]
Run = Callable[..., tuple[int, str, str]]


def side(name: str, shape: list[int], data_type: str) -> dict[str, Any]:
    return {"name": name, "shape": shape, "data_type": data_type}


def row(source: Any, converted: Any, **more: str) -> dict[str, Any]:
    return {"converted_weight": converted, "source_weight": source, **more}


def plain_row(name: str, tensor: torch.Tensor) -> dict[str, Any]:
    kind, shape = str(tensor.dtype).removeprefix("torch."), list(tensor.shape)
    return row(side(name, shape, kind), side(name, shape, KINDS[kind].checkpoint))


A = plain_row("a", torch.rand(2))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `weights` on files of a folder; the map is in m.json."""
    monkeypatch.chdir(tmp_path)

    def command(source: str, target: str, *words: str, rows: Rows) -> tuple[int, str, str]:
        Path("m.json").write_text(json.dumps({"m": rows}), encoding="utf-8")
        status = main(["weights", "--from", source, "--map", "m.json", "--to", target, *words])
        return status, *capsys.readouterr()

    return command


def tensors() -> dict[str, torch.Tensor]:
    """One matrix and one scalar of every type, and what has no elements."""
    made = {}
    for name in KINDS:
        kind = getattr(torch, name)
        made[f"matrix.{name}"] = torch.arange(6).reshape(2, 3).to(kind)
        made[f"scalar.{name}"] = torch.tensor(1).to(kind)
    made["nan"] = torch.tensor([float("nan"), -0.0, float("inf")])
    made["none"] = torch.zeros(0, 3)
    return made


def same_bytes(a: torch.Tensor, b: torch.Tensor) -> bool:
    return (a.dtype, a.shape) == (b.dtype, b.shape) and a.reshape(-1).view(
        torch.uint8
    ).tolist() == b.reshape(-1).view(torch.uint8).tolist()


@pytest.mark.parametrize("suffix", ["pth", "safetensors"])
def test_every_type_comes_back_as_it_was(run: Run, suffix: str) -> None:
    state = tensors()
    torch.save(state, "a.pth")
    rows = [plain_row(name, tensor) for name, tensor in state.items()]
    assert run("a.pth", "b.ckpt", rows=rows)[0] == 0
    assert run("b.ckpt", f"c.{suffix}", rows=rows)[0] == 0
    assert run(f"c.{suffix}", "d.ckpt", rows=rows)[0] == 0
    assert run("d.ckpt", "e.pth", rows=rows)[0] == 0
    assert Path("b.ckpt").read_bytes() == Path("d.ckpt").read_bytes()
    back = torch.load("e.pth", weights_only=True)
    assert list(back) == list(state)
    assert all(same_bytes(back[name], state[name]) for name in state)


TURNED = row(
    side("w", [2, 3, 4], "float32"),
    side("v", [4, 6], "Float32"),
    transform="transpose(2,0,1).reshape(4,6)",
)
WIDENED = row(side("h", [2], "bfloat16"), side("h", [2], "Float32"), transform="cast(float32)")
JOINED = row(
    [side("q", [2], "float32"), side("k", [3], "float32")],
    side("b", [5], "Float32"),
    transform="concat(0)",
)
CUT = row(
    side("c", [4], "float32"),
    [side("first", [2], "Float32"), side("whole", [4], "Float32")],
    transform="slice(0,0,2); ",
)


def test_values_are_laid_out_as_the_map_says_and_back(run: Run) -> None:
    state = {
        "w": torch.rand(2, 3, 4),
        "h": torch.rand(2).bfloat16(),
        "q": torch.rand(2),
        "k": torch.rand(3),
        "c": torch.rand(4),
    }
    rows = [TURNED, WIDENED, JOINED, CUT]
    torch.save(state, "a.pth")
    assert run("a.pth", "b.ckpt", rows=rows) == (0, f"wrote {Path.cwd()}/b.ckpt: 5 weights\n", "")
    found = checkpoint.read(Path("b.ckpt"))
    assert {name: str(tensor) for name, tensor in found.items()} == {
        "v": "float32[4, 6]",
        "h": "float32[2]",
        "b": "float32[5]",
        "first": "float32[2]",
        "whole": "float32[4]",
    }
    expected = state["w"].permute(2, 0, 1).reshape(4, 6)
    assert found["v"].content() == expected.contiguous().numpy().tobytes()
    assert found["h"].content() == state["h"].float().numpy().tobytes()
    assert run("b.ckpt", "c.pth", rows=rows)[0] == 0
    back = torch.load("c.pth", weights_only=True)
    assert all(same_bytes(back[name], state[name]) for name in state)


def test_tied_weights_are_one_parameter_and_two_names_again(run: Run) -> None:
    weight = torch.rand(3)
    rows = [
        plain_row("a", weight),
        {**plain_row("z", weight), "converted_weight": None, "alias_of": "a"},
    ]
    torch.save({"a": weight, "z": weight}, "a.pth")
    assert run("a.pth", "b.ckpt", rows=rows)[1].endswith(": 1 weights\n")
    assert run("b.ckpt", "c.pth", rows=rows)[0] == 0
    back = torch.load("c.pth", weights_only=True)
    assert back["a"].data_ptr() == back["z"].data_ptr()
    torch.save({"z": weight}, "only.pth")
    assert run("only.pth", "d.ckpt", rows=rows)[0] == 0
    torch.save({"a": weight, "z": weight + 1}, "untied.pth")
    status, _, error = run("untied.pth", "e.ckpt", rows=rows)
    assert (status, "'z' and 'a' differ" in error) == (1, True)
    assert not Path("e.ckpt").exists()


def test_what_is_no_parameter_comes_from_the_base(run: Run) -> None:
    unused = row(side("count", [], "int64"), None, reason="counts")
    rows = [plain_row("a", torch.rand(1)), unused]
    state = {"a": torch.rand(1), "count": torch.tensor(7)}
    torch.save(state, "a.pth")
    assert run("a.pth", "b.ckpt", rows=rows)[0] == 0
    _, _, notes = run("b.ckpt", "c.pth", rows=rows)
    assert "1 entries of the model are no parameters of the network, such as 'count'" in notes
    assert list(torch.load("c.pth", weights_only=True)) == ["a"]
    assert run("b.ckpt", "d.pth", "--base", "a.pth", rows=rows)[2] == ""
    assert torch.load("d.pth", weights_only=True)["count"] == 7


def test_tables_of_the_network_come_from_its_first_checkpoint(run: Run) -> None:
    table = row(None, side("table", [2], "Float32"), reason="the model's")
    table_alone = [plain_row("table", torch.rand(2))]
    rows = [A, table]
    torch.save({"a": torch.rand(2)}, "a.pth")
    status, _, error = run("a.pth", "b.ckpt", rows=rows)
    assert (status, "'table' is no weight of the model" in error) == (1, True)
    torch.save({"table": torch.ones(2)}, "t.pth")
    assert run("t.pth", "m.ckpt", rows=table_alone)[0] == 0  # where the conversion leaves it
    assert run("a.pth", "b.ckpt", rows=rows)[1].endswith(": 2 weights\n")
    found = checkpoint.read(Path("b.ckpt"))
    assert found["table"].content() == torch.ones(2).numpy().tobytes()
    assert run("b.ckpt", "c.pth", rows=rows)[0] == 0
    assert list(torch.load("c.pth", weights_only=True)) == ["a"]


@pytest.mark.parametrize("key", ["state_dict", "model", "model_state_dict"])
def test_wrappings_are_taken_off_and_told_of(run: Run, key: str) -> None:
    state = {f"module.{name}": tensor for name, tensor in {"a.x": torch.rand(2)}.items()}
    torch.save({key: state, "epoch": 3, "optimizer": {"lr": 0.1}}, "a.pth")
    status, _, notes = run("a.pth", "b.ckpt", rows=[plain_row("a.x", torch.rand(2))])
    assert status == 0
    assert f"taken from its entry '{key}'" in notes
    assert "the prefix 'module.' was taken off the names" in notes


@pytest.mark.parametrize(
    ("state", "rows", "message"),
    [
        ({"b": torch.rand(2)}, [A], "'a' is missing"),
        ({"a": torch.rand(2), "b": torch.rand(1)}, [A], "'b' is not known to the weight map"),
        ({"a": torch.rand(3)}, [A], "'a' is float32[3] where the network has float32[2]"),
        ({"a": torch.rand(2).half()}, [A], "'a' is float16[2] where the network has float32[2]"),
        ({"a": torch.rand(2)}, [{**A, "transform": "spin(1)"}], "is made by 'spin(1)'"),
        ({"a": torch.rand(2)}, [{**A, "transform": "reshape(1,1)"}], "by the map's own word"),
        ({"a": torch.rand(2)}, [{"x": 1}], "it is no weight map"),
        ({"a": 3}, [A], "it holds no tensors under names"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line_and_nothing_is_written(
    run: Run, state: Any, rows: Rows, message: str
) -> None:
    torch.save(state, "a.pth")
    status, out, error = run("a.pth", "b.ckpt", rows=rows)
    assert (status, out) == (1, "")
    first, remedy = error.strip().split("\n")
    assert message in first
    assert "code: " in first
    assert remedy
    assert sorted(p.name for p in Path().iterdir()) == ["a.pth", "m.json"]


def test_code_in_a_pickle_is_not_run(run: Run) -> None:
    class Evil:
        def __reduce__(self) -> Any:
            return Path.touch, (Path("touched"),)

    torch.save({"a": Evil()}, "a.pth")
    status, _, error = run("a.pth", "b.ckpt", rows=[A])
    assert (status, "tensors only" in error) == (1, True)
    assert not Path("touched").exists()


def test_a_file_that_exists_stays_unless_it_may_be_replaced(run: Run) -> None:
    torch.save({"a": torch.rand(2)}, "a.pth")
    Path("b.ckpt").write_text("mine")
    status, _, error = run("a.pth", "b.ckpt", rows=[A])
    assert (status, "2000002" in error, Path("b.ckpt").read_text()) == (1, True, "mine")
    assert run("a.pth", "b.ckpt", "--overwrite", "--quiet", rows=[A]) == (0, "", "")
    assert list(checkpoint.read(Path("b.ckpt"))) == ["a"]


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "a.pth", "--map", "m.json"),
        ("--from", "a.pth", "--map", "m.json", "--to", "b.pth"),
        ("--from", "a.ckpt", "--map", "m.json", "--to", "b.ckpt"),
        ("--from", "a.bin", "--map", "m.json", "--to", "b.onnx"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_bad_usage(words: tuple[str, ...]) -> None:
    assert main(["weights", *words]) == 2


def test_a_checkpoint_that_is_cut_off_or_damaged_is_refused(run: Run) -> None:
    torch.save({"a": torch.rand(2)}, "a.pth")
    assert run("a.pth", "b.ckpt", rows=[A])[0] == 0
    whole = Path("b.ckpt").read_bytes()
    for at in range(1, len(whole)):
        Path("b.ckpt").write_bytes(whole[:at])
        status, _, error = run("b.ckpt", "c.pth", rows=[A])
        assert (status, "1000001" in error) == (1, True), at
    right = zlib.crc32(whole)
    for checksum, status in ((right, 0), (right ^ 1, 1)):
        Path("b.ckpt").write_bytes(whole + b"crc_num" + checksum.to_bytes(10, "big"))
        assert run("b.ckpt", f"{status}.pth", rows=[A])[0] == status


def test_a_safetensors_file_that_is_cut_off_is_refused(run: Run) -> None:
    torch.save({"a": torch.rand(2)}, "a.pth")
    run("a.pth", "b.ckpt", rows=[A])
    run("b.ckpt", "c.safetensors", rows=[A])
    whole = Path("c.safetensors").read_bytes()
    assert list(safetensors.read(Path("c.safetensors"))) == ["a"]
    for at in range(len(whole)):
        Path("c.safetensors").write_bytes(whole[:at])
        assert run("c.safetensors", "d.ckpt", rows=[A])[0] == 1, at


def test_a_large_parameter_takes_several_entries(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "_LARGEST_ENTRY", 100)
    state = {"a": torch.rand(64), "b": torch.rand(1)}
    torch.save(state, "a.pth")
    rows = [plain_row(name, tensor) for name, tensor in state.items()]
    assert run("a.pth", "b.ckpt", rows=rows)[0] == 0
    assert checkpoint.read(Path("b.ckpt"))["a"].content() == state["a"].numpy().tobytes()
