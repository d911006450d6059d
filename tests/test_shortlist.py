"""The command line: what it prints, what it writes, and what bad input gets."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import shortlist
from criteria import load_profile
from data import read_candidates
from selection import rank

ROOT = Path(__file__).resolve().parent.parent
PROFILE = """
name: demo
minimum_total: 50
criteria:
  - {id: years, title: Years in trade, unit: years, curve: {floor: 0, qualified: 3, ideal: 10}, gate: conditional}
  - {id: staff, kind: judged}
scenarios:
  balanced: {years: 1, staff: 1}
  people: {staff: 1}
regions:
  North: {criteria: {years: {gate: none}}}
"""
LIST = """id,name,regions,years,staff
a,Nordlicht,North; South,12,4
b,Rhein,South,5,3.5
c,Elbe,South,2,5
d,=cmd|' /C calc'!A0,South,8,
e,Havel,South,,4
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A list of five candidates and a standard with a regional change."""
    candidates, profile = tmp_path / "list.csv", tmp_path / "standard.yaml"
    candidates.write_text(LIST, "utf-8")
    profile.write_text(PROFILE, "utf-8")
    return candidates, profile


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in this process; return exit code, stdout and stderr."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = shortlist.main([str(argument) for argument in arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


def test_rank_prints_the_json_of_the_design(files: Any, run: Any) -> None:
    """`rank --json` holds the ranked, eliminated and pending candidates and what the import said."""
    candidates, profile = files
    code, out, err = run("rank", candidates, "--profile", profile, "--json")
    found = json.loads(out)

    assert (code, err) == (0, "")
    assert [(e["id"], e["rank"]) for e in found["ranked"]] == [("a", 1), ("d", 2), ("b", 3)]
    assert [e["id"] for e in found["eliminated"]] == ["c"]
    assert found["eliminated"][0]["failed"][0]["limit"] == 3.0
    assert found["eliminated"][0]["failed"][0]["shortfall"] == 1.0
    assert [e["id"] for e in found["pending"]] == ["e"]
    assert found["import"] == {"rows": 5, "loaded": 5, "problems": found["import"]["problems"]}


def test_json_equals_the_library(files: Any, run: Any) -> None:
    """The command line adds nothing to `Ranking.to_dict()` but the import report."""
    candidates, profile = files
    _, out, _ = run("rank", candidates, "--profile", profile, "--region", "south", "--scenario", "people", "--json")
    found = json.loads(out)
    found.pop("import")

    report = read_candidates(candidates, load_profile(profile))
    expected = rank(report.candidates, load_profile(profile), "South", "people").to_dict()
    assert found == json.loads(json.dumps(expected))


def test_a_region_changes_who_qualifies(files: Any, run: Any) -> None:
    """In North the must-have on years is lifted, and only the candidate that serves it is listed."""
    candidates, profile = files
    _, out, _ = run("rank", candidates, "--profile", profile, "--region", "North", "--json")
    found = json.loads(out)

    assert [e["id"] for e in found["ranked"]] == ["a"]
    assert not found["eliminated"]


def test_tables_name_the_candidates_and_say_the_scale(files: Any, run: Any) -> None:
    """Without --json people get a sentence, a table and the reasons for elimination."""
    code, out, _ = run("rank", files[0], "--profile", files[1])

    assert code == 0
    assert "Nordlicht leads" in out
    assert "50 = qualified line, 100 = ideal" in out
    assert "Years in trade: 2 years; it must be at least 3 years, short by 1 years." in out


def test_several_outputs_at_once(files: Any, run: Any, tmp_path: Path) -> None:
    """--out writes every file that is named, each by its ending."""
    targets = [tmp_path / f"out.{ending}" for ending in ("csv", "xlsx", "html", "json")]
    code, _, err = run("rank", files[0], "--profile", files[1], "--out", *targets)

    assert (code, err) == (0, "")
    assert len(pd.read_csv(targets[0])) == 5
    assert targets[1].read_bytes()[:2] == b"PK"
    assert json.loads(targets[3].read_text("utf-8"))["profile"] == "demo"


def test_screen_and_compare(files: Any, run: Any) -> None:
    """`screen` gives the three verdicts, `compare` the ranks by scenario and by method."""
    _, out, _ = run("screen", files[0], "--profile", files[1], "--json")
    screened = json.loads(out)
    _, out, _ = run("compare", files[0], "--profile", files[1], "--methods", "topsis,vikor,waspas", "--json")
    compared = json.loads(out)

    assert {e["id"] for e in screened["passed"]} == {"a", "b", "d"}
    assert [e["unknown"] for e in screened["pending"]] == [["years"]]
    assert compared["scenarios"]["balanced"]["a"] == 1
    assert set(compared["methods"]) == {"topsis", "vikor", "waspas"}
    assert compared["methods"]["topsis"] == {"a": 1, "b": 2}
    assert len(compared["tau_b"]) == 2


def test_a_waiver_lets_a_candidate_in(files: Any, run: Any, tmp_path: Path) -> None:
    """A waived must-have ranks the candidate and says so."""
    waivers = tmp_path / "waivers.yaml"
    waivers.write_text("- {id: c, criterion: years, by: Ms Lin, reason: family firm re-founded}\n", "utf-8")
    _, out, _ = run("rank", files[0], "--profile", files[1], "--waivers", waivers, "--json")

    assert {e["id"]: e["waived"] for e in json.loads(out)["ranked"]}["c"] == ["years"]


def test_profiles_lists_the_templates(run: Any) -> None:
    """`profiles` names every template with its title, the default one first."""
    _, out, _ = run("profiles", "--json")
    rows = json.loads(out)

    assert rows[0]["name"] == "seven_factors"
    assert all(row["title"] for row in rows)
    assert len(rows) >= 7


BAD_CALLS = [
    (("rank",), "required"),
    (("dance",), "invalid choice"),
    (("appoint", "x.csv"), "not available yet"),
    (("rank", "missing.csv", "--profile", "seven_factors"), "missing.csv"),
    (("rank", "{list}", "--profile", "nowhere.yaml"), "nowhere.yaml"),
    (("rank", "{list}", "--profile", "seven_factor"), "seven_factors"),
    (("rank", "{list}", "--profile", "{profile}", "--region", "Atlantis"), "South"),
    (("rank", "{list}", "--profile", "{profile}", "--scenario", "balancd"), "balanced"),
    (("rank", "{list}", "--profile", "{profile}", "--stage", "moon"), "desk"),
    (("rank", "{list}", "--profile", "{profile}", "--method", "topsi"), "topsis"),
    (("rank", "{list}", "--profile", "{profile}", "--method", "promethee_2"), "does not serve as a cross-check"),
    (("rank", "{list}", "--profile", "{profile}", "--out", "x.docx"), "x.docx"),
    (("rank", "{list}", "--profile", "{profile}", "--out", "x.pdf"), "x.pdf"),
    (("rank", "{list}", "--profile", "{profile}", "--top", "0"), "--top"),
]


@pytest.mark.parametrize(("arguments", "named"), BAD_CALLS)
def test_bad_input_gets_one_clear_line_and_exit_2(files: Any, run: Any, arguments: Any, named: str) -> None:
    """A wrong call or input names what is wrong in one line, prints nothing else, and exits with 2."""
    filled = [a.replace("{list}", str(files[0])).replace("{profile}", str(files[1])) for a in arguments]
    code, out, err = run(*filled)

    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert named in err


EMPTY_LISTS = {
    "empty.csv": b"",
    "header.csv": b"id,name,years,staff\n",
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "wide.csv": (",".join(f"c{i}" for i in range(10_000)) + "\n").encode(),
}


@pytest.mark.parametrize("name", EMPTY_LISTS)
def test_files_that_hold_no_candidates_are_refused(files: Any, run: Any, tmp_path: Path, name: str) -> None:
    """An empty file, a header only, a picture, 10,000 columns: one or two sentences that name the file."""
    path = tmp_path / name
    path.write_bytes(EMPTY_LISTS[name])
    code, out, err = run("rank", path, "--profile", files[1])

    assert (code, out) == (2, "")
    assert name in err
    assert "Traceback" not in err


@pytest.mark.parametrize(("weights", "named"), [("{years: -1}", "negative"), ("{years: 0, staff: 0}", "zero")])
def test_impossible_weights_are_refused(files: Any, run: Any, tmp_path: Path, weights: str, named: str) -> None:
    """A weight of -1 and weights that are all zero are refused by name."""
    profile = tmp_path / "bad.yaml"
    profile.write_text(PROFILE.replace("{years: 1, staff: 1}", weights), "utf-8")
    code, _, err = run("rank", files[0], "--profile", profile)

    assert code == 2
    assert named in err


def test_a_region_nobody_serves_is_said(files: Any, run: Any, tmp_path: Path) -> None:
    """A region that the standard knows and no candidate serves gives a sentence, not an empty list."""
    profile = tmp_path / "west.yaml"
    profile.write_text(PROFILE + "  West: {note: new}\n", "utf-8")
    code, _, err = run("rank", files[0], "--profile", profile, "--region", "West")

    assert code == 2
    assert "West" in err


def test_the_module_runs_as_a_process(files: Any) -> None:
    """`python -m shortlist` works from a fresh process and prints UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "shortlist", "rank", str(files[0]), "--profile", str(files[1]), "--language", "zh-Hans"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr.decode()
    assert "Nordlicht" in done.stdout.decode("utf-8")
