"""`python -m shortlist rank` on a file of 619 candidates against `python -c "import pandas"`.

Give another file as the first argument, and a profile as the second; without them an invented file of 619 rows is used.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.harness import measure, process, report


def invented(folder: Path) -> Path:
    """Return a csv of 619 candidates with a founding year, ratings and a long text."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"name": [f"Company {i}" for i in range(619)], "founded_year": rng.integers(1920, 2022, 619)})
    for name in ("sales_growth", "solvency", "cooperation_attitude", "related_experience", "location_quality"):
        frame[name] = rng.integers(2, 11, 619) / 2
    frame["summary"] = "An invented company that trades in many goods. " * 20
    path = folder / "list.csv"
    frame.to_csv(path, index=False)
    return path


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = sys.argv[1] if len(sys.argv) > 1 else str(invented(Path(folder)))
        profile = sys.argv[2] if len(sys.argv) > 2 else "seven_factors"
        ours = process("-m", "shortlist", "rank", file, "--profile", profile, "--json")
        pair = measure(ours, process("-c", "import pandas"), runs=9)
        report("python -m shortlist rank, 619 rows", [('python -c "import pandas"', pair, "ours/peer <= 2.5")])


if __name__ == "__main__":
    main()
