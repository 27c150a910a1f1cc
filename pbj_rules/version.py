"""The version of the library; the rules carry the version of their regulation."""

from typing import Final

__all__ = ["VERSION"]

VERSION: Final = "0.1.0"
