"""Step 6: who qualifies, in what order, and why."""

from selection.model import Candidates, Waiver
from selection.rank import Ranking, rank
from selection.scenarios import Comparison, compare
from selection.screen import Screening, screen

__all__ = ["Candidates", "Comparison", "Ranking", "Screening", "Waiver", "compare", "rank", "screen"]
