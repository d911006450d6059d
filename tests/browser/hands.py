"""What a user's hands do, by the labels that a user reads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect


def settled(page: Page) -> None:
    """Wait until the page has drawn everything and waits for the user."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def go(page: Page, title: str) -> None:
    """Turn to a page of the dashboard by its link in the sidebar."""
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=title)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    settled(page)


def press(page: Page, label: str) -> None:
    """Press a button by its label."""
    page.get_by_role("button", name=label).first.click()


def pick(page: Page, label: str, option: str) -> None:
    """Choose an option of a selector, and wait until it shows it."""
    box = page.get_by_role("combobox", name=label)
    if box.input_value() != option:
        box.click()
        page.get_by_role("option", name=option, exact=True).click()
    expect(box).to_have_value(option)
    settled(page)


def switch(page: Page, label: str) -> None:
    """Choose one of several segments by its text."""
    page.get_by_test_id("stButtonGroup").get_by_text(label, exact=True).first.click()
    settled(page)


def write(page: Page, label: str, text: str, *, exact: bool = False) -> None:
    """Type into a field and leave it, so that it is taken."""
    field = page.get_by_role("textbox", name=label, exact=exact)
    field.fill(text)
    field.press("Control+Enter" if field.evaluate("e => e.tagName") == "TEXTAREA" else "Enter")
    settled(page)


def workbook(page: Page, label: str, folder: Path) -> openpyxl.Workbook:
    """Press a download and return the workbook that arrives."""
    return openpyxl.load_workbook(io.BytesIO(download(page, label, folder)), data_only=True)


def download(page: Page, label: str, folder: Path) -> bytes:
    """Press a download and return what arrives; a button that is drawn anew under the press would not answer it."""
    settled(page)
    with page.expect_download() as waiting:
        press(page, label)
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target.read_bytes()


@contextmanager
def acted(page: Page) -> Iterator[None]:
    """Do something that the server answers, and leave when the answer has been drawn."""
    page.evaluate(
        """() => {
            const app = document.querySelector('[data-testid=stApp]');
            const state = () => app.getAttribute('data-test-script-state');
            window.answered = new Promise((resolve) => {
                let ran = false;
                new MutationObserver((records, watching) => {
                    // A quick run may begin and end between two calls: its beginning is then an old value.
                    ran = ran || state() === 'running' || records.some((record) => record.oldValue === 'running');
                    if (ran && state() === 'notRunning') { watching.disconnect(); resolve(true); }
                }).observe(app, {attributes: true, attributeOldValue: true});
                setTimeout(() => resolve(false), 20000);  // the element was replaced: never wait for ever
            });
        }"""
    )
    yield
    page.evaluate("() => window.answered")
    settled(page)
