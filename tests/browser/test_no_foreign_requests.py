"""Nothing on any page comes from another host, and nothing that a page asks for is refused."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.hands import go, settled, switch

PANELS = ("Head to head", "Scenarios", "Why")


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_page_asks_only_its_own_server(page, server, language):
    """Charts, fonts, icons and scripts of all four pages are our own."""
    hosts, violations = set(), []
    page.context.on("request", lambda request: hosts.add(urlsplit(request.url)))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url)))
    page.on("console", lambda m: violations.append(m.text) if "Content Security Policy" in m.text else None)
    for address in ("", "standard", "candidates", "decision"):
        page.goto(f"{server.url}/{address}?language={language}")
        expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(4)
        expect(page.get_by_test_id("stMain").get_by_role("button").first).to_be_visible()
        settled(page)
    if language == "en":
        go(page, "Ranking")
        for panel in PANELS:
            switch(page, panel)
    foreign = {f"{host.scheme}://{host.netloc}" for host in hosts if host.scheme not in ("data", "blob")}
    assert {urlsplit(url).hostname for url in foreign} == {"localhost"}, foreign
    assert violations == []
