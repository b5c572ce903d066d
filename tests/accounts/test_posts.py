"""Between posts one switches; without one nothing is seen."""

from django.urls import reverse

from motcua.accounts.models import Person
from motcua.units.actions import give_post
from motcua.units.enums import Role
from motcua.units.models import Post
from tests.cast import Cast


def test_a_person_with_two_posts_switches_between_them(client, cast: Cast, operator):
    values = {"unit": cast.units["063"], "role": Role.INSPECTOR, "title": "Tổ kiểm tra"}
    second = give_post(actor=operator, person=cast.people["clerk"], values=values)
    cast.sign_in(client, "clerk")
    client.post(reverse("units:choose_post"), {"post": str(second.origin_id)})
    text = client.get(reverse("accounts:profile")).content.decode()
    assert "Tổ kiểm tra – huyện Bạch Thông" in text
    assert 'id="switch-post"' in text


def test_the_post_of_somebody_else_is_not_taken(client, cast: Cast):
    cast.sign_in(client, "clerk")
    other = Post.objects.get(person=cast.people["district_leader"])
    client.post(reverse("units:choose_post"), {"post": str(other.origin_id)})
    assert "post" not in client.session
    assert client.get(reverse("accounts:profile")).context["actor"].role == Role.CLERK


def test_without_a_post_the_page_says_whom_to_ask(client, cast: Cast):
    client.force_login(Person.objects.create_user("nopost", "x", full_name="Người Mới"))
    assert client.get(reverse("accounts:profile"))["Location"] == reverse("units:no_post")
    answer = client.get(reverse("units:no_post"))
    assert answer.status_code == 403
    assert "Người Mới" in answer.content.decode()
