"""The command that serves."""

import argparse
import os
import sys


def serve(parser: argparse.ArgumentParser) -> None:
    """Chạy máy chủ web đến khi Ctrl+C · serve the web pages until Ctrl+C

    Mặc định chỉ mở trên máy này. Bản trình diễn không bao giờ mở ra ngoài. Muốn máy khác vào được: --host, và đặt
    MOTCUA_HOSTS là các tên máy mà người dùng gõ. Tiêu đề của proxy chỉ được tin khi nêu --proxy.
    By default it is open to this machine alone, the demonstration always. For others: --host, and MOTCUA_HOSTS with the
    names that people type. A proxy's headers are trusted only where --proxy names it.
    """
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="địa chỉ · address (%(default)s)")
    port = "cổng, 0: cổng trống bất kỳ · port, 0: any free one (%(default)s)"
    parser.add_argument("--port", default=8000, type=int, help=port)
    proxy = "địa chỉ của proxy được tin, có thể nêu nhiều lần · a proxy to trust, may be repeated"
    parser.add_argument("--proxy", action="append", default=[], metavar="ADDRESS", help=proxy)
    parser.set_defaults(run=_serve)


def _serve(chosen: argparse.Namespace) -> int:
    from django.conf import settings
    from django.utils.translation import gettext as _

    from motcua.accounts.models import Person
    from motcua.operations import server

    if chosen.proxy:
        os.environ["MOTCUA_PROXY"] = ",".join(chosen.proxy)
    server.refuse_open_demonstration(chosen.host)
    if not server.is_loopback(chosen.host) and all(server.is_loopback(h.strip("[]")) for h in settings.ALLOWED_HOSTS):
        message = _("Nobody else will get an answer yet: set MOTCUA_HOSTS to the names that people type.")
        print(message, file=sys.stderr)
    if not Person.objects.exists():
        print(_("Nobody can sign in yet: run “motcua setup” first."), file=sys.stderr)
    server.serve(chosen.host, chosen.port)
    return 0
