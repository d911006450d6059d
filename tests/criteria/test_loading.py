"""Standards as files: both ways without loss, and hostile files refused in one sentence that names the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import dump_profile, load_profile, parse_profile, template_names
from criteria.errors import ProfileError
from criteria.loading import MAX_BYTES, library_documents, read_yaml
from tests import strategies

GOOD = "name: small\ncriteria:\n- {id: years, curve: {floor: 0, qualified: 3, ideal: 10}}\n"


def written(folder, content, name="standard.yaml"):
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@given(strategies.profiles(), st.sampled_from(["yaml", "json"]))
def test_writing_and_reading_again_gives_an_equal_standard(profile, form):
    """load(save(x)) == x in both forms, and saving twice gives the same text."""
    text = dump_profile(profile, form)
    again = parse_profile(json.loads(text) if form == "json" else read_yaml(text))
    assert again == profile
    assert dump_profile(again, form) == text


@pytest.mark.parametrize("name", template_names())
def test_every_template_survives_both_ways(name, tmp_path):
    """A template written to a file is read back equal, as YAML and as JSON."""
    profile = load_profile(name)
    for form in ("yaml", "json"):
        assert load_profile(written(tmp_path, dump_profile(profile, form), f"x.{form}")) == profile


def test_the_default_template_is_the_seven_factors():
    """It stands first, so that it is what a new project gets."""
    assert template_names()[0] == "seven_factors"


def test_yaml_is_read_as_people_mean_it(tmp_path):
    """NO is Norway, `yes` is a level, a date is a text; a byte order mark does not matter."""
    text = (
        "\ufeff"
        + GOOD
        + (
            "- {id: licence, levels: {yes: 100, no: 0, on: 50, 2020-01-01: 10}}\n"
            "regions:\n  NO: {minimum_total: 40}\nregion_groups: {Nordic: [NO, SE]}\n"
        )
    )
    profile = load_profile(written(tmp_path, text))
    assert list(profile.regions) == ["NO"]
    assert profile.region_groups == {"Nordic": ("NO", "SE")}
    assert list(profile.criterion("licence").levels) == ["yes", "no", "on", "2020-01-01"]


def test_norway_survives_being_written(tmp_path):
    """What the reader takes as text the writer puts so that it stays text."""
    profile = parse_profile(
        {"name": "no", "criteria": [{"id": "yes", "levels": {"on": 1, "1": 2, "1e5": 3, "~": 4, "012": 5}}]}
        | {"regions": {"NO": {}, "null": {}}}
    )
    assert load_profile(written(tmp_path, dump_profile(profile))) == profile


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "aliases"),
        ("&a name: *a\n", "aliases"),
        ("name: a\nname: b\ncriteria: []\n", r"Line 1: “name” stands twice"),
        ("name: a\ncriteria:\n- id: x\n  step: 4\n  step: 5\n", r"Line 3: “step” stands twice"),
        ("name: [a\n", r"Line \d: this is not valid YAML"),
        ("name: a\n\tb: c\n", r"Line 2: this is not valid YAML"),
        ("---\na: 1\n---\nb: 2\n", "not valid YAML"),
        ("name: !!python/object/apply:os.system ['true']\n", "not valid YAML"),
        ("? [a, b]\n: c\n", "plain word"),
        ("[" * 1_000_000, "nested too deeply"),
        ("- " * 500_000, "nested too deeply"),
        ("{a: " * 100_000, "nested too deeply"),
        ("", "list of keys"),
        ("just words", "list of keys"),
        ("- a\n- b\n", "list of keys"),
        ("name: " + "1" * 5000, r"number that cannot be read|1 to 80"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", "not a text file in UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not valid YAML"),
        ("name: a\n".encode("utf-16"), "not a text file in UTF-8"),
        ("name: a\x07\n", "not valid YAML"),
        ("x" * (MAX_BYTES + 1), "larger than 2 MB"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_hostile_yaml_file_is_refused_in_a_sentence_that_names_it(tmp_path, content, match):
    """Neither time, nor memory, nor the process is lost, and nothing in the file is run."""
    with pytest.raises(ProfileError, match=match) as caught:
        load_profile(written(tmp_path, content))
    assert "standard.yaml" in str(caught.value)
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ('{"name": "a", "name": "b"}', "“name” stands twice"),
        ('{"name": "a",\n "criteria": [}', "line 2"),
        ("[" * 1_000_000, "not valid JSON"),
        ('{"a":' * 100_000, "not valid JSON"),
        ("", "not valid JSON"),
        (
            '{"name": "a", "criteria": [{"id": "x", "curve": {"floor": NaN, "qualified": 1, "ideal": 2}}]}',
            "plain number",
        ),
        ('{"name": "a", "criteria": [{"id": "x"}], "minimum_total": Infinity}', "plain number"),
        ('{"name": "a", "criteria": [{"id": "x"}], "minimum_total": 1' + "0" * 400 + "}", "plain number"),
        ("null", "list of keys"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_hostile_json_file_is_refused(tmp_path, content, match):
    """The same for JSON."""
    with pytest.raises(ProfileError, match=match):
        load_profile(written(tmp_path, content, "standard.json"))


def test_a_file_of_thousands_of_unknown_keys_is_answered(tmp_path):
    """The work grows with the file, not with its square (30,000 keys took a minute once)."""
    text = "".join(f"key{i}: 1\n" for i in range(20_000))
    with pytest.raises(ProfileError, match="unknown key “key0”"):
        load_profile(written(tmp_path, text))


@pytest.mark.parametrize(
    "name", ["seven_factor", "", ".", "x" * 5000, "a\0b", "/no/such/file.yaml", "../seven_factors"]
)
def test_a_missing_standard_is_refused_with_the_templates_named(name):
    """The sentence says what there is."""
    with pytest.raises(ProfileError, match="seven_factors"):
        load_profile(name)


def test_a_folder_is_no_standard(tmp_path):
    """A folder is refused like a missing file."""
    with pytest.raises(ProfileError, match="neither a file nor a template"):
        load_profile(tmp_path)


@given(st.text(max_size=60))
def test_any_text_is_a_document_or_a_refusal(text):
    """The YAML reader knows no other error than ours."""
    refusal = "a sentence"
    try:
        read_yaml(text)
    except ProfileError as error:
        refusal = str(error)
    assert refusal.strip()


def test_a_template_read_twice_is_one_object_and_no_file_is_shared():
    """Templates are frozen, so one copy is enough; the library's documents are not changed by using them."""
    before = json.dumps(library_documents()["operating_years"], sort_keys=True, default=str)
    assert load_profile("seven_factors") is load_profile("seven_factors")
    parse_profile({"name": "a", "criteria": [{"use": "operating_years", "curve": None, "gate": "none"}]})
    assert json.dumps(library_documents()["operating_years"], sort_keys=True, default=str) == before
