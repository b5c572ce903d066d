"""The main journey: programme, report, every number opens, Word and PDF; and to a stranger none of it is there."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from motcua.figures.definitions import FIGURES
from tests.journeys.conftest import Visitor

STATED = (
    "403.200.000đ",
    "mỗi đơn vị 28.800.000đ",
    "14/14 đơn vị có thiết bị đáp ứng yêu cầu",
    "14/14 đơn vị đã hoàn thành thanh quyết toán",
    "13/14 đơn vị bố trí máy tính tại Bộ phận Một cửa",
    "xã Nguyên Phúc (khu vực bên ngoài, gần cầu thang đi lại)",
    "04/14 đơn vị có máy tính dành riêng cho người dân",
    "10/14 đơn vị không có máy tính dành riêng cho người dân",
)


def words_of_word(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        xml = file.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", " ", xml))


def words_of_pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def downloaded(page: Page, link: str) -> tuple[str, bytes]:
    """The address and the content behind a link."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    return waiting.value.url, waiting.value.path().read_bytes()


def draft_report(visitor: Visitor) -> None:
    """Given the programme's page, a report as of the day of the visits."""
    page = visitor.page
    page.get_by_role("link", name="Soạn báo cáo").click()
    visitor.here()
    expect(page.get_by_label("Đơn vị báo cáo")).to_have_value("063")
    page.get_by_label("Tính đến ngày").fill("27/12/2023")
    page.get_by_role("button", name="Soạn báo cáo").click()
    expect(page.get_by_role("heading", level=1).first).to_contain_text("Dự thảo báo cáo")
    visitor.here()


def open_figure_and_its_record(visitor: Visitor) -> None:
    """When the number of communes that placed it well is clicked, then who did not and why stands there."""
    page = visitor.page
    page.get_by_role("link", name="13/14", exact=True).first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Máy tính không còn ở đơn vị thì không tính")
    expect(main).to_contain_text("xã Nguyên Phúc")
    visitor.here()
    page.get_by_role("link", name="ngoài Bộ phận Một cửa").first.click()
    expect(page.get_by_role("main")).to_contain_text("khu vực bên ngoài, gần cầu thang đi lại")
    expect(page.get_by_role("main")).to_contain_text("27/12/2023")
    visitor.here()


@pytest.fixture
def stranger(browser: Browser, address: str) -> Visitor:
    context = browser.new_context(locale="vi-VN")
    return Visitor(context.new_page(), address).sign_in("can-bo-thai-nguyen")


def test_a_district_officer_drafts_the_report_and_a_stranger_finds_none_of_it(visitor: Visitor, stranger: Visitor):
    page = visitor.page
    visitor.sign_in("can-bo-huyen")
    expect(page.get_by_text("hôm nay là 05/01/2024")).to_be_visible()
    page.get_by_role("link", name="Chương trình", exact=True).first.click()
    page.get_by_role("link", name=re.compile("Trang bị máy tính, máy scan")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bạch Thông")
    expect(page.get_by_role("link", name="13/14").first).to_be_visible()
    visitor.here()

    draft_report(visitor)
    report = page.url
    for text in STATED:
        expect(page.get_by_role("main")).to_contain_text(text)
    open_figure_and_its_record(visitor)

    visitor.open(report)
    for link, words_of in (("Tải tệp Word", words_of_word), ("Tải tệp PDF", words_of_pdf)):
        file, content = downloaded(page, link)
        visitor.seen.append(file)
        words = words_of(content)
        assert [text for text in STATED if text not in words] == []

    answers = {path: stranger.open(path) for path in visitor.seen}
    assert len(answers) == 7
    assert answers == dict.fromkeys(answers, 404)
    for path in ("/programmes/", "/reports/", "/"):
        assert stranger.open(path) == 200
        expect(stranger.page.get_by_role("main")).not_to_contain_text("Bạch Thông")


def test_every_figure_of_the_programme_page_opens(visitor: Visitor):
    visitor.sign_in("can-bo-tinh").open("/figures/bach-thong-2023/?unit=063&as_of=2023-12-27")
    links = visitor.page.locator("main a[href*='/figures/bach-thong-2023/'][href*='unit=063']")
    paths = {link.get_attribute("href") or "" for link in links.all()}
    by_name = {name: path for path in paths for name in FIGURES if f"/{name}/" in path}
    assert by_name.keys() == FIGURES.keys()
    for path in by_name.values():
        assert visitor.open(path) == 200
        expect(visitor.page.get_by_label("Tính đến ngày")).to_have_value("27/12/2023")
        visitor.here()


@pytest.mark.parametrize("member", ["can-bo-nguyen-phuc", "lanh-dao-huyen", "kiem-toan", "quan-tri"])
def test_others_who_may_read_find_their_pages_in_order(visitor: Visitor, member: str):
    visitor.sign_in(member)
    visitor.here()
    for path in ("/programmes/", "/units/", "/documents/", "/reports/", "/accounts/profile"):
        assert visitor.open(path) == 200
        visitor.here()


def test_the_pages_work_without_scripts(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    person = Visitor(context.new_page(), address).sign_in("can-bo-huyen")
    person.open("/reports/draft/bach-thong-2023/?unit=063")
    person.page.get_by_label("Tính đến ngày").fill("27/12/2023")
    person.page.get_by_role("button", name="Soạn báo cáo").click()
    expect(person.page.get_by_role("main")).to_contain_text(STATED[4])
    context.close()
