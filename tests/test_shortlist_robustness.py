"""`robustness` on the command line: its JSON is that of the library, its lines are short, bad input is one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import shortlist
from criteria import load_profile
from data import read_candidates
from selection import rank
from selection.robustness.report import report

PROFILE = """
name: demo
criteria:
  - {id: years, title: Years in trade, unit: years, curve: {floor: 0, qualified: 3, ideal: 10}, gate: conditional}
  - {id: staff, title: {en: Staff, zh-Hans: 员工}, kind: judged}
scenarios:
  balanced: {years: 1, staff: 1}
  people: {staff: 1}
"""
LIST = """id,name,regions,years,staff
a,Nordlicht,North; South,10,4
b,Rhein,South,9,4.5
c,Elbe,South,2,5
d,=cmd|' /C calc'!A0,South,8,
e,Havel,South,,5
"""
KEYS = {
    "profile", "region", "scenario", "stage", "fingerprint", "verdict", "first", "second", "margin", "share", "draws",
    "seed", "spread", "rules", "sentences", "candidates", "tipping", "leave_one_out", "scenario_stability",
    "next_facts", "settled", "import",
}  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A list of five candidates, one of them to be verified, and a standard."""
    candidates, profile = tmp_path / "list.csv", tmp_path / "standard.yaml"
    candidates.write_text(LIST, "utf-8")
    profile.write_text(PROFILE, "utf-8")
    return candidates, profile


@pytest.fixture
def run(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `robustness` on the list in this process; return exit code, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = shortlist.main(["robustness", str(files[0]), "--profile", str(files[1]), *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


def test_the_json_is_that_of_the_library(files: Any, run: Any) -> None:
    """Every key of the design is there, and all figures are those of `report`."""
    code, out, err = run("--region", "South", "--draws", "500", "--seed", "7", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert set(found) == KEYS
    assert (found["region"], found["draws"], found["seed"], found["spread"]) == ("South", 500, 7, 0.2)
    standard = load_profile(files[1])
    board = rank(read_candidates(files[0], standard).candidates, standard, "South")
    expected = json.loads(json.dumps(report(board, 500, 7).to_dict()))
    assert {key: found[key] for key in expected} == expected
    assert found["import"]["loaded"] == 5


def test_the_same_seed_prints_the_same_bytes(run: Any) -> None:
    """Twice the same call, twice the same text; another scenario another ranking."""
    first, again = run("--json"), run("--json")
    assert first == again
    assert json.loads(run("--json", "--scenario", "people")[1])["scenario"] == "people"


def test_the_lines_say_who_leads_how_often_and_what_would_change_it(run: Any) -> None:
    """The verdict first, then a table of who comes first how often, then what to find out; nothing about codes."""
    code, out, _ = run("--draws", "400")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "Of the qualified, Rhein leads clearly (90.2 to 87.5 for Nordlicht)."
    assert "of 100 trials" in lines[1]
    assert any(line.startswith("rank  candidate") for line in lines)
    assert "Havel is still to be verified and could pass it" in out
    assert "400 draws, seed 0" in out
    assert len(lines) < 30


def test_the_language_turns_every_sentence(run: Any) -> None:
    """Titles and sentences of the JSON follow --language where they are translated."""
    sentences = json.loads(run("--json", "--language", "zh-Hans")[1])["tipping"]["sentences"]
    assert any("员工" in sentence for sentence in sentences)


BAD = [
    (("--draws", "0"), "draws"),
    (("--draws", "many"), "--draws"),
    (("--draws", "99999999"), "1,000,000"),
    (("--seed", "-1"), "seed"),
    (("--region", "Atlantis"), "South"),
    (("--scenario", "balancd"), "balanced"),
    (("--method", "topsis"), "--method"),
]


@pytest.mark.parametrize(("arguments", "named"), BAD)
def test_bad_input_gets_one_clear_line_and_exit_2(run: Any, arguments: tuple[str, ...], named: str) -> None:
    """A wrong option names what is wrong in one line and prints nothing else."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert named in err


def test_nobody_qualified_is_an_answer(files: Any, run: Any) -> None:
    """Where nobody is qualified there is a verdict and no table."""
    files[0].write_text("id,name,years,staff\na,Nordlicht,1,4\n", "utf-8")
    code, out, _ = run()
    assert code == 0
    assert out.startswith("No candidate meets every must-have.")
    assert json.loads(run("--json")[1])["verdict"] == "nobody"
