"""When guessing passwords is slowed down: plain functions of plain values."""

import datetime as dt
import ipaddress
from collections.abc import Sequence

WINDOW = dt.timedelta(minutes=15)
FAILURES_OF_ACCOUNT = 5
FAILURES_OF_ADDRESS = 30


def wait_until(of_account: Sequence[dt.datetime], of_address: int, now: dt.datetime) -> dt.datetime | None:
    """When the next attempt is heard; None: at once.

    `of_account`: moments of failures of this account from this address; `of_address`: how many failures the
    address has had of whatever account in the window. From an address that guesses many accounts each account is
    given one failure instead of five: whoever there has not failed can still sign in, so an office behind one
    address is never shut out by one of its machines.
    """
    recent = sorted(at for at in of_account if at > now - WINDOW)
    allowed = 1 if of_address >= FAILURES_OF_ADDRESS else FAILURES_OF_ACCOUNT
    return recent[-allowed] + WINDOW if len(recent) >= allowed else None


def counted_address(address: str) -> str:
    """The address as failures are counted by: of IPv6 the network, since one machine has as many as it likes."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def counted_name(username: str) -> str:
    """The sign-in name as failures are counted by."""
    return username.strip().casefold()[:60]
