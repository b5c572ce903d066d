"""The report of any district is true to its figures and reads as a person would write it."""

import json
import re
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from motcua.common.actor import operator
from motcua.funding.models import Programme
from motcua.operations.load import load_folder
from motcua.reports import wording
from motcua.reports.drafting import draft
from motcua.units.queries import by_code
from tests.districts import DAY, DISTRICT, Commune, Device, District, Judged, Seen, code_of, write
from tests.operations.any_district import districts
from tests.operations.slow_count import count
from vanban.model import Heading, Item, Paragraph
from vanban.text import to_text

pytestmark = pytest.mark.django_db
RATIOS = (
    "units_allocated",
    "units_settled",
    "units_meeting_requirements",
    "units_placed",
    "units_dedicated",
    "units_shared",
)
FAULTS = re.compile(r"  | [,.;:)]|\( |\(\)|\.\.|,,|;;|[,;]\.|[.,;] ?;|: ?[.;]|None|\{|\}|đều \)|^[ ,;]|\bkhông không\b")


def document_of(district, folder):
    load_folder(write(district, folder), actor=operator("test"))
    return draft(Programme.objects.get(key=folder.name), by_code(DISTRICT, DAY), DAY)


def lines_of(document):
    """The body's paragraphs as (runs, text)."""
    for block in document.body:
        if isinstance(block, Heading | Paragraph | Item):
            runs = block.title if isinstance(block, Heading) else block.runs
            yield runs, "".join(run.text for run in runs)


def stated(document, key):
    """The lines in which a key stands."""
    return [(runs, text) for runs, text in lines_of(document) if key in [run.key for run in runs]]


def two(number):
    return f"{number:02}"


def dong(amount):
    return f"{amount:,}đ".replace(",", ".")


def check(document, folder, names):
    """Everything that the figures say stands in the text, once, and nothing reads badly."""
    figures = {figure["name"]: figure for figure in count(folder, DAY.isoformat())}
    for name in RATIOS:
        ((runs, line),) = stated(document, f"figure:{name}:ratio")
        figure = figures[name]
        ratio = next(run.text for run in runs if run.key == f"figure:{name}:ratio")
        assert ratio == f"{two(figure['value'])}/{two(figure['population'])}"
        for side in ("out", "unknown"):
            missing = [names[code] for code in figure[side] if names[code] not in line]
            assert not missing, (name, side, line)
        for side, words in (("out", "đơn vị"), ("unknown", "đơn vị chưa rõ")):
            if figure[side]:
                assert f"{two(len(figure[side]))} {words}" in line
    text = to_text(document)
    received, given = figures["amount_allocated"]["value"], figures["amount_given_on"]["value"]
    for amount in (received, given, figures["amount_each"]["value"], received - given):
        assert not amount or dong(amount) in text
    assert ("Kinh phí chưa phân bổ" in text) == (received > given)
    bad = [line for _runs, line in lines_of(document) if FAULTS.search(line)]
    assert bad == []
    return text


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(district=districts)
def test_any_report_states_its_figures_once_and_reads_well(district):
    names = {code_of(place): f"{each.kind} {each.name}" for place, each in enumerate(district.communes)}
    with tempfile.TemporaryDirectory() as place, transaction.atomic():
        folder = Path(place) / "any"
        check(document_of(district, folder), folder, names)
        transaction.set_rollback(True)


GONE = Seen(present="no")
OUTSIDE = Seen(placement="outside", note="gần cầu thang", use="shared")
NOTHING = Seen(present="", meets="", placement="", use="")
OWN = District(
    communes=(
        Commune("An Bình", amounts=(10_000_000,), devices=(Device(seen=(OUTSIDE,)), Device(seen=(GONE,)))),
        Commune("Bảo Lạc", kind="thị trấn", amounts=(5_000_000,), devices=()),
        Commune("Cẩm Thủy", amounts=(), devices=(), settled=()),
        Commune("Đại Từ", amounts=(5_000_000,), devices=(Device(seen=(NOTHING,)),), settled=((DAY, "no"),)),
    ),
    left=2_500_000,
    judged=(
        Judged("shortcoming", "units_shared:in", "còn dùng chung máy tính với công chức trực"),
        Judged("shortcoming", "units_dedicated:unknown", "chưa báo cáo hình thức sử dụng"),
        Judged("cause", "", "diện tích chật"),
        Judged("remedy", "units_placed:out", " ."),
        Judged("proposal", "", ""),
    ),
)


class TestADistrictOfOurOwn:
    @pytest.fixture
    def text(self, tmp_path):
        names = {code_of(place): f"{each.kind} {each.name}" for place, each in enumerate(OWN.communes)}
        return check(document_of(OWN, tmp_path / "own"), tmp_path / "own", names)

    def test_amounts_that_differ_stand_in_a_table_and_what_is_left_is_said(self, text):
        assert "mỗi đơn vị" not in text
        assert re.search(r"xã An Bình\s+10\.000\.000", text)
        assert "Kinh phí chưa phân bổ: 2.500.000đ" in text
        assert "03/04 đơn vị được phân bổ kinh phí" in text
        assert "01 đơn vị chưa được phân bổ kinh phí: xã Cẩm Thủy" in text

    def test_several_computers_are_counted_in_the_reason(self, text):
        assert "xã An Bình (01 máy tính: gần cầu thang, 01 máy tính không có tại đơn vị)" in text

    def test_a_judgement_takes_its_quantifier_from_the_figure(self, text):
        assert "01 đơn vị (xã An Bình) còn dùng chung máy tính với công chức trực." in text
        assert "Phần lớn các đơn vị (02 đơn vị) chưa báo cáo hình thức sử dụng." in text
        assert "Diện tích chật." in text

    def test_a_kind_without_words_says_none(self, text):
        assert text.split("BIỆN PHÁP KHẮC PHỤC")[1].strip().startswith("Không.")
        after = text.split("ĐỀ XUẤT, KIẾN NGHỊ")[1]
        assert after.strip().startswith("Không.")


def test_a_commune_spends_what_it_received_and_leaves_nothing_to_give_on(tmp_path):
    load_folder(write(OWN, tmp_path / "own"), actor=operator("test"))
    document = draft(Programme.objects.get(key="own"), by_code(code_of(0), DAY), DAY)
    text = to_text(document)
    assert "10.000.000đ" in text
    assert "chưa phân bổ" not in text


def test_more_communes_than_the_text_can_name_stand_in_an_annex(tmp_path):
    communes = tuple(Commune(f"Số {n}", devices=(Device(seen=(Seen(placement="outside"),)),)) for n in range(25))
    document = document_of(District(communes), tmp_path / "large")
    assert "25 đơn vị chưa bố trí máy tính tại Bộ phận Một cửa (danh sách tại Phụ lục)" in to_text(document)
    assert len(document.annexes) == 1
    assert sum(line.count("xã Số") for _runs, line in lines_of(document)) == 0


def test_a_few_are_named_with_their_reasons_also_where_an_annex_lists_all(tmp_path):
    noted = Device(seen=(Seen(placement="outside", note="gần cầu thang."),))
    communes = (
        Commune("An Bình", devices=(noted,)),
        *(Commune(f"Số {n}") for n in range(24)),
        Commune("Bé", amounts=()),
    )
    text = to_text(document_of(District(communes), tmp_path / "large"))
    assert "; 01 đơn vị chưa bố trí máy tính tại Bộ phận Một cửa: xã An Bình (gần cầu thang)." in text
    assert "01 đơn vị chưa được phân bổ kinh phí: xã Bé" in text
    assert re.search(r"xã An Bình\t.*\tgần cầu thang\n", text)
    assert re.search(r"xã Bé\t0(\t–){5}", text)


def test_the_table_of_amounts_follows_its_sentence_and_what_is_left_comes_after(tmp_path):
    text = to_text(document_of(OWN, tmp_path / "own"))
    assert re.search(r"Số tiền phân bổ cho từng đơn vị như sau:\nSTT.*\n(\d.*\n)+- Kinh phí chưa phân bổ", text)


@pytest.mark.parametrize("subject", ["Về việc giao kinh phí", "V/v giao kinh phí", "Giao kinh phí"])
def test_a_citation_says_once_what_it_is_about(subject):
    assert wording.about(subject) == "về việc giao kinh phí"


@pytest.mark.parametrize(
    ("signature", "lines"),
    [
        ({"for": None, "title": "CHỦ TỊCH"}, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ({"on_behalf_of": None, "title": "CHỦ TỊCH"}, ("CHỦ TỊCH",)),
    ],
)
def test_a_committee_signs_as_a_whole_unless_said_otherwise(command, case, signature, lines):
    issue = json.loads((case / "issue.json").read_text(encoding="utf-8"))
    (case / "issue.json").write_text(json.dumps({**issue, "signature": signature}), encoding="utf-8")
    command("load", case)
    assert draft(Programme.objects.get(), by_code("063", DAY), DAY).signature.authority == lines


@pytest.mark.parametrize(("word", "pdf"), [("a", "a"), ("a", "khong-co/b"), ("a", ".")])
def test_where_one_file_cannot_be_written_none_is(command, case, tmp_path, word, pdf):
    command("load", case)
    place = tmp_path / "out"
    place.mkdir()
    files = ("--word", place / word, "--pdf", place / pdf)
    said = command("report", case.name, "--unit", "063", "--as-of", DAY, *files)
    assert (said.code, said.out, list(place.iterdir())) == (1, "", [])
    assert "chưa ghi gì" in said.err


def test_the_command_writes_word_pdf_and_text_and_stores_nothing(command, case, tmp_path):
    from motcua.reports.models import Report

    command("load", case)
    files = {kind: tmp_path / f"bao-cao.{kind}" for kind in ("word", "pdf", "text")}
    options = [part for kind, path in files.items() for part in (f"--{kind}", path)]
    said = command("report", case.name, "--unit", "063", "--as-of", "27/12/2023", *options)
    assert (said.code, said.out) == (0, "")
    assert files["word"].read_bytes().startswith(b"PK")
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert "13/14 đơn vị bố trí máy tính tại Bộ phận Một cửa" in files["text"].read_text(encoding="utf-8")
    assert not Report.objects.exists()
