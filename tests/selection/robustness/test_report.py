"""The report puts the parts together and changes none of them; its JSON can be written."""

from __future__ import annotations

import json

from hypothesis import given, settings

from selection import Candidates, rank
from selection.robustness import firmness
from selection.robustness.next_facts import next_facts
from selection.robustness.report import report
from selection.robustness.settled import settled
from selection.robustness.stability import leave_one_out
from selection.robustness.tipping import one_weight
from tests.strategies import problems


@settings(max_examples=25)
@given(problems(smallest=1))
def test_every_part_is_the_part_itself(problem) -> None:
    """For any problem the JSON holds verdict, tipping points, facts and settledness as their functions give them."""
    profile, frame = problem
    board = rank(Candidates.from_frame(frame, profile), profile)
    found = report(board, draws=30, seed=2)
    content = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert content["fingerprint"] == board.fingerprint
    verdict = json.loads(json.dumps(firmness(board, draws=30, seed=2).to_dict()))
    assert {key: content[key] for key in verdict} == verdict
    assert [entry["rank"] for entry in content["candidates"]] == board.ranks.tolist()
    if found.firmness.first is not None and found.firmness.second is not None:
        weight = one_weight(board, found.firmness.first, found.firmness.second)
        assert (content["tipping"]["one_weight"] is None) == (weight is None)
        assert weight is None or content["tipping"]["one_weight"]["needed"] == weight.needed
    else:
        assert content["tipping"]["one_weight"] is None
    assert [one["criterion"] for one in content["leave_one_out"]] == [one.criterion for one in leave_one_out(board)]
    assert [fact["probability"] for fact in content["next_facts"]] == [f.probability for f in next_facts(board, seed=2)]
    assert content["settled"]["done"] == settled(board).done
    assert len(content["settled"]["open"]) == len(settled(board).open_cells)
