"""Workloads measured beside the bare database and the bare library, in the same run, as ratios."""
