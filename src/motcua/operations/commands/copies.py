"""Commands that copy everything out and in."""

import argparse
import sys
from pathlib import Path


def backup(parser: argparse.ArgumentParser) -> None:
    """Sao lưu tất cả vào một tệp, cả khi máy chủ đang chạy · back everything up into one file, while it runs

    Tệp zip có cơ sở dữ liệu, các tệp lưu (đối chiếu mã băm) và bản kê; không có khoá bí mật. Hãy cất ở nơi khác máy này
    và chỉ người có trách nhiệm đọc được: trong đó có mọi dữ liệu.
    A zip with the database, the stored files (held against their hashes) and a manifest, without the secret key. Keep
    it on another machine, and safe: it holds all there is.
    """
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp sẽ tạo, ví dụ sao-luu.zip · the file to make")
    parser.set_defaults(run=_backup)


def restore(parser: argparse.ArgumentParser) -> None:
    """Khôi phục từ một tệp sao lưu, cả khi máy chủ đang chạy · take a backup in, also while the server runs

    Kiểm tra toàn bộ trước; tệp hỏng hoặc không phải của Motcua thì từ chối. Trạng thái trước đó được sao lưu vào
    backups/ trong thư mục dữ liệu. Hoặc khôi phục tất cả, hoặc không thay đổi gì.
    Everything is verified first; a damaged or foreign file is refused. The state until now is kept in backups/ of the
    data folder. All of it is restored, or nothing changes.
    """
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp sao lưu · the backup")
    parser.set_defaults(run=_restore)


def _backup(chosen: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from motcua.operations.backup import make_backup

    manifest = make_backup(chosen.file.absolute())
    message = _("Backed up: %(rows)s rows, %(files)s files in %(file)s.")
    counts = {"rows": sum(manifest.counts.values()), "files": len(manifest.files), "file": chosen.file}
    print(message % counts, file=sys.stderr)
    for sha256, fault in manifest.damaged:
        print(_("Not in the backup: %(name)s: %(fault)s") % {"name": sha256, "fault": fault}, file=sys.stderr)
    return 1 if manifest.damaged else 0


def _restore(chosen: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from motcua.operations.restore import restore

    done = restore(chosen.file.absolute())
    message = _("Restored the state of %(made_at)s. The state before is kept in %(before)s.")
    print(message % {"made_at": done.manifest.made_at, "before": done.before}, file=sys.stderr)
    return 0
