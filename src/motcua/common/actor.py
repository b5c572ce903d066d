"""Who acts: a plain value that travels from the page to the action and into the audit log."""

import uuid
from dataclasses import dataclass

OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in one post for one unit, or an operator at the terminal.

    `role` is one of `units.enums.Role`, or "operator" for a command: an operator
    stands outside the tree of units and may do what the machine's owner may do.
    """

    name: str
    role: str
    person_id: uuid.UUID | None = None
    post_id: uuid.UUID | None = None
    post_title: str = ""
    unit_id: uuid.UUID | None = None
    unit_name: str = ""
    via: str = "page"
    request_id: str = ""

    @property
    def is_operator(self) -> bool:
        return self.role == OPERATOR

    def plain(self) -> dict[str, str]:
        """The actor as the audit log keeps it: text only, readable when the person is gone."""
        return {
            "id": str(self.person_id or ""),
            "name": self.name,
            "post": self.post_title or self.role,
            "unit": self.unit_name,
            "via": self.via,
        }


def operator(name: str) -> Actor:
    """The actor for a command run by the named login on this machine."""
    return Actor(name=name, role=OPERATOR, via="command")
