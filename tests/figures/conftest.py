from pathlib import Path

import pytest

from tests.district_people import Loaded, load
from tests.districts import Commune, Device, District, Seen

FOUR = District(
    communes=(
        Commune("An Bình", devices=(Device(), Device("scanner", (Seen(placement="", use=""),)))),
        Commune(
            "Bảo Lạc",
            amounts=(20_000_000, 5_000_000),
            devices=(Device(seen=(Seen(placement="outside", note="gần cầu thang", use="shared"),)),),
        ),
        Commune("Cẩm Thủy", devices=(Device(seen=(Seen(placement="", use=""),)),), settled=()),
        Commune("Đại Từ", devices=()),
    ),
    left=1_000_000,
)


@pytest.fixture
def four(db: None, tmp_path: Path) -> Loaded:
    """Four communes: one all well, one outside and shared, one of which little is known, one without a device."""
    return load(FOUR, tmp_path / "four-communes")
