"""`read_candidates` of 100,000 x 14 against fresh Python processes that only read the same file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from benchmarks.harness import measure, process, report
from criteria import parse_profile
from data import read_candidates

N, M = 100_000, 12
PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1], dtype=str)"
CALAMINE = (
    "import sys, python_calamine as c; c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()"
)


def table() -> pd.DataFrame:
    """Return 100,000 candidates with an id, a name and 12 numbers as a sheet would hold them."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.uniform(0, 100, (N, M)).round(2), columns=[f"c{j}" for j in range(M)])
    frame.insert(0, "id", [f"k{i}" for i in range(N)])
    frame.insert(1, "name", [f"Company {i} Trading" for i in range(N)])
    return frame


def write_xlsx(frame: pd.DataFrame, path: Path) -> None:
    """Write the sheet row by row."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([list(frame.columns), *frame.to_numpy(dtype=object).tolist()]):
            sheet.write_row(row, 0, cells)


def main() -> None:
    """Measure and print."""
    frame = table()
    profile = parse_profile(
        {
            "name": "bench",
            "criteria": [{"id": f"c{j}", "curve": {"floor": 0, "qualified": 50, "ideal": 100}} for j in range(M)],
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        csv, xlsx = Path(folder, "list.csv"), Path(folder, "list.xlsx")
        frame.to_csv(csv, index=False)
        write_xlsx(frame, xlsx)
        for path in (csv, xlsx):
            if len(read_candidates(path, profile).candidates) != N:
                raise AssertionError(f"{path.name}: not every candidate was read")
        report(
            f"read_candidates, {N:,} x {M + 2}",
            [
                (
                    "csv: fresh process, pandas.read_csv(dtype=str)",
                    measure(lambda: read_candidates(csv, profile), process("-c", PANDAS, str(csv))),
                    "ours/peer <= 3",
                ),
                (
                    "xlsx: fresh process, python-calamine",
                    measure(lambda: read_candidates(xlsx, profile), process("-c", CALAMINE, str(xlsx)), runs=3),
                    "ours/peer <= 2",
                ),
            ],
        )


if __name__ == "__main__":
    main()
