"""Any district: unknown answers, several computers in a commune or none, one that is gone, money that is left."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from tests.districts import DAY, DECIDED, NAMES, Commune, Device, District, Seen

YES_NO = st.sampled_from(["yes", "no", ""])
DAYS = st.sampled_from([dt.date(2023, 11, 1), dt.date(2023, 12, 20), DAY, dt.date(2024, 1, 3)])
seen = st.builds(
    Seen,
    on=DAYS,
    present=st.sampled_from(["yes", "yes", "no", ""]),
    working=YES_NO,
    meets=st.sampled_from(["yes", "yes", "no", ""]),
    placement=st.sampled_from(["one_stop", "one_stop", "outside", "elsewhere", ""]),
    note=st.sampled_from(["", "gần cầu thang"]),
    use=st.sampled_from(["dedicated", "shared", "shared", "staff", "unused", ""]),
)
devices = st.builds(
    Device,
    kind=st.sampled_from(["computer", "computer", "scanner"]),
    seen=st.lists(seen, min_size=1, max_size=3, unique_by=lambda each: each.on).map(tuple),
)
amounts = st.sampled_from([(), (28_800_000,), (28_800_000,), (28_800_000,), (15_000_000,), (8_800_000, 20_000_000)])
settled = st.lists(st.tuples(DAYS, YES_NO), max_size=2, unique_by=lambda each: each[0]).map(tuple)
communes = st.builds(
    Commune,
    name=st.sampled_from(NAMES),
    kind=st.sampled_from(["xã", "xã", "thị trấn"]),
    amounts=amounts,
    devices=st.lists(devices, max_size=3).map(tuple),
    settled=settled,
)
districts = st.builds(
    District,
    communes=st.lists(communes, max_size=7, unique_by=lambda each: each.name).map(tuple),
    left=st.sampled_from([0, 0, 1_000_000]),
    decided=st.sampled_from([None, DECIDED, DECIDED]),
    with_visits=st.booleans(),
)


@st.composite
def changed_districts(draw: st.DrawFn) -> tuple[District, District]:
    """A district, and the same communes with other facts."""
    first = draw(districts)
    others = [
        replace(draw(communes), name=commune.name, kind=commune.kind) if draw(st.booleans()) else commune
        for commune in first.communes
    ]
    return first, replace(draw(districts), communes=tuple(others))
