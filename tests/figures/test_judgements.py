"""Judgements in a person's own words; where they concern a side of a figure, their subject follows it."""

import pytest
from django.urls import reverse

from motcua.common.errors import NotAllowed
from motcua.figures.forms_judgements import concerns_choices
from motcua.followup.actions import enter_judgement
from motcua.followup.models import Judgement
from tests.cast import Cast
from tests.fieldwork.programme import KEY, Field, inspect, small_field

pytestmark = pytest.mark.django_db

CLAUSE = "còn dùng chung máy tính với công chức"


@pytest.fixture
def field(cast: Cast) -> Field:
    made = small_field(cast)
    inspect(cast, made.computer, use_mode="shared", placement="one_stop")
    return made


def judged(cast, field, actor=None, **values):
    said = {"kind": "shortcoming", "concerns": "units_shared:in", "wording": CLAUSE, **values}
    return enter_judgement(
        actor=actor or cast.district_officer, programme=field.programme, unit=cast.units["063"], values=said
    )


def sentences(client, name="judgements"):
    kinds = client.get(reverse("figures:judgements", args=[KEY])).context["kinds"]
    return [item["sentence"] for _kind, rows in kinds for item in rows]


def test_the_subject_follows_the_figure(client, cast, field):
    judged(cast, field)
    judged(cast, field, concerns="programme", wording="giúp người dân thuận tiện hơn", kind="strength")
    judged(cast, field, concerns="", wording="đề nghị bố trí kinh phí", kind="proposal")
    cast.sign_in(client, "district_officer")
    assert sentences(client) == [
        "Việc trang bị thiết bị giúp người dân thuận tiện hơn.",
        f"01 đơn vị (thị trấn Phủ Thông) {CLAUSE}.",
        "Đề nghị bố trí kinh phí.",
    ]
    inspect(cast, field.other_computer, use_mode="shared")
    assert sentences(client)[1] == f"Toàn bộ 02 đơn vị {CLAUSE}."


def test_a_judgement_about_a_side_on_which_nobody_stands_is_not_printed(client, cast, field):
    judged(cast, field, concerns="units_placed:out", wording="chưa bố trí đúng chỗ")
    cast.sign_in(client, "district_officer")
    assert sentences(client) == [""]


def test_the_history_says_in_words_what_a_judgement_concerns(client, cast, field):
    new = judged(cast, field)
    cast.sign_in(client, "district_officer")
    text = client.get(reverse("figures:correct_judgement", args=[new.pk])).content.decode()
    assert "<ins>đơn vị dùng chung máy tính với công chức: dùng chung với công chức</ins>" in text


def test_judgements_are_for_the_units_officer_or_leader(cast, field):
    assert judged(cast, field, actor=cast.district_leader).position == 0
    for who in ("clerk", "inspector", "auditor", "stranger"):
        with pytest.raises(NotAllowed):
            judged(cast, field, actor=getattr(cast, who))


def test_every_side_of_every_figure_can_be_chosen_and_an_older_text_is_kept():
    known = [key for _label, group in concerns_choices(None) if isinstance(group, list) for key, _word in group]
    assert "units_shared:in" in known
    assert "amount_each:in" not in known
    assert ("one_stop_area", "one_stop_area") in concerns_choices(None, "one_stop_area")


class TestThePages:
    def address(self, cast):
        return f"{reverse('figures:enter_judgement', args=[KEY])}?unit=063"

    def test_the_sentence_can_be_looked_at_before_anything_is_written(self, client, cast, field):
        cast.sign_in(client, "district_officer")
        data = {"kind": "shortcoming", "concerns": "units_shared:in", "wording": CLAUSE}
        page = client.post(self.address(cast), {**data, "preview": "1"})
        assert page.status_code == 200
        assert f"01 đơn vị (thị trấn Phủ Thông) {CLAUSE}." in page.content.decode()
        assert not Judgement.objects.exists()
        assert client.post(self.address(cast), data).status_code == 302
        assert Judgement.objects.get().concerns == "units_shared:in"

    def test_a_figure_that_does_not_exist_is_refused(self, client, cast, field):
        cast.sign_in(client, "district_officer")
        data = {"kind": "shortcoming", "concerns": "units_happy:in", "wording": CLAUSE}
        assert client.post(self.address(cast), data).status_code == 422
        assert not Judgement.objects.exists()

    def test_a_correction_and_a_withdrawal_keep_the_history(self, client, cast, field):
        row = judged(cast, field)
        cast.sign_in(client, "district_officer")
        address = reverse("figures:correct_judgement", args=[row.pk])
        data = {"kind": "cause", "concerns": "", "wording": "diện tích chật", "reason": "đúng là nguyên nhân"}
        assert client.post(address, data).status_code == 302
        now = Judgement.objects.known().get()
        assert (now.kind, now.wording, now.origin_id) == ("cause", "diện tích chật", row.pk)
        assert "đúng là nguyên nhân" in client.get(address).content.decode()
        assert client.post(reverse("figures:withdraw_judgement", args=[row.pk]), {"reason": "thừa"}).status_code == 302
        assert not Judgement.objects.known().exists()
        assert Judgement.objects.count() == 3

    def test_a_clerk_may_not_and_a_stranger_finds_nothing(self, client, cast, field):
        row = judged(cast, field)
        pages = [reverse(f"figures:{page}", args=[row.pk]) for page in ("correct_judgement", "withdraw_judgement")]
        cast.sign_in(client, "inspector")
        assert [client.get(page).status_code for page in (*pages, self.address(cast))] == [403] * 3
        cast.sign_in(client, "stranger")
        pages += [self.address(cast), reverse("figures:judgements", args=[KEY])]
        assert [client.get(page).status_code for page in pages] == [404] * 4
        cast.sign_in(client, "clerk")
        assert client.get(pages[0]).status_code == 404
