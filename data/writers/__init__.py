"""How lists leave: csv, xlsx, html and json, each safe for the program that opens it."""

from data.writers.export import EXPORT_FORMATS, export_formats, export_ranking, export_table

__all__ = ["EXPORT_FORMATS", "export_formats", "export_ranking", "export_table"]
