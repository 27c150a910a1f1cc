"""Reads a review draft the way a lawyer does: which comment stands on which words."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from attrs import frozen

from pbj_rules import Case, Engine, Result
from pbj_rules.documents import Office, Review, isian_shape, review_papers
from tests.documents.reading_word import W, body_of, text_of


@frozen
class Comment:
    """A comment with the words it stands on. ``inside``: the values and words that stand between its marks."""

    number: int
    words: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def comments_of(content: bytes) -> list[Comment]:
    """The comments in the order in which they begin; fails where a mark is missing, doubled or misplaced."""
    texts = {
        one.comment_id: tuple(paragraph.text for paragraph in one.paragraphs)
        for one in docx.Document(io.BytesIO(content)).comments
    }
    words: dict[int, list[str]] = {}
    closed: Counter[int] = Counter()
    referenced: Counter[int] = Counter()
    for node in body_of(content).iter():
        number = int(node.get(f"{W}id", -1)) if node.tag.startswith(f"{W}comment") else -1
        if node.tag == f"{W}commentRangeStart":
            assert number not in words, "a comment begins twice"
            words[number] = []
        elif node.tag == f"{W}commentRangeEnd":
            assert number in words, "a comment ends before it begins"
            closed[number] += 1
        elif node.tag == f"{W}commentReference":
            assert closed[number] == 1, "a comment is referenced before its words end"
            referenced[number] += 1
        elif node.tag in (f"{W}t", f"{W}p", f"{W}br", f"{W}tab"):
            for open_one in words.keys() - closed.keys():
                words[open_one].append(node.text or "" if node.tag == f"{W}t" else " ")
    assert set(words) == set(closed) == set(referenced) == set(texts)
    assert set(closed.values()) | set(referenced.values()) <= {1}
    return [Comment(number, " ".join("".join(found).split()), texts[number]) for number, found in words.items()]


def covers(comments: list[Comment], words: str) -> list[Comment]:
    """The comments that stand on just these words."""
    return [one for one in comments if one.words == " ".join(words.split())]


# How the comment on the title begins, which says why there is such a paper.
ABOUT_THE_PAPER = ("Naskah ini dihasilkan", "Naskah pelengkap")


def commented_paragraphs(content: bytes) -> set[int]:
    """The numbers of the paragraphs in which words stand under a comment other than the one on the title."""
    titles = {one.number for one in comments_of(content) if one.text.startswith(ABOUT_THE_PAPER)}
    opened: set[int] = set()
    found: set[int] = set()
    number = -1
    for node in body_of(content).iter():
        if node.tag == f"{W}p":
            number += 1
        elif node.tag == f"{W}commentRangeStart":
            opened.add(int(node.get(f"{W}id")))
        elif node.tag == f"{W}commentRangeEnd":
            opened.remove(int(node.get(f"{W}id")))
        elif node.tag == f"{W}t" and node.text and opened - titles:
            found.add(number)
    return found


def paragraphs_of(content: bytes) -> list[str]:
    """The text of each paragraph of the body."""
    return [text_of(paragraph) for paragraph in body_of(content).iter(f"{W}p")]


def reviewed(
    engine: Engine, office: Office, mapping: Mapping[str, Any], **settings: Any
) -> tuple[Case, Result, tuple[Review, ...]]:
    """The review of a case given as a mapping."""
    case = Case.from_mapping(mapping, engine.regulation, isian_shape())
    result = engine.evaluate(case)
    return case, result, review_papers(case, result, office, engine.regulation, **settings)


def review_of(reviews: Sequence[Review], paper: str) -> Review:
    """The review of the paper of this kind."""
    return next(review for review in reviews if review.paper.id == paper)
