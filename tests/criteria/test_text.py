"""Messages wait for their language; names inside them are never read as anything but text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.text import LANGUAGES, LocalText, join, local_text, msg, negotiate, plain_text, plural, pmsg, render


@given(st.text(), st.sampled_from(sorted(LANGUAGES)))
def test_a_name_with_braces_or_percent_signs_stays_as_it_is(name, language):
    """A parameter is text: whatever it holds, it stands in the sentence unchanged."""
    assert render(msg("“{name}” is out.", name=name), language).count(name) >= 1


def test_a_parameter_may_be_a_message_or_a_local_text():
    """Parameters are rendered in the language of the sentence."""
    growth = LocalText({"en": "Growth", "zh-Hans": "成长情况"})
    message = msg("{where}: {what}", where=msg("Row {line}", line=4), what=growth)
    assert render(message, "en") == "Row 4: Growth"
    assert render(message, "zh-Hans").endswith("成长情况")


def test_one_and_many_have_their_own_english_form():
    """The number chooses the form and is filled in by itself."""
    forms = [str(plural("{n} candidate", "{n} candidates", n)) for n in (0, 1, 2)]
    assert forms == ["0 candidates", "1 candidate", "2 candidates"]


def test_a_context_does_not_show():
    """A context only tells two uses of one text apart."""
    assert str(pmsg("value with unit", "{value} {unit}", value="3", unit="years")) == "3 years"


def test_a_text_falls_back_to_the_nearest_language():
    """Simplified and traditional Chinese stand in for each other before English does."""
    both = LocalText({"en": "Growth", "zh-Hant": "成長情況"})
    assert [both.text(language) for language in ("en", "zh-Hans", "zh-Hant", "xx")] == [
        "Growth",
        "成長情況",
        "成長情況",
        "Growth",
    ]
    assert LocalText({}).text() == ""


@pytest.mark.parametrize("wrong", [None, True, [], {}, {"fr": "croissance"}, {"en": 3}, {1: "x"}])
def test_a_title_is_a_text_or_a_map_of_known_languages(wrong):
    """Anything else is refused where it is read."""
    with pytest.raises(ValueError, match=r"must be a text|unknown language 'fr'"):
        local_text(wrong)


def test_a_title_is_written_as_it_was_read():
    """A plain text stays plain, a map stays a map, and a number is a text."""
    for written in ("Growth", {"en": "Growth", "zh-Hans": "成长情况"}, {"zh-Hans": "成长情况"}):
        assert plain_text(local_text(written)) == written
    assert plain_text(local_text(4)) == "4"


def test_lists_have_the_punctuation_of_their_language():
    """Chinese lists use the enumeration comma."""
    assert join(["a", "b"], "en") == "a, b"
    assert join(["a", "b"], "zh-Hans") == "a、b"


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_the_browser_language_is_met_as_near_as_possible(browser, language):
    """A script that is written out goes before the country."""
    assert negotiate(browser) == language
