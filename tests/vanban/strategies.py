"""Random documents for property tests."""

from hypothesis import strategies as st

from vanban import (
    Annex,
    Column,
    Document,
    Heading,
    Issuer,
    Item,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    Signature,
    Symbol,
    Table,
)
from vanban.model import ALIGNMENTS

texts = st.text(max_size=12) | st.sampled_from(
    ["./.", "- x.", "Ủy ban", "13/14", "e\u0301", "\u00a0", "\x00", "&<>\"'"]
)
names = st.none() | texts
runs = st.lists(st.builds(Run, texts, st.booleans(), st.booleans(), names), max_size=3).map(tuple)
alignments = st.sampled_from(ALIGNMENTS)
columns = st.builds(Column, texts, st.floats(0.1, 9), alignments)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    heads = draw(st.lists(columns, min_size=1, max_size=3).map(tuple))
    row = st.tuples(*[runs] * len(heads))
    return Table(heads, draw(st.lists(row, max_size=3).map(tuple)), draw(names))


blocks = st.lists(
    st.builds(Paragraph, runs, alignments, st.booleans())
    | st.builds(Heading, st.integers(1, 3), texts, runs)
    | st.builds(Item, runs)
    | tables(),
    max_size=4,
).map(tuple)
lines = st.lists(texts, max_size=3).map(tuple)
documents = st.builds(
    Document,
    kind=st.sampled_from(["report", "submission", "unheard of"]),
    issuer=st.builds(Issuer, names, lines, names),
    symbol=st.builds(Symbol, st.none() | st.integers(1, 9999), texts),
    place_date=st.builds(
        PlaceDate,
        texts,
        st.none() | st.integers(1900, 2100),
        st.none() | st.integers(1, 12),
        st.none() | st.integers(1, 28),
    ),
    type_name=texts,
    subject=runs,
    addressees=lines,
    legal_basis=st.lists(runs, max_size=2).map(tuple),
    body=blocks,
    recipients=st.builds(Recipients, names, lines, texts),
    signature=st.builds(Signature, names, names, texts, names),
    annexes=st.lists(st.builds(Annex, runs | texts, blocks, st.booleans()), max_size=2).map(tuple),
)
