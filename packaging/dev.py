"""Set Roadbook up on this machine and run it, test it or check it; needs only Python 3.11 and the standard library.

    python3 packaging/dev.py run                    open the app on the demo engagement
    python3 packaging/dev.py run FILE               open the app on a file
    python3 packaging/dev.py run --headless [DIR]   no window: write the demo and its exports into DIR
    python3 packaging/dev.py run --headless DIR FILE   the same exports of a file
    python3 packaging/dev.py test [ARGUMENT...]     the whole test suite (arguments go to pytest)
    python3 packaging/dev.py check                  lint, types, import contracts, catalogues
    python3 packaging/dev.py lock                   pin the dependencies anew, with hashes

Everything lives in .venv beside the sources. What was set up once is recognised and not done again.
This file stays readable to Python 3.7 and newer, so that an old one can say that it is too old.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
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
NEWEST_PINNED_PYTHON = (3, 14)
"""The newest Python that every pinned requirement has a ready-built wheel for."""
OLDEST_GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}
"""Machine -> the oldest C library that the pinned Qt runs on: Debian 12 and Ubuntu 22.04 on Intel and AMD, Debian 13
and Ubuntu 24.04 on ARM."""
DEFAULT_FOLDER = "roadbook-demo"

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
    "libzstd.so.1": "libzstd1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libwayland-server.so.0": "libwayland-server0",
}
"""Shared library -> Debian and Ubuntu package that brings it."""

QT_PARTS = (
    *(f"Qt{module}.abi3.so" for module in ("Core", "Gui", "Widgets", "Svg", "SvgWidgets", "Test")),
    *(f"Qt/plugins/platforms/libq{platform_name}.so" for platform_name in ("xcb", "wayland", "offscreen")),
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/wayland-shell-integration/*.so",
    "Qt/plugins/iconengines/*.so",
    *(f"Qt/plugins/imageformats/libq{image_format}.so" for image_format in ("gif", "ico", "jpeg", "svg")),
)
"""What the app loads of PySide6; the rest may miss libraries without harm."""


class SetUpError(Exception):
    """Set-up cannot go on; the message says what a person can do."""


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return its exit status."""
    if sys.version_info < OLDEST_PYTHON:
        print(
            f"Roadbook needs Python {dotted(OLDEST_PYTHON)} or newer; this is {sys.version.split()[0]}.\n"
            "Start this command with a newer one, for example: python3.11 packaging/dev.py run",
            file=sys.stderr,
        )
        return 1
    chosen = read_arguments(arguments)
    try:
        return carry_out(chosen)
    except SetUpError as error:
        print(f"\nRoadbook could not be set up: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for; everything after `test` is for pytest, options too."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="open the app, or do the demo job without a window")
    run.add_argument("file", nargs="?", help="engagement to open or export instead of the demo")
    run.add_argument(
        "--headless", nargs="?", const=DEFAULT_FOLDER, metavar="DIR",
        help=f"no window: write a chart and a plan into DIR (default {DEFAULT_FOLDER})",
    )  # fmt: skip
    commands.add_parser("test", help="the whole test suite (arguments go to pytest)", add_help=False)
    commands.add_parser("check", help="lint, types, import contracts, catalogues")
    commands.add_parser("lock", help="pin the dependencies anew")
    for_pytest = list(arguments[1:]) if arguments[:1] == ["test"] else []
    chosen = parser.parse_args(arguments[:1] if for_pytest else arguments)
    chosen.pytest_arguments = for_pytest
    return chosen


def carry_out(chosen: argparse.Namespace) -> int:
    """Set up what is missing and carry out the command; SetUpError where set-up cannot be done here."""
    if chosen.command == "lock":
        return lock()
    prepare()
    if chosen.command == "test":
        # The whole suite on every core; whoever names tests or options runs just those.
        arguments = chosen.pytest_arguments or ["-n", "auto", "--dist", "worksteal"]
        return call(venv_python(), "-m", "pytest", *arguments)
    if chosen.command == "check":
        return check()
    file = Path(chosen.file).resolve() if chosen.file else None
    folder = chosen.headless
    if folder is None and not has_display(sys.platform, os.environ):
        print("There is no display here: writing the chart and the plan as files instead of opening a window.")
        folder = DEFAULT_FOLDER
    return run_window(file) if folder is None else run_headless(Path(folder).resolve(), file)


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


def run_window(file: Path | None) -> int:
    """Open the app on `file`, or on the demo engagement."""
    return call(venv_python(), "-m", "ui.app", *([str(file)] if file else ["--demo"]))


def run_headless(folder: Path, file: Path | None) -> int:
    """Schedule `file`, or the demo engagement made anew in `folder`; write its exports there and print their paths."""
    if folder.exists() and not folder.is_dir():
        print(f"{folder} is a file; --headless takes a folder. To export a file: run --headless DIR FILE",
              file=sys.stderr)  # fmt: skip
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    commands = []
    engagement = file
    if engagement is None:
        engagement = folder / "demo.roadbook"
        engagement.unlink(missing_ok=True)  # the demo of an earlier run; every other file in the folder stays
        commands.append(["new", str(engagement), "--demo"])
    written = [folder / f"{engagement.stem}.{suffix}" for suffix in ("png", "svg", "pdf", "xlsx")]
    commands.append(["schedule", str(engagement)])
    commands.append(["export", str(engagement), *map(str, written)])
    for command in commands:
        finished = subprocess.run(
            [venv_python(), "-m", "planner.cli", *command], cwd=ROOT, check=False, stdout=subprocess.DEVNULL
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
        [python, "-m", "mypy"],
        [str(venv_program("lint-imports")), "--no-logo"],
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
    return call(
        uv, "pip", "compile", "pyproject.toml", "--group", "dev", "--universal", "--python-version", dotted(OLDEST_PYTHON),
        "--generate-hashes", "--no-header", "--no-annotate", "--upgrade", "--output-file",
        str(REQUIREMENTS.relative_to(ROOT)),
    )  # fmt: skip


# ---- set-up ------------------------------------------------------------------------------------------------------


def prepare() -> None:
    """Bring .venv to the state the sources ask for; a moment when it is there already."""
    wanted = set_up_digest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and venv_program("python").exists():
        return
    obstacle = find_obstacle(sys.platform, platform.machine(), platform.libc_ver(), sys.version_info[:2])
    if obstacle:
        raise SetUpError(obstacle)
    STAMP.unlink(missing_ok=True)  # a set-up that fails half-way must not pass for the one before it
    create_venv()
    pip = [venv_python(), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    print("Fetching and installing the pinned requirements into .venv; the first time takes a few minutes ...",
          flush=True)  # fmt: skip
    if call(*pip, "install", "--quiet", "--no-user", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r",
            str(REQUIREMENTS)):  # fmt: skip
        raise SetUpError(
            "pip could not install packaging/requirements.txt (its own message stands above). It needs the network "
            "the first time; behind a proxy or with a mirror of the package index, configure pip for it and try again. "
            f"The pinned versions are made for Python {dotted(OLDEST_PYTHON)} to {dotted(NEWEST_PINNED_PYTHON)}."
        )
    if call(*pip, "install", "--quiet", "--no-user", "--no-deps", "--no-build-isolation", "--editable", "."):
        raise SetUpError("pip could not install the checkout itself (its own message stands above).")
    if sys.platform.startswith("linux"):
        install_system_libraries()
    STAMP.write_text(wanted, encoding="utf-8")


def find_obstacle(system: str, machine: str, c_library: tuple[str, str], python_version: tuple[int, int]) -> str | None:
    """Return why the pinned requirements cannot run on this machine, in words, or None when nothing speaks against it.

    `system` is sys.platform, `machine` platform.machine(), `c_library` platform.libc_ver().
    """
    if python_version > NEWEST_PINNED_PYTHON:
        return (
            f"the pinned requirements are made for Python {dotted(OLDEST_PYTHON)} to {dotted(NEWEST_PINNED_PYTHON)}, "
            f"and this is {dotted(python_version)}. Start this command with one of those."
        )
    name, version = c_library
    oldest = OLDEST_GLIBC.get(machine)
    if system.startswith("linux") and name == "glibc" and oldest is not None:
        found = tuple(int(part) for part in version.split(".")[:2])
        if found < oldest:
            return (
                f"Qt for {machine} needs the GNU C library {dotted(oldest)} or newer, and this system has {version}. "
                "Use a newer release of this system (Debian 12 or Ubuntu 22.04 on Intel and AMD processors, Debian 13 "
                "or Ubuntu 24.04 on ARM)."
            )
    return None


def dotted(version: Iterable[int]) -> str:
    """Return a version as it is written."""
    return ".".join(map(str, version))


def set_up_digest() -> str:
    """Return a digest of everything set-up depends on."""
    digest = hashlib.sha256(f"{dotted(sys.version_info[:2])} {sys.platform} {ROOT}".encode())
    for path in (REQUIREMENTS, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def create_venv() -> None:
    """Create .venv with pip in it; anew when the one there is broken, of another Python, or moved from elsewhere."""
    if is_venv_usable():
        return
    if VENV.exists():
        print(f"The virtual environment in .venv was not made here by Python {dotted(sys.version_info[:2])}, or not to "
              "its end: making it anew.")  # fmt: skip
    if not has_ensurepip():
        package = venv_package(sys.platform, sys.executable, sys.version_info[:2])
        if package is None:
            raise SetUpError(
                f"{sys.executable} comes without `ensurepip`, which puts pip into a virtual environment. Use a Python "
                "that has it, such as the one of the system or an installer of python.org."
            )
        install_debian_packages([package], "Debian's Python comes without the part that makes virtual environments")
    print("Creating the virtual environment .venv ...", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, check=False).returncode:
        raise SetUpError(f"`{shlex.join(command)}` failed (its own message stands above).")


def is_venv_usable() -> bool:
    """Tell whether .venv was made in this place by this minor version of Python, and pip works in it."""
    settings = VENV / "pyvenv.cfg"
    # The programs in it name the place they were installed in; pyvenv.cfg does too.
    if not settings.is_file() or str(VENV) not in settings.read_text(encoding="utf-8"):
        return False
    if not venv_program("python").exists():
        return False
    asked = subprocess.run(
        [venv_python(), "-c", "import pip, sys; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() == dotted(sys.version_info[:2])


def has_ensurepip() -> bool:
    """Tell whether this Python can put pip into a virtual environment; Debian ships that apart."""
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode
        == 0
    )


def venv_package(system: str, executable: str, python_version: tuple[int, int]) -> str | None:
    """Return the Debian package that completes the system's Python, or None for a Python that apt cannot mend."""
    if system.startswith("linux") and executable.startswith("/usr/bin/"):
        return f"python{dotted(python_version)}-venv"
    return None


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
    chosen = [str(path) for pattern in QT_PARTS for path in sorted(qt.glob(pattern))]
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
    prefix = privilege_prefix(is_root=os.geteuid() == 0, sudo=shutil.which("sudo"), interactive=sys.stdin.isatty())
    if prefix is None:
        raise SetUpError(f"{why}, and this user may not install packages. Have someone run: {by_hand}")
    print(f"{why}; installing with apt-get: {' '.join(packages)}", flush=True)
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
