"""The decisions of set-up that need no fresh machine to be checked."""

from __future__ import annotations

import importlib.util
import re
import sys
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
    import tomllib

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
