"""The preview: the same words, keys that open, nothing a strict policy refuses."""

import re
from html import unescape
from itertools import pairwise

from tests.vanban.documents import note, report, with_annexes
from vanban import Item, Paragraph, Run, to_html, to_text
from vanban.html import STYLESHEET


def _text(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(b|i|a|span)\b[^>]*>", "", html))).split()


def test_the_fragment_is_one_article() -> None:
    html = to_html(report())
    assert html.startswith('<article class="vanban-page" lang="vi">')
    assert html.rstrip().endswith("</article>")


def test_the_words_are_those_of_the_text() -> None:
    for document in (report(), with_annexes()):
        assert sorted(_text(to_html(document))) == sorted(to_text(document).split())


def test_a_keyed_run_is_a_link_where_it_opens_and_a_span_where_not() -> None:
    html = to_html(report(), link=lambda key: f"/figures/?key={key}&day=1" if key.endswith(":ratio") else None)
    assert (
        '<a class="vanban-key" data-key="figure:units_placed:ratio" '
        'href="/figures/?key=figure:units_placed:ratio&amp;day=1">13/14</a>'
    ) in html
    assert '<span class="vanban-key" data-key="figure:amount_allocated:value">403.200.000đ</span>' in html


def test_everything_is_escaped() -> None:
    run = Run('<script>alert("x")</script>', key='"><b onload=1>')
    html = to_html(report(body=(Paragraph((run,)), Item((run,)))), link=lambda key: f'javascript"{key}')
    assert "<script" not in html
    assert "<b onload" not in html
    assert html.count("&lt;script&gt;") == 2


def test_no_inline_style_and_no_script_stand_in_it() -> None:
    html = to_html(with_annexes(), link=lambda key: "/x")
    assert "style=" not in html
    assert not re.search(r"\son\w+=", html)


def test_every_class_has_a_rule_in_the_stylesheet_or_only_names_a_part() -> None:
    css = STYLESHEET.read_text(encoding="utf-8")
    used = {name for group in re.findall(r'class="([^"]+)"', to_html(with_annexes())) for name in group.split()}
    without_rule = {name for name in used if f".{name}" not in css}
    only_names = {"nation", "issuer", "item", "heading-3", "recipients", "authority"}
    assert without_rule <= {f"vanban-{name}" for name in only_names}


def test_headings_descend_without_a_gap() -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", to_html(report()))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_table_heads_are_column_heads() -> None:
    html = to_html(report())
    assert html.count('<th scope="col">') == 4
    assert "<caption>Kinh phí và vị trí bố trí theo đơn vị</caption>" in html


def test_blanks_of_a_draft_stay_in_the_markup() -> None:
    assert "Số:      /BC-UBND" in to_html(note("x"))


def test_on_a_page_with_a_heading_of_its_own_the_documents_headings_go_one_level_down() -> None:
    html = to_html(report(), top=2)
    assert "<h1" not in html
    assert html.count("<h2 ") == html.count("</h2>") == to_html(report()).count("<h1 ")
