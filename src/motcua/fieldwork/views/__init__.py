"""Pages of the field: rounds, visits, devices, checks."""
