"""Everything the dashboard keeps, saved as it happens: one SQLite file in the user's data folder.

    store = open_store()
    project = store.create_project("Mowers 2027", profile_document)
    preview = store.preview_import(project.id, report.candidates, file_name="list.xlsx")
    store.apply_import(project.id, preview, who="Li")
    rank(store.candidates_frame(project.id).candidates(profile), profile)

How the tables are meant:

* `change` is the log and the clock: every action writes one line (who, when, before, after) and everything else of the
  action points at it. Numbers give the order, never times. An undo is one more line that names the line it takes back.
* `observation` holds what is known: one value of one criterion for one candidate (in one region, or everywhere) with
  unit, source, date, evidence level and who. Nothing is overwritten: the latest row holds, the older ones are the
  history. A rating is an observation with its assessor, and the latest of each assessor hold together as their mean;
  a value that the assessors agreed on is a row of its own, which goes before the ratings (`held.py` has the rules).
  What an undo took back does not count.
* `profile_version` holds every saved standard as a JSON document; `project.profile_number` is the present one, and
  a save that started from an older number is refused with both documents.
* `waiver` and `decision` work as observations do: the latest per candidate and criterion, or per region, holds.
* `candidate`, `project`, `pin`, `setting` hold the little that is changed in place; the log has what it was before.
* Deleting a project only marks it. Triggers refuse to change or remove rows of the append-only tables; only the purge
  of a deleted project passes them.

To add a table or a column: write it in `schema.py`; add `migrations/versions/000N_what.py` with `down_revision` = the
one before (its upgrade makes exactly what the schema says, and for an append-only table its two triggers); set `HEAD`
in `upgrade.py`. A test compares the upgraded store with the schema. A released revision is never edited. A store is
upgraded when it is opened, whole or not at all, after a copy was put beside it; a newer store is refused untouched.
"""

from data.store.interviews import Finished, Rating
from data.store.opening import data_folder, open_store
from data.store.pool import ValueEdit
from data.store.records import (
    CandidateRecord,
    CandidateTable,
    CellChange,
    Change,
    ConflictError,
    Decision,
    ImportBatch,
    ImportPreview,
    Observation,
    ProfileVersion,
    Project,
    ProjectSummary,
    RowChange,
    StoredCandidates,
    Waiver,
)
from data.store.service import Store
from data.store.values import NOT_APPLICABLE, Special, Value

__all__ = [
    "NOT_APPLICABLE",
    "CandidateRecord",
    "CandidateTable",
    "CellChange",
    "Change",
    "ConflictError",
    "Decision",
    "Finished",
    "ImportBatch",
    "ImportPreview",
    "Observation",
    "ProfileVersion",
    "Project",
    "ProjectSummary",
    "Rating",
    "RowChange",
    "Special",
    "Store",
    "StoredCandidates",
    "Value",
    "ValueEdit",
    "Waiver",
    "data_folder",
    "open_store",
]
