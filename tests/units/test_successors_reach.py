"""After 01/07/2025: the new commune 01969 reads what the four communes before it owned, and writes none of it.

The facts are those of the built-in case, with one commune that goes elsewhere.
"""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from motcua.accounts.models import Person
from motcua.common.errors import NotAllowed
from motcua.common.records import Intake
from motcua.registry.access import documents_for, may_correct_document, may_enter_document
from motcua.registry.actions import enter_document
from motcua.registry.models import OfficialDocument
from motcua.units import access, queries
from motcua.units.actions import correct_unit, end_post, give_post
from motcua.units.enums import Role
from motcua.units.imports import read_changes, read_units, take_changes, take_units
from motcua.units.middleware import actor_for
from motcua.units.models import Post, Unit, UnitPeriod
from tests.text import text_of

EVE, DAY = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
BEFORE = {"01969": "thị trấn Phủ Thông", "01975": "xã Vi Hương", "01990": "xã Lục Bình", "01993": "xã Tân Tú"}
UNITS = (
    "code,name,kind,parent_code,valid_from,valid_to\n"
    "06,Bắc Kạn,tỉnh,,,2025-06-30\n063,Bạch Thông,huyện,06,,2025-06-30\n19,Thái Nguyên,tỉnh,,,\n"
    "01969,Phủ Thông,thị trấn,063,,2025-06-30\n01975,Vi Hương,xã,063,,2025-06-30\n01990,Lục Bình,xã,063,,2025-06-30\n"
    "01993,Tân Tú,xã,063,,2025-06-30\n01999,Nguyên Phúc,xã,063,,2025-06-30\n"
)
INTO = "huyện Bạch Thông,01969,Phủ Thông,xã,tỉnh Thái Nguyên,whole\n"
CHANGES = (
    "old_code,old_name,old_kind,old_parent,new_code,new_name,new_kind,new_parent,extent\n"
    f"01969,Phủ Thông,thị trấn,{INTO}01975,Vi Hương,xã,{INTO}01990,Lục Bình,xã,{INTO}01993,Tân Tú,xã,{INTO}"
)


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def merged(db, operator):
    _table, units = read_units(UNITS.encode())
    take_units(units, actor=operator, source="units", intake=Intake())
    table, changes = read_changes(CHANGES.encode(), "unit-changes-2025-07-01.csv")
    assert table.problems == []
    take_changes(changes, DAY, actor=operator, source="changes", intake=Intake())


def unit(code, day):
    return Unit.objects.get(pk=queries.by_code(code, day).id)


def post_of(operator, username, at, role):
    person = Person.objects.create_user(username, full_name=username.title())
    return give_post(actor=operator, person=person, values={"unit": at, "role": role})


def enter(actor, owner, number):
    facts = {"issuer": "UBND", "kind": "decision", "subject": "Phân bổ", "direction": "incoming", "number": number}
    return enter_document(actor=actor, values={**facts, "owner_unit": owner})


@pytest.fixture
def clerk(merged, operator, settings):
    """A clerk of the new commune on its first day; the four old communes each kept a document until the eve."""
    settings.MOTCUA_TODAY = EVE
    for code in (*BEFORE, "01999"):
        held = post_of(operator, f"old-{code}", unit(code, EVE), Role.CLERK)
        enter(actor_for(held), unit(code, EVE), f"{code}/QĐ")
    settings.MOTCUA_TODAY = DAY
    return actor_for(post_of(operator, "new-clerk", unit("01969", DAY), Role.CLERK))


class TestOnTheDay:
    def test_the_new_commune_reaches_itself_and_the_four_before_it(self, clerk):
        reached = {queries.last_known(each.pk).full_name for each in access.units_for(clerk)}
        assert reached == {"xã Phủ Thông", *BEFORE.values()}

    def test_it_reads_their_documents_and_no_other(self, clerk):
        assert {row.number for row in documents_for(clerk)} == {f"{code}/QĐ" for code in BEFORE}

    def test_it_corrects_none_of_them_and_enters_nothing_in_their_name(self, clerk):
        for row in documents_for(clerk):
            assert not may_correct_document(clerk, row)
            assert not may_enter_document(clerk, row.owner_unit_id)
        with pytest.raises(NotAllowed, match="entered by its own officers and clerks"):
            enter(clerk, unit("01975", EVE), "1/QĐ")

    def test_its_own_it_writes(self, clerk):
        assert enter(clerk, unit("01969", DAY), "1/QĐ-UBND") in documents_for(clerk)

    def test_no_role_writes_what_was_taken_over(self, clerk, operator):
        new, old = unit("01969", DAY), unit("01975", EVE)
        for role in Role:
            actor = actor_for(post_of(operator, f"some-{role}", new, role))
            assert old in access.units_for(actor)
            assert not any(access.may_write(actor, old.pk, each) for each in Role)

    def test_its_administrator_changes_neither_the_old_unit_nor_the_posts_there(self, clerk, operator):
        old = unit("01975", EVE)
        administrator = actor_for(post_of(operator, "new-administrator", unit("01969", DAY), Role.ADMINISTRATOR))
        period = UnitPeriod.objects.known().get(unit=old)
        assert period in access.periods_for(administrator)
        with pytest.raises(NotAllowed):
            correct_unit(period, actor=administrator, values={"name": "Khác", "kind": "xã"}, reason="Thử")
        with pytest.raises(NotAllowed):
            end_post(Post.objects.known().get(unit=old), actor=administrator, last_day=DAY, reason="Thử")
        with pytest.raises(NotAllowed):
            give_post(
                actor=administrator,
                person=Person.objects.get(username="old-01975"),
                values={"unit": old, "role": Role.CLERK},
            )

    def test_people_of_the_old_communes_go_on_under_the_new_administrator(self, clerk, operator):
        administrator = actor_for(post_of(operator, "new-administrator", unit("01969", DAY), Role.ADMINISTRATOR))
        person = Person.objects.get(username="old-01975")
        assert person in access.people_for(administrator)
        assert not access.may_manage_person(administrator, person)
        give_post(actor=administrator, person=person, values={"unit": unit("01969", DAY), "role": Role.CLERK})
        assert access.may_manage_person(administrator, person)

    def test_the_commune_that_was_not_merged_stays_unseen(self, clerk):
        assert unit("01999", EVE) not in access.units_for(clerk)

    def test_the_old_posts_reach_nothing_any_more(self, clerk):
        ended = actor_for(Post.objects.known().get(person__username="old-01975"))
        assert not access.units_for(ended).exists()
        assert not documents_for(ended).exists()


class TestOnTheEve:
    def test_nothing_is_reached_before_the_day(self, merged, operator, settings):
        settings.MOTCUA_TODAY = EVE
        clerk = actor_for(post_of(operator, "new-clerk", unit("01969", DAY), Role.CLERK))
        assert not access.units_for(clerk).exists()


class TestOnThePages:
    def test_an_old_unit_says_that_it_is_read_only_and_offers_nothing(self, client, clerk):
        client.force_login(Person.objects.get(username="new-clerk"))
        text = text_of(client.get(reverse("units:unit", args=[unit("01975", EVE).pk])))
        assert "xã Phủ Thông has taken over from xã Vi Hương – read only" in text
        assert "Add a unit below" not in text
        own = text_of(client.get(reverse("units:unit", args=[unit("01969", DAY).pk])))
        assert "read only" not in own
        assert "xã Vi Hương 01975" in own

    def test_the_tree_of_the_eve_holds_the_four_under_the_names_of_then(self, client, clerk):
        client.force_login(Person.objects.get(username="new-clerk"))
        text = text_of(client.get(reverse("units:units"), {"as_of": "30/06/2025"}))
        assert "tỉnh Bắc Kạn › huyện Bạch Thông ›" in text
        assert all(name in text for name in BEFORE.values())
        assert "Nguyên Phúc" not in text

    def test_a_document_taken_over_opens_and_is_not_corrected(self, client, clerk):
        client.force_login(Person.objects.get(username="new-clerk"))
        row = OfficialDocument.objects.get(number="01975/QĐ")
        page = client.get(reverse("registry:document", args=[row.origin_id]))
        assert "01975/QĐ" in text_of(page)
        assert reverse("registry:correct_document", args=[row.origin_id]) not in page.content.decode()
        answer = client.get(reverse("registry:correct_document", args=[row.origin_id]))
        assert answer.status_code == 403
        other = OfficialDocument.objects.get(number="01999/QĐ")
        assert client.get(reverse("registry:document", args=[other.origin_id])).status_code == 404
