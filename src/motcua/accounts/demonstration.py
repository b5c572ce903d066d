"""What the demonstration's cast has in common."""

CAST_PASSWORD = "trinh-dien-2024"  # noqa: S105 (shown on the demonstration's sign-in page)
