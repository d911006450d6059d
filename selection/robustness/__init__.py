"""How firm a ranking is: shares of draws, tipping points, and which fact to get next.

Functions that are named like their module are bound here, after the import: else whoever imports the module first
would leave the module under that name.
"""

from selection.robustness.acceptability import Acceptability, acceptability, from_samples
from selection.robustness.firmness import Firmness, firmness, rules

__all__ = ["Acceptability", "Firmness", "acceptability", "firmness", "from_samples", "rules"]
