"""What decides a ranking, as one number: equal fingerprints mean equal rankings, whoever computes them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from selection.model import NOTHING, Candidates

if TYPE_CHECKING:
    from selection.rank import Ranking


def fingerprint(ranking: Ranking) -> str:
    """Return `sha256:...` of canonical JSON of profile, candidates by (id, region), waivers and the run's choices."""
    candidates, profile = ranking.original
    content = {
        "profile": profile.document(),
        "candidates": candidate_records(candidates),
        "waivers": sorted((w.to_dict() for w in ranking.waivers), key=lambda w: json.dumps(w, sort_keys=True)),
        "region": ranking.region,
        "scenario": ranking.scenario,
        "stage": ranking.stage,
        "method": ranking.method,
        "parameters": dict(ranking.parameters or NOTHING),
        "seed": None,
        "as_of": candidates.as_of.isoformat() if candidates.as_of else None,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def candidate_records(candidates: Candidates) -> list[dict[str, Any]]:
    """Return the candidates as plain records, sorted by id and region."""
    columns = {str(name): candidates.frame[name].tolist() for name in candidates.frame.columns}
    for kind in ("not_applicable", "levels", "sources", "dates"):
        columns |= {f"{key}.{kind}": values.tolist() for key, values in getattr(candidates, kind).items()}
    if candidates.regions is not None:
        columns["regions"] = [sorted(names) for names in candidates.regions]
    names = sorted(columns)
    records = [
        {name: value for name, value in zip(names, row, strict=True) if value is not None and value == value}
        for row in zip(*(columns[name] for name in names), strict=True)
    ]
    return sorted(records, key=lambda r: (r["id"], str(r.get("region"))))
