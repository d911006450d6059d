"""How much a candidate file may ask of the machine; every bound of every reader stands here."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one reading; a file beyond one of them is refused with its own figure and the bound."""

    file_bytes: int = 50 * MEGABYTE
    rows: int = 1_000_000
    columns: int = 2_000
    cells: int = 20_000_000
    cell_characters: int = 32_767  # what one cell of a spreadsheet can hold; longer texts are shortened and reported
    header_characters: int = 500
    unpacked_bytes: int = 300 * MEGABYTE  # all parts of a workbook together; all columns of a Parquet file
    parts: int = 2_000
    unpacked_ratio: int = 200  # real sheets shrink 5 to 60 times; asked only of parts beyond *ratio_from_bytes*
    ratio_from_bytes: int = 10 * MEGABYTE
    text_bytes: int = 200 * MEGABYTE  # the text of a table with every repeated string written out
    seconds: float = 60.0
    address_bytes: int = 4_000 * MEGABYTE
    resident_bytes: int = 1_300 * MEGABYTE
    result_bytes: int = 1_000 * MEGABYTE
    places_listed: int = 50  # problems of one kind that are listed one by one before they are only counted
