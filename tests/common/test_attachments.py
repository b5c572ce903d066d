"""Files carry names that every system takes."""

import pytest
from django.http import HttpResponse

from motcua.common.attachments import attached, plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Huyện Ba Bể 2023.xlsx", "huyen-ba-be-2023.xlsx"),
        ('"><script>.pdf', "script-.pdf"),
        ("a\r\nSet-Cookie: x", "a-set-cookie-x"),
        ("…", "file"),
    ],
)
def test_a_name_is_made_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_the_answer_is_kept_under_the_plain_name() -> None:
    answer = attached(HttpResponse(), "Đôn Phong.docx")
    assert answer["Content-Disposition"] == 'attachment; filename="don-phong.docx"'
