"""How firm a ranking is: shares of draws, tipping points, and which fact to get next.

Functions that are named like their module are bound here, after the import: else whoever imports the module first
would leave the module under that name.
"""

from selection.robustness.acceptability import Acceptability, acceptability, from_samples
from selection.robustness.firmness import Firmness, firmness, rules
from selection.robustness.next_facts import next_facts
from selection.robustness.report import report
from selection.robustness.settled import settled

__all__ = [
    "Acceptability", "Firmness", "acceptability", "firmness", "from_samples", "next_facts", "report", "rules",
    "settled",
]  # fmt: skip
