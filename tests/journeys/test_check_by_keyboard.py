"""A check is entered with the keyboard alone, and what was typed survives a sign-in that was lost."""

from playwright.sync_api import Page, expect

from motcua.accounts.demonstration import CAST_PASSWORD
from tests.journeys.conftest import Visitor

FIGURE = "/figures/bach-thong-2023/units_placed/?unit=063&as_of=2023-12-27"
SAVE = "Lưu kết quả kiểm tra"


def go_to(page: Page, text: str) -> None:
    """Tab on until the thing with this text or label has the focus; it must be visible there."""
    for _step in range(120):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """() => {
                const here = document.activeElement;
                const set = here.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
                const labels = [...(here.labels ?? [])].map(label => label.textContent).join(' ');
                return [set, labels, here.textContent, here.getAttribute('aria-label') ?? ''].join(' ');
            }"""
        )
        if text in said:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert (outline, shadow) != ("none", "none"), f"nothing shows that “{text}” has the focus"
            return
    raise AssertionError(f"the keyboard does not reach “{text}”")


def choose(page: Page, question: str, answer: str) -> None:
    """Within a group of choices the arrows move."""
    go_to(page, question)
    for _step in range(8):
        chosen = page.evaluate("document.activeElement.labels[0].textContent.trim()")
        if chosen == answer:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{question}: no {answer}")


def sign_in_by_keyboard(page: Page, username: str) -> None:
    go_to(page, "Tên đăng nhập")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(CAST_PASSWORD)
    page.keyboard.press("Enter")


def test_an_inspector_enters_a_check_with_the_keyboard_and_loses_the_sign_in(visitor: Visitor):
    page = visitor.page
    visitor.open("/accounts/sign-in")
    sign_in_by_keyboard(page, "kiem-tra")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    visitor.open(FIGURE)
    go_to(page, "máy tính 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("áy tính 1")
    go_to(page, "Ghi kết quả kiểm tra")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=SAVE)).to_be_visible()
    visitor.here()

    choose(page, "Còn ở đơn vị", "có")
    choose(page, "Hoạt động", "không")
    choose(page, "Vị trí bố trí", "ngoài Bộ phận Một cửa")
    go_to(page, "Vị trí cụ thể")
    page.keyboard.type("cạnh quầy số 2")
    page.wait_for_timeout(600)
    page.context.clear_cookies(name="motcua_session")
    go_to(page, SAVE)
    page.keyboard.press("Enter")

    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    sign_in_by_keyboard(page, "kiem-tra")
    expect(page.get_by_role("button", name=SAVE)).to_be_visible()
    expect(page.get_by_label("Vị trí cụ thể")).to_have_value("cạnh quầy số 2")
    expect(page.get_by_role("group", name="Hoạt động").get_by_label("không")).to_be_checked()

    go_to(page, SAVE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).not_to_contain_text(SAVE)
    expect(page.get_by_role("main")).to_contain_text("05/01/2024")
    visitor.here()


def test_what_is_wrong_is_said_at_the_field_and_in_words(visitor: Visitor):
    page = visitor.page
    visitor.sign_in("kiem-tra").open(FIGURE)
    page.get_by_role("link", name="máy tính 1").first.click()
    page.get_by_role("link", name="Ghi kết quả kiểm tra").click()
    page.get_by_label("Ngày ghi nhận").fill("05/01/2203")
    page.get_by_role("button", name=SAVE).click()
    field = page.get_by_label("Ngày ghi nhận")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("main")).to_contain_text("05/01/2203")
    visitor.here()
