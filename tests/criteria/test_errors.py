"""One exception tree: everything a user can put right is a DecisionError with a sentence."""

from __future__ import annotations

import pytest

from criteria import errors
from criteria.text import msg

TREE = {
    "ProfileError": "DecisionError",
    "WeightsError": "DecisionError",
    "CandidateError": "DecisionError",
    "CandidateFileError": "CandidateError",
    "MethodError": "DecisionError",
    "RunError": "DecisionError",
    "StoreError": "DecisionError",
    "DecisionError": "ValueError",
}


@pytest.mark.parametrize(("name", "parent"), sorted(TREE.items()))
def test_the_tree_is_as_it_is_drawn(name, parent):
    """Each class stands right under the parent that the design names."""
    assert [base.__name__ for base in getattr(errors, name).__bases__] == [parent]


def test_every_class_of_the_module_is_in_the_tree():
    """No error class was added without a place in the tree."""
    found = {name for name, item in vars(errors).items() if isinstance(item, type) and issubclass(item, Exception)}
    assert found == set(TREE)


def test_the_text_is_the_english_sentence_and_the_message_is_kept():
    """A page can render the error again in another language."""
    error = errors.RunError(msg("There is no region “{region}”.", region="{x}"))
    assert str(error) == "There is no region “{x}”."
    assert error.message.parameters == {"region": "{x}"}


def test_a_plain_text_with_braces_is_no_template():
    """A text from elsewhere cannot break the error that carries it."""
    assert str(errors.DecisionError("{0} {name} {")) == "{0} {name} {"
