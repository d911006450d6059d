"""Work is saved as it happens: after each of ten actions the server is killed, and the next start shows every one."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.hands import acted, go, pick, press, settled, switch, write
from tests.browser.test_journey import LIST, PEOPLE

PROJECT = "My first project"


def type_name(page: Page) -> None:
    """Say who works here."""
    with acted(page):
        write(page, "Your name", "Li Wei")


def name_shown(page: Page) -> None:
    """The name stands in its field."""
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("Li Wei")


def make_project(page: Page) -> None:
    """Make a project of one's own."""
    press(page, "Manage projects")
    with acted(page):
        write(page, "Name of a new project", PROJECT)
    with acted(page):
        page.get_by_role("button", name="New project", exact=True).click()


def project_shown(page: Page) -> None:
    """The new project is the open one."""
    expect(page.get_by_role("combobox", name="Project")).to_have_value(PROJECT)


def take_list_in(page: Page) -> None:
    """Paste a list and add its candidates."""
    go(page, "Candidates")
    expect(page.get_by_role("textbox", name="or paste cells from Excel")).to_be_visible()
    write(page, "or paste cells from Excel", LIST)
    button = page.get_by_role("button", name=f"Add {len(PEOPLE)} candidates")
    expect(button).to_be_visible()
    with acted(page):
        button.click()


def list_shown(page: Page) -> None:
    """Everybody of the list is there."""
    go(page, "Candidates")
    expect(page.get_by_text(f"{len(PEOPLE)} candidates;")).to_be_visible()


def add_by_hand(page: Page) -> None:
    """Type one candidate more."""
    go(page, "Candidates")
    press(page, "Add one by hand")
    with acted(page):
        write(page, "Name", "Fir", exact=True)
    with acted(page):
        page.get_by_role("button", name="Add", exact=True).click()


def person_shown(page: Page) -> None:
    """There is one more."""
    go(page, "Candidates")
    expect(page.get_by_text(f"{len(PEOPLE) + 1} candidates;")).to_be_visible()


def rate(page: Page) -> None:
    """Rate one factor of the candidate without ratings; the three others of the round have six each."""
    go(page, "Candidates")
    switch(page, "Interviews")
    button = page.get_by_role("button", name="4 · ")
    expect(button).to_be_visible()
    with acted(page):
        button.click()


def rating_shown(page: Page) -> None:
    """One rating more is there."""
    go(page, "Candidates")
    switch(page, "Interviews")
    expect(page.get_by_text("19 of 24 ratings")).to_be_visible()


def raise_line(page: Page) -> None:
    """Ask for a higher total."""
    go(page, "Standard")
    press(page, "Qualified line 50")
    field = page.get_by_role("spinbutton", name="Lowest total")
    field.fill("55")
    with acted(page):
        field.press("Enter")


def line_shown(page: Page) -> None:
    """The standard has the new line."""
    go(page, "Standard")
    expect(page.get_by_role("button", name="Qualified line 55")).to_be_visible()


def add_scenario(page: Page) -> None:
    """Copy the weights under a name of one's own."""
    go(page, "Standard")
    switch(page, "Weights")
    with acted(page):
        write(page, "Name", "Finance first", exact=True)
    with acted(page):
        press(page, "Add a copy under this name")


def scenario_shown(page: Page) -> None:
    """The scenario can be chosen."""
    go(page, "Ranking")
    pick(page, "Weighting scenario", "Finance first")


def pin(page: Page) -> None:
    """Keep one candidate in sight."""
    go(page, "Ranking")
    pick(page, "Region", "North")
    pick(page, "Ask about a candidate", "Alder")
    with acted(page):
        press(page, "Pin Alder")


def pin_shown(page: Page) -> None:
    """It is pinned."""
    go(page, "Ranking")
    pick(page, "Region", "North")
    pick(page, "Ask about a candidate", "Alder")
    expect(page.get_by_role("button", name="Unpin Alder")).to_be_visible()


def waive(page: Page) -> None:
    """Let the one in who is eliminated."""
    go(page, "Ranking")
    pick(page, "Region", "North")
    switch(page, "Eliminated 1")
    page.get_by_text("Waive a must-have").click()
    with acted(page):
        write(page, "Reason", "A guarantee covers it.")
    with acted(page):
        page.get_by_role("button", name="Waive it").click()


def waiver_shown(page: Page) -> None:
    """Nobody is eliminated any more, and the waiver is told with its reason."""
    go(page, "Ranking")
    pick(page, "Region", "North")
    switch(page, "Eliminated 0")
    expect(page.get_by_text("A guarantee covers it.").first).to_be_visible()


def decide(page: Page) -> None:
    """Take the proposal for the region."""
    go(page, "Decision")
    pick(page, "Region", "North")
    with acted(page):
        press(page, "Save the decision")


def decision_shown(page: Page) -> None:
    """The decision holds, and nothing has changed since."""
    go(page, "Decision")
    pick(page, "Region", "North")
    expect(page.get_by_text("nothing has changed since")).to_be_visible()


ACTIONS = (
    (type_name, name_shown),
    (make_project, project_shown),
    (take_list_in, list_shown),
    (add_by_hand, person_shown),
    (rate, rating_shown),
    (raise_line, line_shown),
    (add_scenario, scenario_shown),
    (pin, pin_shown),
    (waive, waiver_shown),
    (decide, decision_shown),
)


def opened(browser, server) -> Page:
    """Return the app in a browser that remembers nothing, as after a restart of the machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 1100}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(4)
    expect(page.get_by_test_id("stMain").get_by_role("button").first).to_be_visible()
    settled(page)
    return page


def test_a_killed_server_loses_nothing(browser, server):
    """Act, kill -9, start again, look: ten times; at the end everything is still there."""
    for act, is_shown in ACTIONS:
        page = opened(browser, server)
        act(page)
        server.kill()
        page.context.close()
        server.start()
        page = opened(browser, server)
        is_shown(page)
        page.context.close()
    page = opened(browser, server)
    for is_shown in (
        name_shown,
        project_shown,
        person_shown,
        line_shown,
        scenario_shown,
        pin_shown,
        waiver_shown,
        decision_shown,
    ):
        is_shown(page)
    page.context.close()
