"""What departs from the decree is listed with its letter."""

import pytest

from tests.vanban.documents import note, report, runs, with_annexes
from vanban import Document, Heading, Issuer, Paragraph, PlaceDate, Recipients, Signature, Symbol, departures


def test_our_own_documents_depart_in_nothing() -> None:
    issued = report(symbol=Symbol(5, "BC-UBND"), place_date=PlaceDate("Bạch Thông", 2024, 1, 5))
    for document in (report(), issued, with_annexes()):
        assert departures(document) == ()


_BODY = (Paragraph(runs("x")),)


@pytest.mark.parametrize(
    ("document", "rule", "place"),
    [
        (note("x", issuer=Issuer(None, ())), "A2.2b", "issuer"),
        (note("x", issuer=Issuer(None, ("Ủy ban",))), "A2.2b", "issuer"),
        (note("x", subject=()), "A2.5a", "subject"),
        (note("x", type_name="BÁO  CÁO"), "A2.5a", "type_name"),
        (note("x", kind="novel"), "A6", "kind"),
        (note("x", symbol=Symbol(None, "BC UBND")), "A2.3", "symbol"),
        (note("x", symbol=Symbol(None, "TTr-UBND")), "A4", "symbol"),
        (note("x", symbol=Symbol(5, "BC-UBND")), "A4", "symbol"),
        (note("x", place_date=PlaceDate("Bạch Thông", 2024, 1, 5)), "A4", "place_date"),
        (note("x", place_date=PlaceDate("", 2024, 1)), "A2.4", "place_date"),
        (
            note("x", kind="plan", type_name="KẾ HOẠCH", symbol=Symbol(None, "KH-UBND"), addressees=("A",)),
            "A2.9a",
            "addressees",
        ),
        (note("x", recipients=Recipients(None, ("A",), "")), "A2.9b", "recipients"),
        (note("x", signature=Signature(None, None, "Chủ tịch")), "A2.7a", "signature"),
        (note("x", signature=Signature(None, None, "")), "A2.7a", "signature"),
        (report(body=()), "A2.6", "body"),
        (report(body=(Heading(1, "II.", runs("A")), *_BODY)), "A2.6", "body[0]"),
        (report(body=(Heading(1, "I.", runs("Kết quả")), *_BODY)), "A2.6-rI", "body[0]"),
        (note("Vui 😀"), "A1", "body[0]"),
    ],
)
def test_a_departure_is_found_with_rule_and_place(document: Document, rule: str, place: str) -> None:
    assert [(found.rule, found.place) for found in departures(document)] == [(rule, place)]


def test_points_are_lettered_in_the_vietnamese_order() -> None:
    good = tuple(Heading(3, f"{letter})", runs("x")) for letter in "abcdđeg")
    assert departures(report(body=good)) == ()
    (wrong,) = departures(report(body=(*good, Heading(3, "f)", runs("x")))))
    assert (wrong.found, wrong.asked) == ("f)", "h)")
