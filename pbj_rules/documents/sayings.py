"""What Jinja and Python say of a faulty template, in the words of the people who write templates."""

from __future__ import annotations

import re
from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError

__all__ = ["said", "unclosed"]

_NAMED: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STATEMENT: Final = re.compile(r"\n|\{%-?\s*(?:(?:p|tr|tc|r)\s+)?(\w+)")
_ENDS: Final = {"endif": "if", "endfor": "for"}
_BRANCHES: Final = {"elif": ("if",), "else": ("if", "for")}
# What Jinja says, and what that means; what it quotes comes in place of {0} and {1}.
_SYNTAX: Final = {
    r"Encountered unknown tag '(p|tr|tc)'.*": "tanda `{0}` tidak berdiri sendiri di alinea, baris, atau selnya",
    r"Encountered unknown tag '(.*?)'.*": "tanda `{0}` tidak dikenal; yang ada `if`, `elif`, `else`, dan `for`",
    r"Unexpected end of template.*": "`if` atau `for` tidak ditutup",
    r"expected token 'end of (?:print statement|statement block)', got ['\"](.*?)['\"]": (
        "`{0}` tidak pada tempatnya; lupa `|`, `==`, atau tanda petik?"
    ),
    r"expected token ['\"](.*?)['\"], got ['\"](.*?)['\"]": "ada `{1}` di tempat `{0}`",
    r"unexpected char u?['\"](.*?)['\"] at .*": "huruf `{0}` tidak boleh di sini; tanda petik harus berpasangan",
    r"unexpected ['\"](.*?)['\"], expected ['\"](.*?)['\"]": "ada `{0}` di tempat `{1}`",
    r"unexpected ['\"](.*?)['\"]": "`{0}` tidak pada tempatnya",
    r"Expected an expression, got .*": "tanda tanpa isi",
    r"No (?:filter|test) named '(.*?)'.*": "`{0}` tidak dikenal",
    r"tag name expected": "tanda `{{% %}}` tanpa isi",
    r"can't assign to .*": "nama setelah `for` atau `set` harus satu kata",
}
_RUNTIME: Final = {
    r"unsupported operand type|can only concatenate": "nilai-nilai ini tidak dapat dijumlahkan; untuk teks pakai `~`",
    r"not supported between instances": "nilai-nilai ini tidak dapat dibandingkan; mungkin salah satunya kosong",
    r"indices must be integers|object is not subscriptable": "nilai ini tidak punya bagian",
}


def said(error: Exception) -> str:
    """The failure in Indonesian."""
    text = str(error.message if isinstance(error, TemplateSyntaxError) else error).rstrip(".")
    if isinstance(error, TemplateSyntaxError):
        for pattern, words in _SYNTAX.items():
            if found := re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL):
                return words.format(*found.groups())
        return text
    if isinstance(error, TemplateError) and "is undefined" in text:
        names = _NAMED.findall(text.split("'")[1]) if "'" in text else []
        return f"`{'.'.join(names) or text}` tidak dikenal"
    if "has no attribute" in text:
        return f"`{text.rsplit(chr(39), 2)[-2]}` tidak dikenal"
    return next((words for pattern, words in _RUNTIME.items() if re.search(pattern, text)), text)


def unclosed(source: str) -> TemplateSyntaxError | None:
    """The first branch or loop that is not closed, or is closed without having been opened, at its own line.

    Jinja says so too, at the last line of the part.
    """
    waiting: list[tuple[str, int]] = []
    line = 1
    for found in _STATEMENT.finditer(source):
        word = found[1]
        if word is None:
            line += 1
        elif word in ("if", "for"):
            waiting.append((word, line))
        elif word == "raw":
            return TemplateSyntaxError("`raw` tidak dipakai di templat", line)
        elif word in _ENDS and (not waiting or waiting.pop()[0] != _ENDS[word]):
            return TemplateSyntaxError(f"`{word}` tanpa `{_ENDS[word]}` yang ditutupnya", line)
        elif word in _BRANCHES and (not waiting or waiting[-1][0] not in _BRANCHES[word]):
            return TemplateSyntaxError(f"`{word}` di luar `{'` dan `'.join(_BRANCHES[word])}`", line)
    if not waiting:
        return None
    word, line = waiting[-1]
    return TemplateSyntaxError(f"`{word}` tidak ditutup dengan `end{word}`", line)
