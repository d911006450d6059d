"""Step 3: what an ideal and a qualified distributor is."""

from criteria.curves import Curve
from criteria.loading import dump_profile, families, library, load_profile, parse_profile, template_names
from criteria.model import Criterion, Gate, Level, Profile, RegionChange, Rubric, Scenario
from criteria.regions import region_names

__all__ = [
    "Criterion",
    "Curve",
    "Gate",
    "Level",
    "Profile",
    "RegionChange",
    "Rubric",
    "Scenario",
    "dump_profile",
    "families",
    "library",
    "load_profile",
    "parse_profile",
    "region_names",
    "template_names",
]
