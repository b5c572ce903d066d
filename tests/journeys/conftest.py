"""A real browser against a real server: `motcua demo` and `motcua serve` on a folder of their own."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from motcua.accounts.demonstration import CAST_PASSWORD
from tests.operations.installations import Installation

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demonstration is served."""
    demo = Installation(tmp_path_factory.mktemp("journeys") / "demo")
    demo.done("demo")
    with demo.serving() as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """MOTCUA_CHROMIUM, else the first one on the path."""
    named = os.environ.get("MOTCUA_CHROMIUM")
    path = named or next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield launched
        launched.close()


@dataclass
class Visitor:
    """Somebody at a browser of their own; `seen` are the addresses that they opened."""

    page: Page
    address: str
    seen: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Nothing may break unseen: scripts, and answers of the server's own failure."""
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._note)
        self.page.on("console", self._hear)

    def _note(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and "the server responded with a status of 4" not in said.text:  # a refusal is meant
            self.faults.append(said.text)

    def sign_in(self, username: str) -> "Visitor":
        self.page.goto(f"{self.address}/accounts/sign-in")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(CAST_PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "sign-in" not in url)
        return self

    def open(self, path: str) -> int:
        """Open an address of ours; its status."""
        answer = self.page.goto(path if path.startswith("http") else f"{self.address}{path}")
        assert answer
        return answer.status

    def here(self) -> str:
        """The address of this page, kept, after looking at how accessible and how wide it is."""
        self.seen.append(self.page.url)
        self.faults += [f"{self.page.url}: {fault}" for fault in inaccessible(self.page)]
        self.page.set_viewport_size(PHONE)
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            self.faults.append(f"{self.page.url}: {wider} pixels wider than a phone")
        self.page.set_viewport_size(WIDE)
        return self.page.url


def inaccessible(page: Page) -> list[str]:
    """Axe's findings that are serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {', '.join(str(node['target']) for node in each['nodes'][:3])}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """A person at a fresh browser; at the end nothing may have gone wrong on any page."""
    context = browser.new_context(viewport=WIDE, locale="vi-VN", accept_downloads=True)
    context.set_default_timeout(20_000)
    person = Visitor(context.new_page(), address)
    person.watch()
    yield person
    context.close()
    assert person.faults == []
