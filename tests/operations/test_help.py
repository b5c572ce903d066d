"""Help that a person can use, the page that describes the commands, and templates held up to the light."""

import argparse
import re

import pytest

from motcua.operations import commands
from motcua.operations.command import build_parser
from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "operators" / "commands.md"
COMMON = {"--help", "--data", "--english", "--as"}


def parsers():
    (sub,) = (a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return sub.choices


def options_of(parser):
    return {name for action in parser._actions for name in action.option_strings if name.startswith("--")}


def sections(part):
    """The page's sections by command."""
    found = re.split(r"^## `motcua (\w+)[^`]*`$", part, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8").split("\n# Commands\n")


class TestThePage:
    @pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
    def test_it_describes_every_command_with_its_options_and_no_other(self, page, language):
        described = sections(page[language])
        assert list(described) == list(commands.ALL)
        for name, parser in parsers().items():
            named = set(re.findall(r"`(--[a-z-]+)", described[name]))
            assert named - COMMON == options_of(parser) - COMMON, name

    @pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
    def test_it_names_the_options_that_every_command_has(self, page, language):
        head = page[language].split("\n## ")[0]
        assert {option for option in COMMON if f"`{option}" in head} == COMMON

    def test_its_examples_are_calls_that_can_be_made(self, page):
        for line in re.findall(r"^motcua (.+?)(?:  +#.*)?$", "\n".join(page), flags=re.MULTILINE):
            chosen = build_parser().parse_args(line.split())
            assert chosen.run


class TestHelp:
    @pytest.mark.parametrize("name", commands.ALL)
    def test_every_command_says_what_it_does_in_both_languages(self, command, name):
        said = command(name, "--help")
        assert said.code == 0
        first = parsers()[name].description.splitlines()[0]
        assert re.fullmatch(r"[A-ZĐ].+ · [a-z].+", first)
        assert first in said.out
        assert max(map(len, said.out.splitlines())) <= 120

    def test_the_program_lists_them_all_with_examples(self, command):
        said = command("--help")
        assert [name for name in commands.ALL if name not in said.out] == []
        for line in re.findall(r"^  motcua (.+?)(?:   +\S.*)?$", said.out, flags=re.MULTILINE):
            assert build_parser().parse_args(line.split()).run

    def test_no_command_shows_the_help(self, command):
        assert command() == command("--help")

    def test_a_command_that_is_none_is_a_wrong_call(self, command):
        assert command("xoa").code == 2

    def test_messages_come_in_english_where_asked(self, command, tmp_path):
        assert "there is no such folder" in command("load", tmp_path / "x", "--english").err


class TestTemplate:
    def test_every_fault_is_named_with_its_place(self, command, tmp_path):
        file = tmp_path / "mau.json"
        file.write_text(
            '{"body": [{"item": [{"figure": "units_plcd", "show": "ratio"}]}, {"heading": {"level": 9}}]}',
            encoding="utf-8",
        )
        said = command("template", file)
        assert said.code == 1
        assert "body[1].item[1].figure: không có chỉ tiêu tên “units_plcd”" in said.err
        assert "body[2].heading: " in said.err

    def test_broken_json_is_named_by_its_line(self, command, tmp_path):
        (tmp_path / "mau.json").write_text('{"body":\n[}', encoding="utf-8")
        said = command("template", tmp_path / "mau.json")
        assert (said.code, "template:2: " in said.err) == (1, True)

    def test_a_sound_one_is_said_to_be(self, command):
        built_in = ROOT / "src" / "motcua" / "reports" / "built_in" / "use-of-equipment.json"
        assert command("template", built_in).code == 0

    def test_a_file_that_is_not_there_is_named(self, command, tmp_path):
        said = command("template", tmp_path / "khong-co.json")
        assert (said.code, "khong-co.json" in said.err) == (1, True)
