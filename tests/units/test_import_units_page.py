"""A file of units on a page: looked over first, every fault by row and column, then taken in; never outside the own."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from motcua.common.errors import NotAllowed, Unreadable
from motcua.units import intake, queries
from motcua.units.intake import UnitsFile
from motcua.units.models import Succession, Unit, UnitChange, UnitPeriod
from tests.text import text_of
from tests.units.pages import opened

TODAY = dt.date(2025, 6, 1)
DAY = dt.date(2025, 7, 1)
UNITS = "code,name,kind,parent_code,valid_from,valid_to\n"
CHANGES = "old_code,old_name,old_kind,old_parent,new_code,new_name,new_kind,new_parent,extent\n"
GOOD = UNITS + "02002,Cao Sơn,xã,063,,\n01999,Nguyên Phú,xã,063,,\n"


@pytest.fixture(autouse=True)
def _on_a_day(settings, client):
    settings.MOTCUA_TODAY = TODAY
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def look_over(client, cast, text, name="units.csv", who="administrator", **values):
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile(name, content)
    return cast.sign_in(client, who).post(reverse("units:import_units"), {"file": file, **values})


def take_in(client, page):
    seen = page.context["seen"]
    values = {name: seen[name].value() or "" for name in ("text", "name")}
    day = seen["day"].value()
    return client.post(reverse("units:import_units"), {**values, "day": f"{day:%d/%m/%Y}" if day else ""})


def state():
    return UnitPeriod.objects.count(), Unit.objects.count(), UnitChange.objects.count()


def faults(file, actor):
    with pytest.raises(Unreadable) as refusal:
        intake.import_units(file, actor=actor, dry_run=True)
    return str(refusal.value)


class TestLookingOver:
    def test_it_shows_what_would_be_made_and_corrected_and_writes_nothing(self, client, cast):
        before = state()
        text = text_of(look_over(client, cast, GOOD))
        assert "units.csv would write 2 entries" in text
        assert "xã Cao Sơn" in text
        assert "name: Nguyên Phúc → Nguyên Phú" in text
        assert state() == before

    def test_every_fault_is_named_by_row_and_column(self, client, cast):
        before = state()
        bad = UNITS + "02002,Cao Sơn,làng,063,,\n02002,,xã,099,2025-13-01,\n"
        answer = look_over(client, cast, bad)
        text = answer.content.decode()
        assert answer.status_code == 422
        for place in (
            "row 2, column kind",
            "row 3, column name",
            "row 3, column parent_code",
            "row 3, column valid_from",
        ):
            assert place in text
        assert state() == before

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"code,name\n1,2\n", "missing: kind, parent_code"),
            (b"\xff\xfe\x00c\x00o", "not UTF-8"),
            (b'code,name,kind,parent_code\n1,"open,x\xc3\xa3,\n', "quotation mark"),
        ],
    )
    def test_what_is_no_such_file_is_refused(self, client, cast, content, said):
        assert said in look_over(client, cast, content).content.decode()

    def test_a_file_that_is_too_large_is_refused(self, client, cast):
        answer = look_over(client, cast, UNITS + "x" * intake.LARGEST_FILE)
        assert "larger than 2 MB" in answer.content.decode()

    def test_others_may_not(self, client, cast):
        for who in ("district_leader", "auditor", "stranger"):
            answer = look_over(client, cast, GOOD, who=who)
            assert answer.status_code == 403
            assert "Only an administrator" in answer.content.decode()
            with pytest.raises(NotAllowed):
                intake.import_units(UnitsFile("units.csv", GOOD.encode()), actor=getattr(cast, who))
        assert opened(client, cast, "clerk", "units:import_units").status_code == 403


class TestTakingIn:
    def test_the_second_step_writes_and_the_same_file_again_changes_nothing(self, client, cast):
        answer = take_in(client, look_over(client, cast, GOOD))
        assert "units.csv has been taken in: 2 entries" in text_of(client.get(answer["Location"]))
        assert queries.by_code("02002", TODAY).parent_id == cast.units["063"].pk
        assert queries.by_code("01999", TODAY).name == "Nguyên Phú"
        assert "would change nothing" in text_of(look_over(client, cast, GOOD))

    def test_what_was_made_to_differ_in_between_is_checked_anew(self, client, cast):
        look_over(client, cast, GOOD)
        before = state()
        answer = client.post(reverse("units:import_units"), {"text": GOOD.replace("063", "19"), "name": "units.csv"})
        assert answer.status_code == 422
        assert state() == before

    def test_unit_changes_make_units_and_their_succession(self, client, cast):
        text = CHANGES + "01999,Nguyên Phúc,xã,huyện Bạch Thông,02014,Bạch Thông,xã,tỉnh Bắc Kạn,whole\n"
        page = look_over(client, cast, text, "unit-changes-2025-07-01.csv")
        assert "01999 → 02014" in text_of(page)
        take_in(client, page)
        new = queries.by_code("02014", DAY)
        assert new.full_name == "xã Bạch Thông"
        assert Succession.objects.filter(successor_id=new.id, predecessor=cast.units["01999"]).exists()

    def test_changes_need_their_day(self, client, cast):
        text = CHANGES + "01999,Nguyên Phúc,xã,huyện Bạch Thông,02014,Bạch Thông,xã,tỉnh Bắc Kạn,whole\n"
        assert "write the day of the changes" in look_over(client, cast, text, "changes.csv").content.decode()
        page = look_over(client, cast, text, "changes.csv", changed_on="01/07/2025")
        assert "01999 → 02014" in text_of(page)


class TestScope:
    """An administrator of one province touches nothing of another, and makes nothing outside the own."""

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("05443,Quán Triều mới,phường,19,,", "row 2, column code: the unit 05443 is not one that you administer"),
            ("05443,Quán Triều,phường,06,,", "row 2, column code: the unit 05443 is not one that you administer"),
            ("19,Thái Nguyên mới,tỉnh,,,", "row 2, column code: the unit 19 is not one that you administer"),
            ("07777,Lạ,xã,19,,", "row 2, column parent_code: the unit 07777 would stand outside"),
            ("77,Tỉnh mới,tỉnh,,,", "row 2, column parent_code: the unit 77 would stand outside"),
            ("01999,Nguyên Phúc,xã,19,,", "row 2, column parent_code: the unit 01999 would stand outside"),
        ],
    )
    def test_rows_about_others_are_refused_by_row(self, cast, row, said):
        before = state()
        assert said in faults(UnitsFile("units.csv", (UNITS + row + "\n").encode()), cast.administrator)
        assert state() == before

    @pytest.mark.parametrize(
        "row",
        [
            "05443,Quán Triều,phường,tỉnh Thái Nguyên,02014,Bạch Thông,xã,tỉnh Bắc Kạn,whole",
            "01999,Nguyên Phúc,xã,huyện Bạch Thông,05555,Lạ,xã,tỉnh Thái Nguyên,whole",
            "05599,Mới nghe,xã,huyện Phú Bình,02014,Bạch Thông,xã,tỉnh Bắc Kạn,whole",
        ],
    )
    def test_changes_take_nothing_from_others_and_give_them_nothing(self, cast, row):
        before = state()
        file = UnitsFile("unit-changes-2025-07-01.csv", (CHANGES + row + "\n").encode())
        assert "row 2" in faults(file, cast.administrator) or "administer" in faults(file, cast.administrator)
        assert state() == before
