"""The figures counted from a folder's CSV rows alone, slowly and obviously: no code of the program's is used."""

import csv
from pathlib import Path

Row = dict[str, str]
Sides = dict[str, list[str]]


def rows_of(folder: Path, name: str) -> list[Row]:
    path = folder / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def count(folder: Path, as_of: str) -> list[dict[str, object]]:
    """What `motcua figures --json` must print for the district, dates as ISO text."""
    units = rows_of(folder, "units.csv")
    district = next(row for row in units if row["kind"] == "huyện")
    communes = {row["name"]: row["code"] for row in units if row["parent_code"] == district["code"]}
    got = _money(folder, district["name"], communes, as_of)
    received = {name: amount for name, amount in got.items() if name in communes and amount}
    amounts = set(received.values())
    figures = [
        _amount("amount_allocated", got.get(district["name"], 0)),
        _amount("amount_given_on", sum(received.values())),
        _amount("amount_each", amounts.pop() if len(amounts) == 1 else None),
        _units("units_allocated", {communes[name]: name in received for name in communes}),
    ]
    verdicts = {name: _verdicts(folder, name, as_of) for name in received}
    for figure in (
        "units_settled",
        "units_meeting_requirements",
        "units_placed",
        "units_dedicated",
        "units_shared",
    ):
        figures.append(_units(figure, {communes[name]: said[figure] for name, said in verdicts.items()}))
    return figures


def _money(folder: Path, district: str, communes: dict[str, str], as_of: str) -> dict[str, int]:
    """What each received by the day. Money given on without a decision holds from the date of what it is paid from."""
    dates = {row["key"]: row["date"] for row in rows_of(folder, "documents.csv")}
    got: dict[str, int] = {}
    for row in rows_of(folder, "allocations.csv"):
        to = next(name for name in [*communes, district] if row["to"].endswith(name))
        decided = dates.get(row["decision"], "") or next(iter(dates.values()), "")
        if decided <= as_of:
            got[to] = got.get(to, 0) + int(row["amount_vnd"])
    return got


def _verdicts(folder: Path, commune: str, as_of: str) -> dict[str, bool | None]:
    settled = None
    for row in sorted(rows_of(folder, "settlements.csv"), key=lambda row: row["as_of"]):
        if row["unit"] == commune and row["as_of"] <= as_of and row["settled"]:
            settled = row["settled"] == "yes"
    devices: dict[tuple[str, str], Row] = {}
    for row in sorted(rows_of(folder, "checks.csv"), key=lambda row: row["visited_on"]):
        if row["unit"] == commune:
            state = devices.setdefault((row["device_type"], row["device"]), {})
            if row["visited_on"] <= as_of:
                state.update({name: value for name, value in row.items() if value})
    computers = [state for (kind, _number), state in devices.items() if kind == "computer"]
    dedicated = _any([_is(state, "use_mode", "dedicated") for state in computers])
    shared = _any([_is(state, "use_mode", "shared") for state in computers])
    return {
        "units_settled": settled,
        "units_meeting_requirements": _all([_known(state, "meets_requirements", "yes") for state in devices.values()]),
        "units_placed": _all([_is(state, "placement", "one_stop") for state in computers]),
        "units_dedicated": dedicated,
        "units_shared": False if dedicated or shared is False else None if dedicated is None else shared,
    }


def _known(state: Row, question: str, wanted: str) -> bool | None:
    return state[question] == wanted if question in state else None


def _is(state: Row, question: str, wanted: str) -> bool | None:
    return False if state.get("present") == "no" else _known(state, question, wanted)


def _all(said: list[bool | None]) -> bool | None:
    if False in said:
        return False
    return True if said and None not in said else None


def _any(said: list[bool | None]) -> bool | None:
    if True in said:
        return True
    return False if said and None not in said else None


def _amount(name: str, value: int | None) -> dict[str, object]:
    return {"name": name, "value": value, "population": None, "in": [], "out": [], "unknown": []}


def _units(name: str, verdicts: dict[str, bool | None]) -> dict[str, object]:
    sides: Sides = {
        side: sorted(code for code, said in verdicts.items() if said is wanted)
        for side, wanted in (("in", True), ("out", False), ("unknown", None))
    }
    return {"name": name, "value": len(sides["in"]), "population": len(verdicts), **sides}
