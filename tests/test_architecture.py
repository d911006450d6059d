"""The house keeps its arrows: who may import whom, what may stand where, and how long a module may be."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("criteria", "selection", "data", "views")
MAY_IMPORT = {
    "criteria": {"criteria"},
    "selection": {"criteria", "selection"},
    "data": {"criteria", "selection", "data"},
    "views": {"criteria", "selection", "data", "views"},
    "app": {"criteria", "selection", "data", "views"},
    "shortlist": {"criteria", "selection", "data"},
}
"""Room or top-level module -> the rooms it may import: only those to its left."""

TESTS = ROOT / "tests"
LONGEST = 300
LONG_MODULES = {
    "criteria/model.py": (380, "one document and its parts, which refer to each other"),
    "selection/rank.py": (360, "the ranking and its entries are one JSON"),
    "selection/screen.py": (360, "verdicts and their sentences share the bounds of one gate"),
    "selection/explain.py": (330, "one differences table, told as why, as a comparison and as a gap"),
    "data/store/service.py": (330, "one short method per thing a user does, each a transaction"),
}
"""Module -> (its own limit, why it is allowed to be longer)."""

FORBIDDEN_IN_PAGES = re.compile(r"use_container_width|experimental_|components\.v1|unsafe_allow_html")
"""Deprecated by Streamlit, or a way for a candidate's name to become markup."""

THIRD_PARTY = {
    "streamlit",
    "pandas",
    "numpy",
    "plotly",
    "scipy",
    "yaml",
    "pydantic",
    "sqlalchemy",
    "skcriteria",
    "babel",
}


def modules() -> list[Path]:
    """Return every Python file of the product, without tests and benchmarks."""
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return found + sorted(ROOT.glob("*.py"))


def name_of(path: Path) -> str:
    """Return a path as it stands in a message."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), name_of(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (dotted name, line) of every import: at the top, in functions, under conditions, relative, by importlib."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *([node.module] if node.module else [])))
            yield from ((f"{base}.{alias.name}" if base else alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"} and node.args:
            yield str(getattr(node.args[0], "value", "")), node.lineno


def called(node: ast.Call) -> str:
    """Return the last part of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def crossings(path: Path) -> list[str]:
    """Return the imports of a file that its place in the row does not allow."""
    parts = path.relative_to(ROOT).parts
    allowed = MAY_IMPORT[parts[0].removesuffix(".py")]
    rooms = {*ROOMS, "app", "shortlist", "tests", "benchmarks"}
    found = ((name.split(".")[0], line) for name, line in imports(path))
    return [f"{name_of(path)}:{line} imports {room}" for room, line in found if room in rooms - allowed]


def test_there_is_something_to_check():
    """The tests below would pass on an empty house."""
    assert {path.relative_to(ROOT).parts[0] for path in modules()} >= set(ROOMS)
    assert len(modules()) > 30


def test_rooms_import_only_to_their_left():
    """The row is criteria <- selection <- data <- views <- app.py, and data <- shortlist.py; in functions too."""
    unknown = [
        name_of(path) for path in modules() if path.relative_to(ROOT).parts[0].removesuffix(".py") not in MAY_IMPORT
    ]
    assert unknown == [], "a new top-level module needs a place in MAY_IMPORT"
    assert [crossing for path in modules() for crossing in crossings(path)] == []


def test_the_check_sees_imports_of_every_kind(tmp_path, monkeypatch):
    """A wrong arrow is found at the top, in a function, under TYPE_CHECKING, relative and by importlib."""
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "criteria").mkdir()
    path = tmp_path / "criteria" / "bad.py"
    path.write_text(
        "import selection.rank\nfrom data import x\ndef f():\n    from views.main import y\n"
        "if TYPE_CHECKING:\n    import app\nimport importlib\nimportlib.import_module('shortlist')\n"
        "from . import text\nimport selections\n"
    )
    assert [line.split()[-1] for line in crossings(path)] == ["selection", "data", "views", "app", "shortlist"]


def test_streamlit_stands_in_views_and_app_only():
    """The engine and the command line work without a page."""
    wrong = [
        f"{name_of(path)}:{line}"
        for path in modules()
        for name, line in imports(path)
        if name.split(".")[0] == "streamlit" and path.relative_to(ROOT).parts[0] not in {"views", "app.py"}
    ]
    assert wrong == []


def test_scikit_criteria_stands_behind_its_adapter_only():
    """It takes seconds to import, so one module of selection/methods does it, in a function."""
    found = {
        (name_of(path), line)
        for path in modules()
        for name, line in imports(path)
        if name.split(".")[0] == "skcriteria"
    }
    assert all(name.startswith("selection/methods/") for name, _ in found)
    assert len({name for name, _ in found}) <= 1
    at_the_top = {(name_of(path), node.lineno) for path in modules() for node in tree(path).body}
    assert not found & at_the_top


def test_nothing_in_views_hides_a_package():
    """views/ comes first on sys.path under Streamlit: a views/html.py would break the standard library."""
    taken = set(sys.stdlib_module_names) | {*ROOMS, "app", "shortlist", "tests", "benchmarks"} | THIRD_PARTY
    names = {path.stem for path in (ROOT / "views").iterdir() if path.suffix == ".py" or path.is_dir()} - {"__init__"}
    assert names & taken == set()


def test_every_folder_under_tests_is_a_package():
    """Else tests/criteria would stand in front of criteria."""
    folders = {path.parent for path in TESTS.rglob("*.py") if "__pycache__" not in path.parts}
    assert [name_of(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_pages_use_nothing_deprecated_and_no_raw_markup():
    """A name from a file is text, never markup."""
    pages = [*(ROOT / "views").rglob("*.py"), ROOT / "app.py"]
    wrong = [
        f"{name_of(path)}:{number}"
        for path in pages
        if path.is_file()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if FORBIDDEN_IN_PAGES.search(line)
    ]
    assert wrong == []


def test_modules_are_short_enough_to_be_read():
    """300 lines, or a limit of its own with the reason written down."""
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    limits = {name: LONG_MODULES.get(name, (LONGEST, ""))[0] for name in lengths}
    assert {name: length for name, length in lengths.items() if length > limits[name]} == {}


def test_every_long_module_still_exists():
    """An exception that is not needed any more goes."""
    assert [name for name in LONG_MODULES if not (ROOT / name).is_file()] == []


def test_nothing_prints_but_the_command_line():
    """Output belongs to shortlist.py and to the benchmarks; a child process writes to its stream by name."""
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if path.name != "shortlist.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert wrong == []


KEPT = (
    "data/candidates.py",
    "data/store/schema.py",
    "data/samples/sample.yaml",
    "criteria/locale/zh_Hans/LC_MESSAGES/messages.mo",
    "criteria/locale/zh_Hant/LC_MESSAGES/messages.po",
    ".streamlit/config.toml",
)
"""Files that a careless line in .gitignore would leave out; they need not exist for the check."""


@pytest.mark.parametrize("name", KEPT)
def test_git_does_not_ignore_what_the_product_needs(name, tmp_path):
    """.gitignore never matches data/, *.mo or .streamlit/config.toml; tried with git itself."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    if not (ROOT / ".gitignore").is_file():
        pytest.skip("this copy has no .gitignore")
    shutil.copy(ROOT / ".gitignore", tmp_path / ".gitignore")
    environment = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "PATH": str(Path(shutil.which("git")).parent),
    }
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, env=environment, check=True)
    found = subprocess.run(
        ["git", "check-ignore", "--no-index", "-v", name], cwd=tmp_path, env=environment, capture_output=True
    )
    assert found.returncode == 1, found.stdout.decode()
