"""`./run bench [figure|page|report …] [--devices N --checks M --rounds R]`: measure, print ratios, keep JSON."""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Build the nation in an empty database of its own (PostgreSQL by MOTCUA_BENCH_DATABASE), measure, print."""
    asked = _arguments()
    folder = tempfile.mkdtemp(prefix="motcua-bench-")
    os.environ["MOTCUA_DATA"] = folder
    os.environ.pop("MOTCUA_DATABASE", None)
    if os.environ.get("MOTCUA_BENCH_DATABASE"):
        os.environ["MOTCUA_DATABASE"] = os.environ["MOTCUA_BENCH_DATABASE"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()
    from django.db import connection

    from bench import workloads
    from bench.nation import Size, build_nation
    from motcua.operations.ready import make_ready

    make_ready()
    print(
        f"{platform.python_implementation()} {platform.python_version()} · {connection.vendor} · "
        f"{asked.devices:,} devices · {asked.checks:,} checks"
    )
    start = time.perf_counter()
    programme = build_nation(Size(asked.devices, asked.checks))
    _analyse()
    print(f"nation built in {time.perf_counter() - start:.1f} s")
    measured = [row for name in asked.workloads for row in workloads.ALL[name](programme, asked.rounds)]
    for row in measured:
        print(f"{row.name:32} {row.ours * 1000:9.1f} ms   {row.against}: {row.bare * 1000:9.1f} ms   × {row.ratio:.2f}")
    _keep(asked, connection.vendor, measured)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("workloads", nargs="*", default=["figure", "page", "report"], metavar="figure|page|report")
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--checks", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    unknown = set(asked.workloads) - {"figure", "page", "report"}
    if unknown:
        parser.error(f"no such workload: {', '.join(sorted(unknown))}")
    return asked


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _keep(asked: argparse.Namespace, engine: str, measured: list) -> None:  # type: ignore[type-arg]
    RESULTS.mkdir(exist_ok=True)
    rows = [{"name": m.name, "seconds": m.ours, "bare_seconds": m.bare, "ratio": m.ratio} for m in measured]
    kept = {"python": sys.version, "engine": engine, "devices": asked.devices, "checks": asked.checks, "rows": rows}
    (RESULTS / f"{engine}-{asked.devices}.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
