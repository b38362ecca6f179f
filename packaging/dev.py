"""Set Roadbook up on this machine and run it, test it or check it; needs only Python 3.11 and the standard library.

    python3 packaging/dev.py run                    open the app on the demo engagement
    python3 packaging/dev.py run FILE               open the app on a file
    python3 packaging/dev.py run --headless [DIR]   no window: write the demo and its exports into DIR
    python3 packaging/dev.py test [ARGUMENT...]     the whole test suite (arguments go to pytest)
    python3 packaging/dev.py check                  lint, types, import contracts, catalogues
    python3 packaging/dev.py lock                   pin the dependencies anew, with hashes

Everything lives in .venv beside the sources. What was set up once is recognised and not done again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "roadbook-ready"
REQUIREMENTS = ROOT / "packaging" / "requirements.txt"
OLDEST_PYTHON = (3, 11)

DEBIAN_PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Shared library -> Debian and Ubuntu package that brings it."""


class SetUpError(Exception):
    """Set-up cannot go on; the message says what a person can do."""


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return its exit status."""
    if sys.version_info < OLDEST_PYTHON:
        print(
            f"Roadbook needs Python {'.'.join(map(str, OLDEST_PYTHON))} or newer; this is {sys.version.split()[0]}.\n"
            "Start this command with a newer one, for example: python3.11 packaging/dev.py run",
            file=sys.stderr,
        )
        return 1
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="open the app, or do the demo job headless")
    run.add_argument("file", nargs="?", help="engagement to open instead of the demo")
    run.add_argument("--headless", nargs="?", const="roadbook-demo", metavar="DIR", help="write into DIR, no window")
    test = commands.add_parser("test", help="the whole test suite")
    test.add_argument("pytest_arguments", nargs=argparse.REMAINDER)
    commands.add_parser("check", help="lint, types, import contracts, catalogues")
    commands.add_parser("lock", help="pin the dependencies anew")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "lock":
            return lock()
        prepare()
        match chosen.command:
            case "run":
                headless = chosen.headless
                if headless is None and chosen.file is None and not has_display(sys.platform, os.environ):
                    print("No display here: doing the demo job without a window.")
                    headless = "roadbook-demo"
                return run_headless(Path(headless)) if headless is not None else run_window(chosen.file)
            case "test":
                return call(venv_python(), "-m", "pytest", *chosen.pytest_arguments)
            case _:
                return check()
    except SetUpError as error:
        print(f"\nRoadbook could not be set up: {error}", file=sys.stderr)
        return 1


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown: always on macOS and Windows, with X11 or Wayland elsewhere."""
    if platform in {"darwin", "win32"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def venv_program(name: str, *, platform: str = sys.platform) -> Path:
    """Return where the virtual environment keeps a program."""
    return VENV / ("Scripts" if platform == "win32" else "bin") / (f"{name}.exe" if platform == "win32" else name)


def venv_python() -> str:
    """Return the virtual environment's Python."""
    return str(venv_program("python"))


def call(*command: str) -> int:
    """Run a command in the checkout and return its exit status."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode


# ---- the two jobs ------------------------------------------------------------------------------------------------


def run_window(file: str | None) -> int:
    """Open the app on `file`, or on the demo engagement."""
    return call(venv_python(), "-m", "ui.app", *([str(Path(file).resolve())] if file else ["--demo"]))


def run_headless(folder: Path) -> int:
    """Create the demo engagement in `folder`, schedule it, write its exports beside it and print their paths."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    engagement = folder / "demo.roadbook"
    engagement.unlink(missing_ok=True)  # the demo of an earlier run; every other file in the folder stays
    written = [folder / f"demo.{suffix}" for suffix in ("png", "svg", "pdf", "xlsx")]
    for arguments in (
        ["new", str(engagement), "--demo"],
        ["schedule", str(engagement)],
        ["export", str(engagement), *map(str, written)],
    ):
        finished = subprocess.run(
            [venv_python(), "-m", "planner.cli", *arguments], cwd=ROOT, check=False, stdout=subprocess.DEVNULL
        )
        if finished.returncode:
            return finished.returncode
    for path in (engagement, *written):
        print(path)
    return 0


def check() -> int:
    """Run lint, format, types, import contracts and catalogue completeness; stop at the first that fails."""
    python = venv_python()
    for command in (
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy", "--strict", "planner"],
        [str(venv_program("lint-imports"))],
        [python, str(Path("packaging") / "catalogue.py"), "check"],
    ):
        print("$", shlex.join(Path(command[0]).name if part is command[0] else part for part in command), flush=True)
        status = call(*command)
        if status:
            return status
    return 0


def lock() -> int:
    """Pin every dependency of pyproject.toml with hashes, for all platforms and Python versions we support."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetUpError("the command `lock` needs uv on the PATH: python3 -m pip install uv")
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return call(
        uv, "pip", "compile", "pyproject.toml", "--group", "dev", "--universal", "--python-version", oldest,
        "--generate-hashes", "--no-header", "--no-annotate", "--upgrade", "--output-file",
        str(REQUIREMENTS.relative_to(ROOT)),
    )  # fmt: skip


# ---- set-up ------------------------------------------------------------------------------------------------------


def prepare() -> None:
    """Bring .venv to the state the sources ask for; about a second when it is there already."""
    wanted = set_up_digest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and venv_program("python").exists():
        return
    create_venv()
    python = venv_python()
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    print("Installing the pinned requirements into .venv ...", flush=True)
    if call(*pip, "install", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r",
            str(REQUIREMENTS)):  # fmt: skip
        raise SetUpError(
            "pip could not install packaging/requirements.txt (its own message stands above). It needs the network "
            "the first time; behind a proxy or with a mirror of the package index, configure pip for it and try again."
        )
    if call(*pip, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", "."):
        raise SetUpError("pip could not install the checkout itself (its own message stands above).")
    if sys.platform.startswith("linux"):
        install_system_libraries()
    STAMP.write_text(wanted, encoding="utf-8")


def set_up_digest() -> str:
    """Return a digest of everything set-up depends on."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (REQUIREMENTS, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def create_venv() -> None:
    """Create .venv with pip in it, anew when one is there that does not run on this Python."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if venv_program("python").exists():
        asked = subprocess.run(
            [venv_python(), "-c", "import pip, sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.stdout.strip() == version:
            return
        print(f"The virtual environment in .venv does not run on Python {version}: making it anew.")
    print("Creating the virtual environment .venv ...", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if not has_ensurepip():
        install_debian_packages([f"python{version}-venv"], "Debian's Python comes without the venv module's pip")
    if subprocess.run(command, check=False).returncode:
        raise SetUpError(f"`{shlex.join(command)}` failed (its own message stands above).")


def has_ensurepip() -> bool:
    """Tell whether this Python can put pip into a virtual environment; Debian ships that apart."""
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode
        == 0
    )


def install_system_libraries() -> None:
    """Install the shared libraries Qt needs and a font, where this Linux lacks them."""
    missing = missing_libraries()
    packages, unknown = debian_packages_for(missing)
    if not has_fonts():
        packages.append("fonts-dejavu-core")
    if unknown:
        print(f"Qt also asks for libraries no known package brings: {', '.join(unknown)}", file=sys.stderr)
    if packages:
        install_debian_packages(packages, "Qt's window system needs libraries this machine lacks")
        still = missing_libraries()
        if still:
            raise SetUpError(f"Qt still misses these system libraries: {', '.join(still)}")


def missing_libraries() -> list[str]:
    """Return the shared libraries that Qt's modules and platform plugins ask for and the system does not have."""
    asked = subprocess.run(
        [
            venv_python(),
            "-c",
            "import importlib.util as u; print(u.find_spec('PySide6').submodule_search_locations[0])",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    qt = Path(asked.stdout.strip())
    binaries = [*qt.glob("Qt*.abi3.so"), *(qt / "Qt" / "plugins" / "platforms").glob("libq*.so")]
    wanted = {"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtTest", "libqxcb", "libqoffscreen", "libqwayland"}
    chosen = [str(path) for path in binaries if path.name.split(".")[0] in wanted]
    if asked.returncode or not chosen:
        raise SetUpError("PySide6 is installed but its libraries cannot be found; remove .venv and try again.")
    ldd = shutil.which("ldd")
    if ldd is None:
        return []
    listed = subprocess.run([ldd, *chosen], capture_output=True, text=True, check=False)
    return missing_in(listed.stdout)


def missing_in(listing: str) -> list[str]:
    """Return the libraries an output of ldd calls "not found", each once, Qt's own left out."""
    names = {line.split()[0] for line in listing.splitlines() if line.rstrip().endswith("=> not found")}
    return sorted(name for name in names if not name.startswith("libQt6"))


def debian_packages_for(libraries: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the Debian packages that bring `libraries`, and the libraries no package is known for."""
    libraries = list(libraries)
    packages = sorted({DEBIAN_PACKAGE_OF[name] for name in libraries if name in DEBIAN_PACKAGE_OF})
    return packages, [name for name in libraries if name not in DEBIAN_PACKAGE_OF]


def has_fonts() -> bool:
    """Tell whether any scalable font is installed where fontconfig looks by default."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts",
               Path.home() / ".local" / "share" / "fonts")  # fmt: skip
    return any(path.suffix.lower() in {".ttf", ".otf", ".ttc"} for folder in folders for path in folder.rglob("*"))


def install_debian_packages(packages: Sequence[str], why: str) -> None:
    """Name `packages` and install them with apt, as root or through sudo; SetUpError where that cannot be."""
    by_hand = f"sudo apt-get install {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise SetUpError(
            f"{why}. This system has no apt-get; install what these Debian packages hold by its own means: "
            f"{' '.join(packages)}"
        )
    print(f"{why}; installing: {' '.join(packages)}", flush=True)
    prefix = privilege_prefix(is_root=os.geteuid() == 0, sudo=shutil.which("sudo"), interactive=sys.stdin.isatty())
    if prefix is None:
        raise SetUpError(f"{why}, and this user may not install packages. Have someone run: {by_hand}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])
    for command in commands:
        status = subprocess.run([*prefix, *command], env=environment, stdout=subprocess.DEVNULL, check=False).returncode
        if status and command is commands[-1]:
            raise SetUpError(f"{why}, and apt-get refused (its message stands above). By hand: {by_hand}")


def privilege_prefix(*, is_root: bool, sudo: str | None, interactive: bool) -> list[str] | None:
    """Return what to put before a command that needs root: nothing for root, sudo where it can answer, else None."""
    if is_root:
        return []
    if sudo is None:
        return None
    if interactive:
        return [sudo]
    allowed = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    return [sudo, "-n"] if allowed else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
