"""Official documents: listed with what is overdue first, entered and corrected with their file and addressees."""

import datetime as dt
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from motcua.common.errors import NotAllowed, Refused
from motcua.registry import access
from motcua.registry.actions import correct_document, enter_document
from motcua.registry.files import path_of
from motcua.registry.models import Addressee, OfficialDocument, StoredFile
from tests.text import rows_of, text_of
from tests.units.pages import errors_of, opened, sent

TODAY = dt.date(2024, 1, 5)
PDF = b"%PDF-1.4 a small file"
PNG = b"\x89PNG\r\n\x1a\n and more"
FACTS = {
    "number": "8703/UBND-NCPC",
    "issued_on": dt.date(2023, 12, 23),
    "issuer": "UBND tỉnh Bắc Kạn",
    "kind": "official letter",
    "subject": "Báo cáo kết quả sử dụng trang thiết bị",
    "direction": "outgoing",
}
FORM = {**FACTS, "issued_on": "23/12/2023", "asks_for": "Báo cáo", "due_on": "28/12/2023"}


@pytest.fixture(autouse=True)
def _on_a_day(settings, client):
    settings.MOTCUA_TODAY = TODAY
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def enter(cast, who="district_officer", code="063", upload=None, addressed_to=(), **values):
    facts = {**FACTS, "owner_unit": cast.units[code], **values}
    return enter_document(actor=getattr(cast, who), values=facts, upload=upload, addressed_to=list(addressed_to))


def sha(content):
    return hashlib.sha256(content).hexdigest()


def downloaded(client, cast, who, content):
    """The answer to the file's address, read to its end where there is one."""
    answer = opened(client, cast, who, "registry:file", sha(content))
    if answer.streaming:
        assert answer.getvalue() == content
    return answer


class TestList:
    def test_overdue_stands_first_in_words_then_what_is_due_next(self, client, cast):
        enter(cast, number="1/không hạn")
        enter(cast, number="2/sắp đến", due_on=dt.date(2024, 2, 1))
        enter(cast, number="3/quá hạn", due_on=dt.date(2023, 12, 28))
        rows = rows_of(opened(client, cast, "district_officer", "registry:documents"))
        assert list(rows) == ["3/quá hạn", "2/sắp đến", "1/không hạn"]
        assert "overdue by 8 days" in rows["3/quá hạn"][-1]
        assert "overdue" not in rows["2/sắp đến"][-1]

    def test_it_is_narrowed_by_direction_kind_and_due_date(self, client, cast):
        enter(cast, number="1/đi")
        enter(cast, number="2/đến", direction="incoming", kind="decision", due_on=dt.date(2023, 12, 28))
        for query in ({"direction": "incoming"}, {"kind": "decision"}, {"due": "late"}, {"q": "2/den"}):
            page = opened(client, cast, "district_officer", "registry:documents", **query)
            assert list(rows_of(page)) == ["2/đến"]

    def test_each_reads_what_a_unit_in_reach_keeps_or_is_addressed(self, client, cast):
        enter(cast, addressed_to=[cast.units["01969"]])
        for who, count in (("province_officer", 1), ("clerk", 1), ("other_clerk", 0), ("stranger", 0)):
            page = opened(client, cast, who, "registry:documents")
            assert ("8703/UBND-NCPC" in text_of(page)) is bool(count)

    def test_many_documents_need_no_more_queries(self, client, cast, django_assert_max_num_queries):
        opened(client, cast, "district_officer", "registry:documents")
        for number in range(10):
            enter(cast, number=f"{number}/CV")
        with django_assert_max_num_queries(14):
            assert len(rows_of(client.get(reverse("registry:documents")))) == 10


class TestDocument:
    def test_it_shows_what_it_asks_for_by_when_and_to_whom(self, client, cast):
        row = enter(cast, asks_for="Rà soát", due_on=dt.date(2023, 12, 28), addressed_to=[cast.units["01969"]])
        text = text_of(opened(client, cast, "district_officer", "registry:document", row.pk))
        for said in ("What it asks for Rà soát", "28/12/2023 ! overdue by 8 days", "thị trấn Phủ Thông", "no file"):
            assert said in text

    def test_what_an_addressee_does_not_reach_is_no_link(self, client, cast):
        row = enter(cast, addressed_to=[cast.units["01969"], cast.units["01999"]])
        page = opened(client, cast, "clerk", "registry:document", row.pk)
        assert "xã Nguyên Phúc" in text_of(page)
        assert reverse("units:unit", args=[cast.units["01999"].pk]) not in page.content.decode()
        assert reverse("units:unit", args=[cast.units["01969"].pk]) in page.content.decode()

    def test_out_of_reach_it_is_not_found(self, client, cast):
        row = enter(cast)
        for who in ("stranger", "clerk"):
            assert opened(client, cast, who, "registry:document", row.pk).status_code == 404


class TestFile:
    @pytest.mark.parametrize(
        ("content", "kind", "ending"), [(PDF, "application/pdf", ".pdf"), (PNG, "image/png", ".png")]
    )
    def test_it_is_saved_under_the_documents_number_and_never_shown(self, client, cast, content, kind, ending):
        enter(cast, number="773/QĐ-UBND", upload=("<script>.html", content))
        answer = opened(client, cast, "district_officer", "registry:file", sha(content))
        assert b"".join(answer.streaming_content) == content
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"] == f'attachment; filename="773-QD-UBND{ending}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]

    def test_only_who_reaches_the_document_gets_it(self, client, cast):
        enter(cast, upload=("a.pdf", PDF), addressed_to=[cast.units["01969"]])
        assert downloaded(client, cast, "clerk", PDF).status_code == 200
        for who in ("other_clerk", "stranger"):
            assert downloaded(client, cast, who, PDF).status_code == 404

    def test_the_same_content_kept_elsewhere_opens_no_door(self, client, cast):
        enter(cast, number="1/BÍ MẬT", upload=("bi-mat.pdf", PDF))
        own = enter(cast, who="stranger", code="19", number="9/CV", upload=("khac.pdf", PDF))
        answer = downloaded(client, cast, "stranger", PDF)
        assert "9-CV.pdf" in answer["Content-Disposition"]
        text = text_of(opened(client, cast, "stranger", "registry:document", own.pk))
        assert "bi-mat" not in text
        assert "MẬT" not in text

    @pytest.mark.parametrize("name", ["0" * 64, "nonsense", ".."])
    def test_an_unknown_file_is_not_found(self, client, cast, name):
        url = reverse("registry:documents") + f"files/{name}"
        assert cast.sign_in(client, "administrator").get(url).status_code == 404

    def test_a_file_that_has_gone_from_the_folder_is_not_found(self, client, cast):
        content = PDF + b" gone"
        enter(cast, upload=("a.pdf", content))
        path_of(sha(content)).unlink()
        assert downloaded(client, cast, "district_officer", content).status_code == 404


class TestEnterDocument:
    def test_facts_file_and_addressees_are_kept(self, client, cast):
        values = {**FORM, "file": SimpleUploadedFile("a.pdf", PDF), "addressed_to": [str(cast.units["01969"].pk)]}
        answer = sent(client, cast, "district_officer", "registry:enter_document", **values)
        row = OfficialDocument.objects.known().get(number="8703/UBND-NCPC")
        assert answer["Location"] == reverse("registry:document", args=[row.pk])
        assert (row.owner_unit, row.due_on, row.file_id) == (cast.units["063"], dt.date(2023, 12, 28), sha(PDF))
        assert [addressee.unit for addressee in Addressee.objects.known()] == [cast.units["01969"]]

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("virus.pdf", b"MZ\x90\x00 program", "neither a PDF nor a picture"),
            ("page.png", b"<svg onload=alert(1)>", "neither a PDF nor a picture"),
            ("empty.pdf", b"", "empty"),
            ("large.pdf", PDF + b"x" * 2000, "larger than 20 MB"),
        ],
    )
    def test_a_file_of_another_kind_or_too_large_is_refused(self, client, cast, settings, name, content, said):
        settings.MOTCUA_FILE_LIMIT = 1000
        values = {**FORM, "file": SimpleUploadedFile(name, content)}
        answer = sent(client, cast, "district_officer", "registry:enter_document", **values)
        assert answer.status_code == 422
        assert said in errors_of(answer)
        assert not OfficialDocument.objects.exists()
        assert not StoredFile.objects.exists()

    def test_days_that_cannot_be_are_refused(self, client, cast):
        for values, said in (
            ({"issued_on": "23/12/2203"}, "cannot be right"),
            ({"issued_on": "06/01/2024"}, "lies in the future"),
            ({"due_on": "22/12/2023"}, "cannot be due before its own date"),
        ):
            answer = sent(client, cast, "district_officer", "registry:enter_document", **{**FORM, **values})
            assert said in errors_of(answer)

    @pytest.mark.parametrize("who", ["district_leader", "inspector", "auditor"])
    def test_others_are_told_why_they_may_not(self, client, cast, who):
        answer = sent(client, cast, who, "registry:enter_document", **FORM)
        assert answer.status_code == 403
        assert "entered by its own officers and clerks" in answer.content.decode()

    def test_a_report_is_addressed_upwards_but_never_to_strangers(self, client, cast):
        enter(cast, who="clerk", code="01969", addressed_to=[cast.units["063"], cast.units["06"]])
        assert access.documents_for(cast.district_officer).count() == 1
        with pytest.raises(Refused, match="in your reach or above your own"):
            enter(cast, who="clerk", code="01969", addressed_to=[cast.units["19"]])
        values = {**FORM, "addressed_to": [str(cast.units["19"].pk)]}
        assert sent(client, cast, "clerk", "registry:enter_document", **values).status_code == 422


class TestCorrectDocument:
    def values(self, **said):
        return {**FORM, "reason": "Ghi sai số", **said}

    def test_it_is_corrected_whole_and_the_file_stays(self, client, cast):
        row = enter(cast, upload=("a.pdf", PDF), addressed_to=[cast.units["01969"]])
        values = self.values(number="8704/UBND", asks_for="", addressed_to=[str(cast.units["01999"].pk)])
        sent(client, cast, "district_officer", "registry:correct_document", row.pk, **values)
        now = OfficialDocument.objects.known().get(origin_id=row.pk)
        assert (now.number, now.asks_for, now.file_id, now.reason) == ("8704/UBND", "", sha(PDF), "Ghi sai số")
        assert [addressee.unit for addressee in Addressee.objects.known()] == [cast.units["01999"]]
        assert not access.documents_for(cast.clerk).exists()
        assert "Ghi sai số" in text_of(opened(client, cast, "district_officer", "registry:document", row.pk))

    def test_a_reason_is_asked_for(self, client, cast):
        row = enter(cast)
        answer = sent(client, cast, "district_officer", "registry:correct_document", row.pk, **self.values(reason=""))
        assert "Say why" in errors_of(answer)

    def test_an_addressee_reads_and_does_not_correct(self, client, cast):
        row = enter(cast, addressed_to=[cast.units["01969"]])
        answer = opened(client, cast, "clerk", "registry:correct_document", row.pk)
        assert answer.status_code == 403
        assert "of the unit that keeps it" in answer.content.decode()
        with pytest.raises(NotAllowed):
            correct_document(row, actor=cast.clerk, values=FACTS, reason="Thử")
        assert opened(client, cast, "stranger", "registry:correct_document", row.pk).status_code == 404

    def test_two_at_once_do_not_overwrite_each_other(self, client, cast):
        row = enter(cast)
        correct_document(row, actor=cast.district_officer, values={**FACTS, "number": "1/CV"}, reason="Một")
        with pytest.raises(Refused, match="corrected by somebody else"):
            correct_document(row, actor=cast.district_officer, values={**FACTS, "number": "2/CV"}, reason="Hai")
