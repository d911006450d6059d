"""The dashboard: one page per file, thin; only here and in app.py is streamlit imported."""
