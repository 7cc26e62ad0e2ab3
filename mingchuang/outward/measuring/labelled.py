"""Messages with the place they belong to, from a workbook: to see how well we suggest one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean

from mingchuang.cases.rules.likeness import Commonness, Matter, counted
from mingchuang.cases.rules.suggestion import Choice, Voter, likeliest, ranked
from mingchuang.cases.workbook.reading import opened
from mingchuang.outward.errors import NotLabelled, WorkbookWanted

TITLE, TEXT, LABEL = "留言主题", "留言详情", "一级分类"
FOLDS = 5


@dataclass(frozen=True)
class Labelled:
    """One message, and where it belongs by the judgement of people."""

    matter: Matter
    label: str


Labels = Mapping[int, str]
Split = tuple[list[int], list[int]]


def labelled(path: Path | None) -> list[Labelled]:
    """Read the messages of a workbook; refused in words where it is missing or has no labels."""
    if path is None:
        raise WorkbookWanted
    with opened(path) as sheet:
        if missing := [name for name in (TITLE, TEXT, LABEL) if name not in sheet.columns]:
            raise NotLabelled(columns="、".join(missing))
        rows = [sheet.named(row) for row in sheet.rows]
    cells = ([str(row[name] or "").strip() for name in (TEXT, TITLE, LABEL)] for row in rows)
    messages = [Labelled(Matter(text, title), label) for text, title, label in cells if label]
    if not splits([one.label for one in messages], seed=0)[0][0]:
        raise NotLabelled(columns=LABEL)
    return messages


def splits(labels: Sequence[str], *, seed: int, folds: int = FOLDS) -> list[Split]:
    """Return what is learnt from and what is tried on, each message tried once; each fold has its
    share of every label."""
    dice, where = Random(seed), [0] * len(labels)
    dealt = 0
    for label in sorted(set(labels)):
        held = [i for i, one in enumerate(labels) if one == label]
        dice.shuffle(held)
        for i in held:
            where[i], dealt = dealt % folds, dealt + 1
    each = range(len(labels))
    return [
        ([i for i in each if where[i] != fold], [i for i in each if where[i] == fold])
        for fold in range(folds)
    ]


def suggested(
    messages: Sequence[Labelled], split: Split
) -> Iterator[tuple[int, list[Choice[str]]]]:
    """Suggest, as the desk does, where each message that is tried belongs."""
    known, tried = split
    others = {i: messages[i].matter for i in known}
    # A small sample is counted whole: there are not too many runs to keep.
    common: Commonness = counted((other.whole for other in others.values()), least=1)
    held: dict[str, int] = {}
    for i in known:
        held[messages[i].label] = held.get(messages[i].label, 0) + 1
    for i in tried:
        near = likeliest(messages[i].matter, others, common)
        like_ones = [Voter(like, messages[pk].label) for pk, like in near.items()]
        yield i, ranked(like_ones, held)


def accuracy(told: Labels, truth: Sequence[str]) -> float:
    """Return the share, 0 to 1, that was told as it is."""
    return mean(told[i] == label for i, label in enumerate(truth))


def macro_f1(told: Labels, truth: Sequence[str]) -> float:
    """Return the mean over the labels of 2·right ÷ (told + true), 0 to 1: small ones count
    as much as large ones."""
    scores = []
    for label in set(truth):
        right = sum(told[i] == label == one for i, one in enumerate(truth))
        named = sum(told[i] == label for i in range(len(truth))) + truth.count(label)
        scores.append(2 * right / named if named else 0.0)
    return mean(scores)
