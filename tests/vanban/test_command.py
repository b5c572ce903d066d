"""The command `vanban`."""

import json
from pathlib import Path

import pytest

from tests.vanban.documents import report
from vanban import to_json, to_text
from vanban.command import main


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(to_json(report()), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("ending", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<article"), ("txt", b"\xe1\xbb\xa6Y")]
)
def test_convert_writes_the_form_that_the_ending_names(source: Path, ending: str, start: bytes) -> None:
    target = source.with_suffix(f".{ending}")
    assert main(["convert", str(source), str(target)]) == 0
    assert target.read_bytes().startswith(start)


def test_convert_reads_a_byte_order_mark(source: Path) -> None:
    source.write_bytes(b"\xef\xbb\xbf" + source.read_bytes())
    target = source.with_suffix(".txt")
    assert main(["convert", str(source), str(target)]) == 0
    assert target.read_text(encoding="utf-8") == to_text(report())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not json", "is no JSON"),
        (b"\xff\xfe\x00", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"[]", "is a list, not an object"),
        (b'{"schema": "vanban/1"}', "kind: is missing"),
    ],
)
def test_unreadable_input_ends_with_two_and_says_why(
    source: Path, content: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source.write_bytes(content)
    assert main(["convert", str(source), str(source.with_suffix(".pdf"))]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_a_missing_file_and_a_strange_ending_are_refused(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(source.with_name("none.json")), "out.pdf"]) == 2
    assert main(["convert", str(source), "out.odt"]) == 2
    said = capsys.readouterr().err
    assert "No such file" in said
    assert ".docx .pdf .html .txt" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["403200000"], "bốn trăm linh ba triệu hai trăm nghìn"),
        (["403.200.000", "--money"], "bốn trăm linh ba triệu hai trăm nghìn đồng"),
        (["0"], "không"),
    ],
)
def test_words_says_the_number(arguments: list[str], said: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["words", *arguments]) == 0
    assert capfdbinary.readouterr().out.decode().strip() == said


@pytest.mark.parametrize("number", ["mười", "1,5", "2000000000000000"])
def test_words_refuses_what_is_no_number(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", number]) == 2
    assert "no whole number" in capsys.readouterr().err


def test_help_names_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "convert" in said
    assert "vanban words 403200000 --money" in said
