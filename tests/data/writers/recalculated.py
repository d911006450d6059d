"""Workbooks as another program works them out again: weights typed into their named cells, no cached value left."""

from __future__ import annotations

import io
import math
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

Cells = dict[tuple[str, str], Any]


def edited(workbook: bytes, weights: Mapping[str, Any]) -> bytes:
    """Return *workbook* with the cells named `w_...` overwritten and every cached value dropped."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for name, value in weights.items():
        ((sheet, address),) = book.defined_names[name].destinations
        book[sheet][address.replace("$", "")].value = value
    out = io.BytesIO()
    book.save(out)
    assert all(cell.value is None for cell in _formula_cells(out.getvalue(), workbook))
    return out.getvalue()


def _formula_cells(values: bytes, formulas: bytes) -> list[Any]:
    with_values = openpyxl.load_workbook(io.BytesIO(values), data_only=True)
    with_formulas = openpyxl.load_workbook(io.BytesIO(formulas))
    return [
        with_values[sheet.title][cell.coordinate]
        for sheet in with_formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def by_formulas(workbook: bytes) -> Cells:
    """Return every cell of *workbook* as the package `formulas` works it out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "book.xlsx"
            path.write_bytes(workbook)
            solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    names = {sheet.upper(): sheet for sheet in openpyxl.load_workbook(io.BytesIO(workbook)).sheetnames}
    found: Cells = {}
    for key, ranges in solution.items():
        sheet, _, address = str(key).rpartition("!")
        name = names.get(sheet.strip("'").rpartition("]")[2])
        if name is not None and ":" not in address:
            found[name, address] = _plain(ranges.value[0, 0])
    return found


def _plain(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if isinstance(value, int | float | str) else str(value)


def has_libreoffice() -> bool:
    """Tell whether LibreOffice is there to recalculate."""
    return shutil.which("soffice") is not None


def by_libreoffice(workbook: bytes) -> Cells:
    """Return every cell of *workbook* as headless LibreOffice works it out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(workbook)
        home = f"-env:UserInstallation=file://{folder}/home"
        subprocess.run(
            ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", f"{folder}/out", str(path)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return cached((Path(folder) / "out" / "book.xlsx").read_bytes())


def cached(workbook: bytes) -> Cells:
    """Return every cell of *workbook* with the value that is stored in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
