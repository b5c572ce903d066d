from pathlib import Path

import pytest

from tests.district_people import Loaded, load
from tests.districts import Commune, Device, District, Seen


@pytest.fixture
def district(db: None, tmp_path: Path) -> Loaded:
    """Two communes, one of which has its computer outside, shared."""
    outside = Device(seen=(Seen(placement="outside", note="gần cầu thang", use="shared"),))
    return load(District((Commune("An Bình"), Commune("Bảo Lạc", devices=(outside,)))), tmp_path / "suoi-mo")
