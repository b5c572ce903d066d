import pytest

from tests.cast import Cast
from tests.fieldwork.programme import Field, small_field


@pytest.fixture
def field(cast: Cast) -> Field:
    """A programme with devices in two communes."""
    return small_field(cast)
