"""The server: granian with two workers of four threads each, for one machine."""

import ipaddress
import socket
import sys
import threading
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from motcua.common.errors import Refused

WORKERS = 2
THREADS = 4
STOPS_AFTER = 10
ANSWERS_WITHIN = 60


def is_loopback(host: str) -> bool:
    """Whether only this machine itself reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_open_demonstration(host: str) -> None:
    """Raise `Refused` where the demonstration, whose passwords everybody knows, would be open to others."""
    if settings.MOTCUA_DEMONSTRATION and not is_loopback(host):
        message = _("The demonstration is served on this machine only: leave --host out, or write --host 127.0.0.1.")
        raise Refused(message)


def free_port(host: str, port: int) -> int:
    """The port, or for 0 a free one. Raises `Refused` where it is taken or not ours to use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if sys.platform != "win32":  # there the option would share the port with whoever has it
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            message = _("%(host)s:%(port)s cannot be used (%(error)s). Choose another with --host and --port.")
            raise Refused(message % {"host": host, "port": port, "error": error}) from error
        return int(probe.getsockname()[1])


def serve(host: str, port: int) -> None:
    """Serve until Ctrl+C or SIGTERM; requests under way are finished."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    port = free_port(host, port)
    address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
    connections.close_all()  # a worker opens its own
    server = Server(
        "motcua.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPS_AFTER,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: threading.Thread(target=_say_when_ready, args=(address,), daemon=True).start())
    server.serve()


def _say_when_ready(address: str) -> None:
    """Print the address once a worker answers there, whatever it answers."""
    asked = address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until:
        try:
            opener.open(f"{asked}accounts/sign-in", timeout=5)
        except urllib.error.HTTPError:
            pass
        except OSError:
            time.sleep(0.1)
            continue
        message = _("Motcua is running at %(address)s (Ctrl+C stops it)") % {"address": address}
        print(message, flush=True)
        return


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: that the server answers is enough."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None
