"""Templates hold no script, no style and no foreign host, and every one of them is used."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import MOTCUA, none_of, python_files, short, tree_of

# Django itself asks for these names.
ASKED_FOR_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an inline handler": re.compile(r"\s(on[a-z]+|hx-on[:\w-]*)\s*=\s*[\"']", re.I),
    "a script address": re.compile(r"javascript:|[\"']js:", re.I),
    "a foreign host": re.compile(
        r"\b(src|href|action|srcset|poster|data|hx-(?:get|post))\s*=\s*[\"']?(https?:)?//", re.I
    ),
    "output that is not escaped": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}
# What comes ready-made and escaped stands unescaped with its reason beside it: {{ page|safe }}{# safe: … #}
SAFE = re.compile(r"\|\s*safe\s*}}\s*{#\s*safe: \w.{8,}?#}")
FOREIGN_IN_STYLE = re.compile(r"(url\(\s*[\"']?|@import\s+[\"']?)(https?:)?//", re.I)
TAG = re.compile(r"{%.*?%}", re.S)
MENTION = re.compile(r"[\"']([\w./-]+\.\w+)[\"']")


def faults_in(text: str) -> list[str]:
    """What a template may not hold, with the line."""
    return [
        f"{number}: {fault}"
        for number, line in enumerate(_on_one_line(text).splitlines(), start=1)
        for fault, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]


def _on_one_line(text: str) -> str:
    """Comments out, and each tag joined to a line, so that attributes on lines of their own are seen with their tag."""
    text = SAFE.sub("}}", text)
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
    return re.sub(r"<[a-zA-Z][^<>]*>", lambda tag: tag[0].replace("\n", " "), text)


def templates() -> dict[str, Path]:
    """Every template by the name that code calls it."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in MOTCUA.glob("*/templates")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def unused(names: set[str], texts: list[str], mentioned: set[str]) -> list[str]:
    """Templates that neither code nor another template names."""
    by_templates = {name for text in texts for tag in TAG.findall(text) for name in MENTION.findall(tag)}
    return sorted(names - by_templates - mentioned - ASKED_FOR_BY_DJANGO)


def mentioned_in_code() -> set[str]:
    trees = [tree_of(path) for path in python_files("src/motcua")]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {node.value.split("#")[0] for node in nodes if isinstance(node.value, str)}


def test_templates_hold_no_script_no_style_and_no_foreign_host():
    read = {path: path.read_text(encoding="utf-8") for path in templates().values()}
    none_of(f"{short(path)}:{fault}" for path, text in read.items() for fault in faults_in(text))


def test_every_template_is_used():
    texts = [path.read_text(encoding="utf-8") for path in templates().values()]
    none_of(unused(set(templates()), texts, mentioned_in_code()))


def test_style_sheets_take_nothing_from_elsewhere():
    sheets = [path for path in MOTCUA.rglob("*.css") if "static" in path.parts]
    none_of(short(path) for path in sheets if FOREIGN_IN_STYLE.search(path.read_text(encoding="utf-8")))


class TestTheGuards:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("<script>alert(1)</script>", "an inline script"),
            ("<style>p {}</style>", "an inline style sheet"),
            ('<p style="color: red">', "a style attribute"),
            ('<button onclick="go()">', "an inline handler"),
            ('<form\n  class="entry"\n  onsubmit="go()">', "an inline handler"),
            ('<div hx-on:click="go()">', "an inline handler"),
            ('<a href="javascript:go()">', "a script address"),
            ('<script src="https://cdn.example/x.js"></script>', "a foreign host"),
            ('<img src="//elsewhere.example/x.png">', "a foreign host"),
            ("{{ text|safe }}", "output that is not escaped"),
        ],
    )
    def test_what_a_template_may_not_hold_is_refused(self, text, fault):
        assert [each.split(": ")[1] for each in faults_in(text)] == [fault]

    def test_a_clean_template_passes(self):
        text = (
            "{# never <script> #}{% extends 'base.html' %}<script src=\"{% static 'field.js' %}\" defer></script>"
            '<a href="{% url \'units:tree\' %}">{{ unit }}</a><script id="rows" type="application/json">[]</script>'
        )
        assert faults_in(text) == []

    @pytest.mark.parametrize(("reason", "faults"), [("{# safe: vanban escapes every text #}", 0), ("{# safe #}", 1)])
    def test_output_that_is_not_escaped_says_why(self, reason, faults):
        assert len(faults_in("{{ page|safe }}" + reason)) == faults

    def test_a_template_that_nobody_names_is_refused(self):
        names = {"base.html", "units/tree.html", "units/_row.html", "units/old.html", "404.html"}
        texts = ['{% extends "base.html" %}{% listing_table rows "units/_row.html" %}', '"units/old.html"']
        assert unused(names, texts, {"units/tree.html"}) == ["units/old.html"]

    def test_a_style_sheet_that_takes_from_elsewhere_is_refused(self):
        assert FOREIGN_IN_STYLE.search("@import url('https://fonts.example/x.css');")
        assert not FOREIGN_IN_STYLE.search("background: url('mark.svg');")
