"""The one exception tree of the product.

* DecisionError (a ValueError)
  x ProfileError            a profile, template or criterion is wrong
  x WeightsError            weights are negative, all zero, or contradict each other
  x CandidateError          candidates are wrong
    + CandidateFileError    a file was refused; one or two plain sentences say why and what to do
  x MethodError             a decision method cannot take what it was given
  x RunError                a run was asked for that makes no sense (unknown region, scenario, stage ...)
  x StoreError              saved work cannot be read or written

Every error carries a `Message`, so that a page can show it in the user's language; `str(error)` is English.
"""

from __future__ import annotations

from criteria.text import Message, render


class DecisionError(ValueError):
    """Something the user can put right; the text says what is wrong, where, and what to do next."""

    def __init__(self, message: Message | str) -> None:
        """Keep *message*; a plain string is used as it is in every language."""
        self.message = message if isinstance(message, Message) else Message("{text}", {"text": message})
        super().__init__(render(self.message))


class ProfileError(DecisionError):
    """A profile, template or criterion is wrong."""


class WeightsError(DecisionError):
    """Weights are negative, all zero, of the wrong number, or contradict each other."""


class CandidateError(DecisionError):
    """Candidates are wrong: two rows with one id, a value outside its scale, a missing column."""


class CandidateFileError(CandidateError):
    """A candidate file was refused."""


class MethodError(DecisionError):
    """A decision method cannot take what it was given."""


class RunError(DecisionError):
    """A run was asked for that makes no sense: an unknown region, scenario, stage or method."""


class StoreError(DecisionError):
    """Saved work cannot be read or written; what was saved before is untouched."""
