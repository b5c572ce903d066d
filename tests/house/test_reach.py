"""Every address and every person: what is out of reach is not there, what is not allowed says why.

A new address fails here until it has a row: what it is about, and who gets what.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.common.models import AuditEntry
from tests.cast import Cast
from tests.house.reach import things_of_the_district

pytestmark = pytest.mark.slow
SIGNS = {200: "+", 403: "-", 404: ".", 302: ">", 405: "x"}
"""+ shown, - refused with the reason, . not there, > led on, x not by GET."""
PUBLIC = {"set_language", "accounts:sign_in", "accounts:sign_out", "units:no_post", "api:openapi-json", "api:api-root"}
SAID = {"kind": "text", "name": "units_placed"}
NAMED = {"key": "key", "unit_id": "unit", "sha256": "file", "report_id": "report"}
PEOPLE = (
    "administrator", "province_officer", "district_officer", "district_leader", "inspector", "clerk", "other_clerk",
    "auditor", "stranger",
)  # fmt: skip
# route: what its identity names, and what each of PEOPLE gets
ROUTES = {
    "set_language": ("", ">>>>>>>>>"),
    "accounts:sign_in": ("", ">>>>>>>>>"),
    "accounts:profile": ("", "+++++++++"),
    "accounts:sign_out": ("", "xxxxxxxxx"),
    "accounts:change_own_password": ("", "+++++++++"),
    "api:openapi-json": ("", "+++++++++"),
    "api:units": ("", "+++++++++"),
    "api:unit": ("unit", "++++++.+."),
    "api:programmes": ("", "+++++++++"),
    "api:programme": ("", "++++++++."),
    "api:figures": ("", "++++++++."),
    "api:figure": ("", "++++++++."),
    "api:checks": ("", "++++++++."),
    "api:reports": ("", "+++++++++"),
    "api:report": ("", "+++++..+."),
    "api:api-root": ("", "........."),
    "units:units": ("", "+++++++++"),
    "units:no_post": ("", ">>>>>>>>>"),
    "units:choose_post": ("", "xxxxxxxxx"),
    "units:import_units": ("", "+--------"),
    "units:people": ("", "+++++++++"),
    "units:add_person": ("", "+--------"),
    "units:person": ("person", "++++++.+."),
    "units:correct_person": ("person", "+-----.-."),
    "units:give_password": ("person", "+-----.-."),
    "units:deactivate_person": ("person", "+-----.-."),
    "units:reactivate_person": ("person", "+-----.-."),
    "units:give_post": ("", "+--------"),
    "units:end_post": ("post", "+-----.-."),
    "units:correct_unit": ("period", "+-----.-."),
    "units:unit": ("unit", "++++++.+."),
    "units:add_unit": ("unit", "+-----.-."),
    "units:record_unit_change": ("unit", "+-----.-."),
    "registry:documents": ("", "+++++++++"),
    "registry:enter_document": ("", "+++--++-+"),
    "registry:file": ("", "+++++..+."),
    "registry:document": ("document", "+++++..+."),
    "registry:correct_document": ("document", "+++--..-."),
    "catalogue:requirement_sets": ("", "+++++++++"),
    "catalogue:publish_requirements": ("", "+++-----+"),
    "catalogue:requirement_set": ("requirements", "++++++++."),
    "catalogue:correct_requirements": ("requirements", "+++-----."),
    "catalogue:device_types": ("", "+++++++++"),
    "funding:programmes": ("", "+++++++++"),
    "funding:start_programme": ("", "+++-----+"),
    "funding:allocation": ("allocation", "++++++.+."),
    "funding:correct_allocation": ("allocation", "+++---.-."),
    "funding:withdraw_allocation": ("allocation", "+++---.-."),
    "funding:correct_step": ("step", "+++-++.-."),
    "funding:withdraw_step": ("step", "+++-++.-."),
    "funding:correct_programme": ("", "+++-----."),
    "funding:allocations": ("", "++++++++."),
    "funding:allocate": ("", "+++-----."),
    "funding:record_own_money": ("", "+++---.-."),
    "funding:ledger": ("", "++++++.+."),
    "funding:purchase": ("", "++++++.+."),
    "funding:record_step": ("", "+++-++.-."),
    "equipment:devices": ("", "+++++++++"),
    "equipment:enter_device": ("", "+++--++-+"),
    "equipment:describe_device": ("device", "+++--+.-."),
    "equipment:withdraw_device": ("device", "+++--+.-."),
    "equipment:correct_custody": ("custody", "+++--+.-."),
    "fieldwork:round": ("round", "++++++++."),
    "fieldwork:correct_round": ("round", "+++-----."),
    "fieldwork:visit": ("visit", "++++++.+."),
    "fieldwork:correct_visit": ("visit", "+++-+-.-."),
    "fieldwork:device": ("device", "++++++.+."),
    "fieldwork:record_check": ("device", "+++-+-.-."),
    "fieldwork:declare": ("device", "+----+.-."),
    "fieldwork:check": ("check", "++++++.+."),
    "fieldwork:correct_check": ("check", "+++-+-.-."),
    "fieldwork:withdraw_check": ("check", "+++-+-.-."),
    "fieldwork:rounds": ("", "++++++++."),
    "fieldwork:open_round": ("", "+++-----."),
    "fieldwork:visits": ("", "++++++++."),
    "fieldwork:record_visit": ("", "++++++++."),
    "followup:finding": ("finding", "++++++.+."),
    "followup:order_remedy": ("finding", "+++++-.-."),
    "followup:correct_remedy": ("remedy", "+++++-.-."),
    "followup:report_remedy_done": ("remedy", "------.-."),
    "followup:confirm_remedy": ("remedy", "+++++-.-."),
    "followup:reopen_remedy": ("remedy", "+++++-.-."),
    "followup:remedy_evidence": ("remedy", "++++++.+."),
    "followup:findings": ("", "++++++++."),
    "reports:reports": ("", "+++++++++"),
    "reports:draft": ("", "+++--++-."),
    "reports:templates": ("", "+++++++++"),
    "reports:keep_template": ("", "+++-----+"),
    "reports:template": ("template", "++++++++."),
    "reports:issue_form": ("", "+++--+.-."),
    "reports:report": ("report", "+++++..+."),
    "reports:edit_report": ("report", "+++--..-."),
    "reports:preview_report": ("report", "xxxxxxxxx"),
    "reports:editions": ("report", "+++++..+."),
    "reports:download": ("report", "+++++..+."),
    "figures:correct_judgement": ("judgement", "++++-..-."),
    "figures:withdraw_judgement": ("judgement", "++++-..-."),
    "figures:judgements": ("", "++++++++."),
    "figures:enter_judgement": ("", "++++----."),
    "figures:figures": ("", "+++++++++"),
    "figures:programme": ("", "++++++++."),
    "figures:figure": ("", "++++++++."),
    "overview:home": ("", "+++++++++"),
    "overview:search": ("", "+++++++++"),
    "overview:log": ("", "+------+-"),
}
SECRETS = ("Rà soát máy", "15/UBND", "gần cầu thang", "Triệu Văn Huyện", "Đặng Thị Phủ", "Bạch Thông", "nam-2023")


def routes(patterns: list[Any], before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Names of the routes with their addresses."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address, ":".join(filter(None, (space, pattern.namespace))))
        elif isinstance(pattern, URLPattern):
            yield ":".join(filter(None, (space, pattern.name))), address


ALL = dict(routes(get_resolver().url_patterns))


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    """The address of every route, for a thing of the district 063."""
    ids = things_of_the_district(cast)
    return {name: f"/{_filled(ALL[name], kind, ids)}" for name, (kind, _signs) in ROUTES.items()}


def _filled(address: str, kind: str, ids: dict[str, Any]) -> str:
    def put(found: re.Match[str]) -> str:
        name = found[1].split(":")[-1]
        about = kind if name == "pk" or (name == "key" and kind) else NAMED.get(name, "")
        return SAID.get(name) or str(ids[about])

    return re.sub("<([^>]+)>", put, address)


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.sub(r'name="next" value="[^"]*"', "", content.decode("utf-8", "replace"))


def test_every_route_has_a_row():
    assert sorted(ALL) == sorted(ROUTES)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_gets_what_the_row_says(cast, addresses, who):
    client, place, wrong = cast.sign_in(Client(), who), PEOPLE.index(who), []
    for name, (_kind, signs) in ROUTES.items():
        answer = client.get(addresses[name])
        sign = SIGNS.get(answer.status_code, str(answer.status_code))
        if sign != signs[place]:
            wrong.append(f"{name}: {sign}, not {signs[place]}")
        text = _text(answer)
        secrets = SECRETS if who == "stranger" else ()
        wrong += [f"{name} shows “{secret}”" for secret in secrets if secret in text]
    assert wrong == []


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_not_open_a_form_may_not_send_it_either(cast, addresses, who):
    client, place, wrong = cast.sign_in(Client(), who), PEOPLE.index(who), []
    before = AuditEntry.objects.count()
    for name, (_kind, signs) in ROUTES.items():
        if signs[place] in "-." and not name.startswith("api:"):
            sign = SIGNS.get(client.post(addresses[name]).status_code)
            wrong += [] if sign == signs[place] else [f"{name}: {sign}, not {signs[place]}"]
    assert wrong == []
    assert AuditEntry.objects.count() == before


def test_who_is_not_signed_in_is_led_to_the_sign_in_page(addresses):
    opened = []
    for name, address in addresses.items():
        answer = Client().get(address)
        led = answer.status_code == 302 and answer["Location"].startswith("/accounts/sign-in")
        opened += [] if led or answer.status_code == 401 else [name]
    assert set(opened) <= PUBLIC


def test_a_clerk_meets_the_neighbour_on_no_page_and_in_no_list_of_choices(cast, addresses):
    client = cast.sign_in(Client(), "clerk")
    neighbour = cast.units["01999"]
    signs = (str(neighbour.pk), neighbour.code, "Bàn Văn Nguyên", str(cast.people["other_clerk"].pk))
    texts = {name: _text(client.get(address)) for name, address in addresses.items()}
    assert [(name, sign) for name, text in texts.items() for sign in signs if sign in text] == []


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("district_officer", "/figures/nam-2023/?unit=06"),
        ("district_officer", "/figures/nam-2023/units_placed/?unit=19"),
        ("district_officer", "/api/v1/programmes/nam-2023/figures?unit=06"),
        ("district_officer", "/figures/nam-2023/judgements/?unit=06"),
        ("clerk", "/figures/nam-2023/?unit=01999"),
        ("clerk", "/figures/nam-2023/?unit=063&as_of=2020-01-01&known_at=01/01/2020"),
        ("clerk", "/api/v1/programmes/nam-2023/figures/units_placed?unit=01999&known_at=2020-01-01"),
        ("clerk", "/units/?below={01999}"),
        ("clerk", "/fieldwork/nam-2023/visits/record?unit={01999}"),
        ("administrator", "/units/posts/give?unit={19}"),
        ("administrator", "/units/posts/give?person={stranger}"),
        ("province_officer", "/programmes/nam-2023/allocate?giver={19}"),
    ],
)
def test_a_question_about_another_unit_finds_nothing(cast, addresses, who, address):
    named = {code: unit.pk for code, unit in cast.units.items()} | {"stranger": cast.people["stranger"].pk}
    client = cast.sign_in(Client(), who)
    assert client.get(re.sub(r"{(\w+)}", lambda found: str(named[found[1]]), address)).status_code == 404


def test_the_api_leaves_the_neighbours_checks_out(cast, addresses):
    client = cast.sign_in(Client(), "other_clerk")
    assert client.get("/api/v1/programmes/nam-2023/checks?unit=01969").json() == {"checks": [], "cursor": None}
