"""The part of the store that interview panels use; each method is one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.store import interviews
from data.store.engine import Database
from data.store.interviews import Finished, Rating


class Interviews:
    """Ratings of several assessors, who has finished, and what was agreed on; `Store` brings the database."""

    _database: Database

    def rate(
        self,
        project: str,
        candidate: str,
        criterion: str,
        rating: float | None,
        *,
        who: str,
        region: str | None = None,
        reason: str | None = None,
        date: str | None = None,
    ) -> int:
        """Save one assessor's rating, 1 to 5 in half points (None = don't know), with a line of reason.

        Return 1, or 0 where the assessor had said the same and it still counts.
        """
        each = Rating(candidate, criterion, rating, reason, region, date)
        with self._database.writing() as session:
            return interviews.rate(session, project, [each], who, who, restate=True)

    def rate_many(self, project: str, assessor: str, ratings: Sequence[Rating], *, by: str = "") -> int:
        """Save what *assessor* wrote on a sheet as one action of *by*; return how many answers are new."""
        with self._database.writing() as session:
            return interviews.rate(session, project, ratings, assessor, by, restate=False)

    def ratings(self, project: str) -> pd.DataFrame:
        """Return each assessor's latest rating: candidate, region, criterion, who, rating, reason, at, change."""
        with self._database.reading() as session:
            return interviews.ratings(session, project)

    def moderate(
        self, project: str, candidate: str, criterion: str, rating: float, *, who: str, reason: str,
        region: str | None = None,
    ) -> None:  # fmt: skip
        """Keep the value that the assessors agreed on; it holds, whoever rates again, until it is withdrawn.

        A newer list or edit replaces it. Raise StoreError without a reason, or where it is no rating.
        """
        with self._database.writing() as session:
            interviews.moderate(session, project, Rating(candidate, criterion, rating, reason, region), who)

    def withdraw_agreed(
        self, project: str, candidate: str, criterion: str, *, who: str, region: str | None = None
    ) -> None:
        """Withdraw an agreed value, so that the ratings hold again; do nothing where there is none."""
        with self._database.writing() as session:
            interviews.withdraw(session, project, candidate, criterion, region, who)

    def agreed(self, project: str) -> pd.DataFrame:
        """Return the agreed values that hold: candidate, region, criterion, who, rating, reason, at, rated_since."""
        with self._database.reading() as session:
            return interviews.agreed(session, project)

    def finish(self, project: str, assessor: str, *, region: str | None = None, by: str = "") -> None:
        """Note that an assessor has finished the blind round (of one region, None = of all)."""
        with self._database.writing() as session:
            interviews.finish(session, project, assessor, region, by or assessor, done=True)

    def reopen(self, project: str, assessor: str, *, region: str | None = None, by: str = "") -> None:
        """Let an assessor go on with the blind round."""
        with self._database.writing() as session:
            interviews.finish(session, project, assessor, region, by or assessor, done=False)

    def finished(self, project: str) -> tuple[Finished, ...]:
        """Return who has finished the blind round; a rating whose `change` is higher was given after it."""
        with self._database.reading() as session:
            return interviews.finished(session, project)
