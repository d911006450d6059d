"""The main job in a real browser: a pasted list, the standard, the ranking, a scenario, the decision, the workbook."""

from __future__ import annotations

import datetime
import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import expect

from criteria import parse_profile
from criteria.text import msg, render
from data.store import open_store
from selection import rank
from tests.browser.hands import acted, download, go, pick, press, settled, switch, workbook, write

FACTORS = ("operating_years", "sales_growth", "solvency", "cooperation_attitude", "related_experience",
           "sales_staff_quality", "location_quality")  # fmt: skip
PEOPLE = {
    "Alder": ("North", 12, 4, 4, 4, 3, 3, 4),
    "Birch": ("North; South", 6, 3, 5, 4, 4, 4, 3),
    "Cedar": ("North", 2, 5, 5, 5, 5, 5, 5),
    "Douglas": ("South", 9, 3, 3, 3, 3, 3, 3),
    "Elm & Söhne =1+1": ("North", 8, 4, 3, 3, 5, 4, 5),
}
LIST = "\n".join(
    "\t".join(map(str, cells)) for cells in [("name", "regions", *FACTORS), *((k, *v) for k, v in PEOPLE.items())]
)


def begin(page, server, cells, people):
    """Open the app for the first time, start with an own list and take it in; it becomes a project of its own."""
    page.goto(f"{server.url}/?language=en")
    press(page, "Start with my own list")
    expect(page.get_by_role("textbox", name="or paste cells from Excel")).to_be_visible()
    settled(page)
    write(page, "or paste cells from Excel", cells)
    press(page, f"Make the project with {people} candidates")
    expect(page.get_by_text(f"{people} candidates were added.")).to_be_visible()
    settled(page)


def engine(server, monkeypatch, region, scenario):
    """Return the ranking of what the app has saved, computed without it."""
    monkeypatch.setenv("SHORTLIST_HOME", str(server.home))
    store = open_store()
    project = next(each for each in store.projects() if not each.is_sample)
    profile = parse_profile(store.project(project.id).profile)
    candidates = store.candidates_frame(project.id).candidates(profile, datetime.date.today())
    found = rank(candidates, profile, region, scenario)
    store.close()
    return found


def sheet_rows(sheet):
    """Return the lines under the header row as dictionaries, without the line of the ideal."""
    lines = list(sheet.iter_rows(values_only=True))
    start = next(i for i, line in enumerate(lines) if line[:2] == ("Rank", "Tied"))
    rows = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]
    return [row for row in rows if isinstance(row["Rank"], int)]


def test_from_a_pasted_list_to_the_downloaded_workbook(page, server, tmp_path, monkeypatch):
    """Import, standard, ranking, scenario, decision, export: page, engine and file say the same."""
    begin(page, server, LIST, len(PEOPLE))

    go(page, "Standard")
    switch(page, "Weights")
    switch(page, "Put in order")
    expect(page.get_by_text("Say only what matters more than what")).to_be_visible()

    go(page, "Ranking")
    pick(page, "Region", "North")
    expected = engine(server, monkeypatch, "North", "balanced")
    assert len(set(expected.weights.tolist())) == len(FACTORS)
    leader = expected.ranked[0].figures
    expect(page.get_by_role("heading", name=f"{leader.name} leads")).to_contain_text(f"{leader.score:.1f}")

    switch(page, "Scenarios")
    expect(page.get_by_text("Try a weight")).to_be_visible()
    pick(page, "Weighting scenario", "Cautious")
    expected = engine(server, monkeypatch, "North", "cautious")
    leader = expected.ranked[0].figures
    expect(page.get_by_role("heading", name=f"{leader.name} leads")).to_contain_text(f"{leader.score:.1f}")

    go(page, "Decision")
    expect(page.get_by_role("combobox", name="Region")).to_have_value("North")
    expect(page.get_by_role("combobox", name="Weighting scenario")).to_have_value("Cautious")
    expect(page.get_by_role("combobox", name="First choice")).to_have_value(leader.name)
    with acted(page):
        press(page, "Save the decision")
    expect(page.get_by_text("nothing has changed since")).to_be_visible()

    book = workbook(page, "Workbook (.xlsx)", tmp_path)
    rows = sheet_rows(book.worksheets[0])
    assert [(row["Name"], row["Rank"]) for row in rows] == [(e.figures.name, e.rank) for e in expected.ranked]
    assert [round(row["Score"], 6) for row in rows] == [round(e.figures.score, 6) for e in expected.ranked]
    out = "\n".join(str(cell) for line in book["Eliminated"].iter_rows(values_only=True) for cell in line if cell)
    assert all(entry.figures.name in out for entry in expected.eliminated)

    found = json.loads(download(page, "Data (.json)", tmp_path))
    assert found["fingerprint"] == expected.fingerprint
    memo = download(page, "Memo (.html)", tmp_path).decode()
    assert leader.name.replace("&", "&amp;") in memo


def test_a_link_opens_the_same_view_again(page, server):
    """Region and scenario are in the address by codes: a second window shows the same view, in another language too."""
    page.goto(f"{server.url}/decision?language=en")
    pick(page, "Region", "Benelux")
    pick(page, "Weighting scenario", "Cautious")
    settled(page)
    address = urlsplit(page.url)
    choices = dict(parse_qsl(address.query)) | {"language": "zh-Hans"}
    second = page.context.new_page()
    second.goto(f"{server.url}{address.path}?{urlencode(choices)}")
    in_chinese = {key: render(msg(key), "zh-Hans") for key in ("Region", "Weighting scenario", "Cautious")}
    expect(second.get_by_role("combobox", name=in_chinese["Region"])).to_have_value("Benelux")
    scenario = second.get_by_role("combobox", name=in_chinese["Weighting scenario"])
    expect(scenario).to_have_value(in_chinese["Cautious"])


def test_names_are_shown_as_typed_on_every_page(page, server):
    """Markup in a name makes no link, no image, no bold text and no dialog anywhere."""
    opened = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    name = "**Bold** [x](http://y.example) :red[r] <img src=q>"
    cells = "\t".join(map(str, PEOPLE["Alder"][1:]))
    begin(page, server, "name\t" + "\t".join(FACTORS) + f"\n{name}\t{cells}\nPlain\t{cells}", 2)
    main = page.get_by_test_id("stMain")
    for title in ("Candidates", "Ranking", "Decision"):
        go(page, title)
        if title != "Candidates":
            expect(main).to_contain_text(name)
        assert main.locator("a[href*='y.example'], img[src='q'], img[src*='y.example']").count() == 0
        assert main.locator("strong", has_text=re.compile("^Bold$")).count() == 0
    assert opened == []
