# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""All files, or none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mindconverter import ConversionError
from mindconverter._outputs import Outputs

OLD, NEW = b"old", b"new"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def written(outputs: Outputs) -> Outputs:
    for place in places(outputs):
        outputs.file(place).write(NEW)
    return outputs


def places(outputs: Outputs) -> Iterator[Path]:
    yield from (outputs.script, outputs.checkpoint, outputs.report)
    yield from (outputs.weight_map, outputs.operators)


def test_nothing_stands_at_its_place_before_the_commit(tmp_path: Path) -> None:
    outputs = written(Outputs(tmp_path / "o", tmp_path / "r", "n", overwrite=False))
    assert not any(place.exists() for place in places(outputs))
    outputs.commit()
    assert set(everything(tmp_path)) == {
        "o/n.py",
        "o/n.ckpt",
        "r/report_of_n.txt",
        "r/weight_map_of_n.json",
        "r/operators_of_n.csv",
    }
    outputs.discard()
    assert all(place.read_bytes() == NEW for place in places(outputs))


def test_discarding_takes_away_files_and_the_folders_made_for_them(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    outputs = written(Outputs(tmp_path / "a/b/c", tmp_path / "mine/r", "n", overwrite=False))
    assert (tmp_path / "a/b/c").is_dir()
    outputs.discard()
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["mine"]


def test_discarding_leaves_a_folder_that_someone_else_uses_meanwhile(tmp_path: Path) -> None:
    outputs = written(Outputs(tmp_path / "a", tmp_path / "a", "n", overwrite=False))
    (tmp_path / "a/theirs").write_bytes(OLD)
    outputs.discard()
    assert everything(tmp_path) == {"a/theirs": OLD}


@pytest.mark.parametrize("failing_call", range(1, 6))
@pytest.mark.parametrize("overwrite", [False, True])
def test_when_one_file_cannot_be_put_at_its_place_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing_call: int, overwrite: bool
) -> None:
    if overwrite:
        before = written(Outputs(tmp_path, tmp_path, "n", overwrite=False))
        before.commit()
        for place in places(before):
            place.write_bytes(OLD)
    outputs = written(Outputs(tmp_path, tmp_path, "n", overwrite=overwrite))
    name = "replace" if overwrite else "link"
    real, calls = getattr(os, name), []

    def fail(*args: object, **options: object) -> None:
        calls.append(args)
        if len(calls) == failing_call:
            raise PermissionError(13, "Permission denied")
        real(*args, **options)

    monkeypatch.setattr(os, name, fail)
    if not overwrite:
        # Without links, files are moved; that fails too.
        monkeypatch.setattr(os, "rename", lambda *_: (_ for _ in ()).throw(PermissionError(13, "")))
    with pytest.raises(ConversionError) as caught:
        outputs.commit()
    monkeypatch.undo()
    outputs.discard()
    assert caught.value.name == "FileSaveError"
    left = everything(tmp_path)
    assert set(left.values()) == ({OLD} if overwrite else set())
    assert len(left) == (5 if overwrite else 0)


def test_files_appear_also_where_links_are_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*args: object, **options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    for overwrite in (False, True):
        written(Outputs(tmp_path, tmp_path, "n", overwrite=overwrite)).commit()
        assert len(everything(tmp_path)) == 5
    with pytest.raises(ConversionError):
        Outputs(tmp_path, tmp_path, "n", overwrite=False)


def test_a_file_that_someone_else_wrote_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    outputs = written(Outputs(tmp_path, tmp_path, "n", overwrite=False))
    outputs.script.write_bytes(OLD)
    with pytest.raises(ConversionError) as caught:
        outputs.commit()
    assert caught.value.code == "2000002"
    outputs.discard()
    assert everything(tmp_path) == {"n.py": OLD}


def test_a_link_is_replaced_and_not_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(OLD)
    (tmp_path / "n.py").symlink_to("elsewhere")
    written(Outputs(tmp_path, tmp_path, "n", overwrite=True)).commit()
    assert (tmp_path / "elsewhere").read_bytes() == OLD
    assert not (tmp_path / "n.py").is_symlink()
    assert (tmp_path / "n.py").read_bytes() == NEW


def test_a_link_into_nowhere_counts_as_existing(tmp_path: Path) -> None:
    (tmp_path / "n.py").symlink_to("nowhere")
    with pytest.raises(ConversionError) as caught:
        Outputs(tmp_path, tmp_path, "n", overwrite=False)
    assert caught.value.code == "2000002"


def test_a_folder_at_a_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "n.py").mkdir()
    with pytest.raises(ConversionError) as caught:
        Outputs(tmp_path, tmp_path, "n", overwrite=True)
    assert caught.value.origin.endswith("n.py")


def test_a_file_at_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "o").write_bytes(OLD)
    for folder in (tmp_path / "o", tmp_path / "o" / "deeper"):
        with pytest.raises(ConversionError) as caught:
            Outputs(folder, tmp_path, "n", overwrite=True)
        assert caught.value.name == "FileSaveError"
    assert everything(tmp_path) == {"o": OLD}


def test_a_path_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversionError) as caught:
        Outputs(tmp_path / ("x/" * 2100), tmp_path, "n", overwrite=False)
    assert caught.value.name == "BadParamError"


def test_the_longest_name_has_room_for_its_hidden_file(tmp_path: Path) -> None:
    written(Outputs(tmp_path, tmp_path, "n" * 200, overwrite=False)).commit()
    assert len(everything(tmp_path)) == 5
