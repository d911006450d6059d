"""Our own numeric kernels of published decision methods, and scikit-criteria as the independent second engine."""

from selection.methods.base import Evaluation
from selection.methods.cross_check import cross_check
from selection.methods.engine import evaluate
from selection.methods.registry import METHODS, method_names

__all__ = ["METHODS", "Evaluation", "cross_check", "evaluate", "method_names"]
