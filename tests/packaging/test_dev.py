"""The decisions of set-up that need no fresh machine to be checked."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("roadbook_dev", ROOT / "packaging" / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_windows_are_shown_where_there_is_a_display(dev: ModuleType) -> None:
    assert dev.has_display("win32", {})
    assert dev.has_display("darwin", {})
    assert dev.has_display("linux", {"DISPLAY": ":0"})
    assert dev.has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not dev.has_display("linux", {"DISPLAY": ""})


def test_programs_of_the_environment_are_where_each_platform_puts_them(dev: ModuleType) -> None:
    assert dev.venv_program("python", platform="win32").parts[-2:] == ("Scripts", "python.exe")
    assert dev.venv_program("python", platform="linux").parts[-2:] == ("bin", "python")


def test_missing_libraries_are_read_from_what_ldd_lists(dev: ModuleType) -> None:
    listing = (
        "libqxcb.so:\n\tlinux-vdso.so.1 (0x00007ffd)\n\tlibxcb-cursor.so.0 => not found\n"
        "\tlibQt6Core.so.6 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x00007f)\n"
        "other.so:\n\tlibxcb-cursor.so.0 => not found\n\tlibnew.so.9 => not found\n"
    )
    missing = dev.missing_in(listing)
    assert missing == ["libnew.so.9", "libxcb-cursor.so.0"]
    assert dev.debian_packages_for(missing) == (["libxcb-cursor0"], ["libnew.so.9"])


def test_nobody_is_asked_for_a_password_without_a_terminal(dev: ModuleType) -> None:
    assert dev.privilege_prefix(is_root=True, sudo=None, interactive=False) == []
    assert dev.privilege_prefix(is_root=False, sudo=None, interactive=True) is None
    assert dev.privilege_prefix(is_root=False, sudo="false", interactive=False) is None


def test_options_after_test_go_to_pytest(dev: ModuleType) -> None:
    assert dev.read_arguments(["test", "-x", "--headless", "tests/domain"]).pytest_arguments == [
        "-x", "--headless", "tests/domain",
    ]  # fmt: skip
    assert dev.read_arguments(["test"]).pytest_arguments == []
    assert dev.read_arguments(["run"]).headless is None
    assert dev.read_arguments(["run", "--headless"]).headless == dev.DEFAULT_FOLDER
    chosen = dev.read_arguments(["run", "--headless", "out", "client.roadbook"])
    assert (chosen.headless, chosen.file) == ("out", "client.roadbook")


@pytest.mark.parametrize(
    ("system", "machine", "c_library", "python_version", "words"),
    [
        ("linux", "x86_64", ("glibc", "2.36"), (3, 11), None),
        ("linux", "x86_64", ("glibc", "2.31"), (3, 11), "2.34"),
        ("linux", "aarch64", ("glibc", "2.36"), (3, 12), "2.39"),
        ("linux", "aarch64", ("glibc", "2.39"), (3, 12), None),
        ("linux", "riscv64", ("", ""), (3, 12), None),  # pip's own message says what there is no wheel for
        ("darwin", "arm64", ("", ""), (3, 14), None),
        ("win32", "AMD64", ("", ""), (3, 13), None),
        ("win32", "AMD64", ("", ""), (3, 15), "3.14"),
    ],
)
def test_a_machine_the_pins_are_not_made_for_is_told_so_before_anything_is_fetched(
    dev: ModuleType, system: str, machine: str, c_library: tuple[str, str], python_version: tuple[int, int],
    words: str | None,
) -> None:  # fmt: skip
    obstacle = dev.find_obstacle(system, machine, c_library, python_version)
    assert obstacle is None if words is None else words in obstacle


def test_apt_completes_the_python_of_the_system_and_no_other(dev: ModuleType) -> None:
    assert dev.venv_package("linux", "/usr/bin/python3", (3, 11)) == "python3.11-venv"
    assert dev.venv_package("linux", "/opt/python/bin/python3", (3, 11)) is None
    assert dev.venv_package("darwin", "/usr/bin/python3", (3, 11)) is None


def test_an_environment_moved_from_elsewhere_is_made_anew(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    assert not dev.is_venv_usable()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / ".venv")], check=True)
    assert not dev.is_venv_usable(), "one without pip is not to its end"
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("command = python3 -m venv /elsewhere/.venv\n", encoding="utf-8")
    assert not dev.is_venv_usable()


def test_set_up_that_fails_is_not_taken_for_the_one_before_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "ready"
    stamp.write_text("an earlier set-up", encoding="utf-8")
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(dev, "create_venv", lambda: None)
    monkeypatch.setattr(dev, "call", lambda *_command: 1)
    with pytest.raises(dev.SetUpError, match="network"):
        dev.prepare()
    assert not stamp.exists()


def test_the_headless_job_does_not_write_into_a_file(
    dev: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "client.roadbook"
    file.write_bytes(b"not to be touched")
    assert dev.run_headless(file, None) == 2
    assert "takes a folder" in capsys.readouterr().err
    assert file.read_bytes() == b"not to be touched"


def test_an_old_python_can_read_set_up_to_be_told_it_is_too_old(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "packaging" / "dev.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))
    assert not re.search(r"^\s+match \w", text, re.MULTILINE)
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    assert dev.main(["run"]) == 1
    assert "3.11 or newer" in capsys.readouterr().err


def test_a_system_without_apt_is_told_what_to_install(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    with pytest.raises(dev.SetUpError, match="libegl1"):
        dev.install_debian_packages(["libegl1"], "Qt needs it")


def test_every_requirement_is_pinned_and_hashed_and_names_no_host() -> None:
    text = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 40
    assert all(re.match(r"[a-z0-9._-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"^pyside6-essentials==6\.12\.0\b", text, re.MULTILINE)


def test_every_dependency_of_the_project_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=!~ \[]", entry)[0].lower() for entry in asked}
    text = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    pinned = {line.split("==")[0] for line in text.splitlines() if "==" in line}
    assert names <= pinned


def test_set_up_needs_the_standard_library_alone() -> None:
    text = (ROOT / "packaging" / "dev.py").read_text(encoding="utf-8")
    imported = set(re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE))
    assert imported <= set(sys.stdlib_module_names) | {"__future__"}
