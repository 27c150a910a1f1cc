"""What the operating system says, in Indonesian where it is something that people meet."""

from __future__ import annotations

import errno
from typing import Final

__all__ = ["reason_of"]

_REASONS: Final = {
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EROFS: "disk hanya dapat dibaca",
    errno.ENOSPC: "disk penuh",
    errno.ENOENT: "berkas tidak ada",
    errno.EEXIST: "sudah ada berkas dengan nama itu",
    errno.ENOTDIR: "bukan folder",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EFBIG: "berkas melampaui batas ukuran",
    errno.EDQUOT: "jatah disk habis",
    errno.ELOOP: "tautannya berputar",
}


def reason_of(error: OSError) -> str:
    """Why the system refused."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
