"""How often the unit suggested for a case is the right one, on messages that people labelled
(`--file`, a workbook with 留言主题, 留言详情, 一级分类): 5-fold cross-validation, five times over,
beside tf-idf with a linear SVM (scikit-learn) on the same folds. The peer is the stronger of two
baselines, characters with balanced classes; jieba words with the defaults stand beside it."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, pstdev
from tempfile import NamedTemporaryFile
from typing import Any

from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.labelled import (
    Labelled,
    Split,
    accuracy,
    labelled,
    macro_f1,
    splits,
    suggested,
)
from mingchuang.outward.measuring.peers import ask_peer, peer_versions, peers
from mingchuang.outward.measuring.results import Row, ratio_at_least

SCRIPT = Path(__file__).parent.parent / "measuring" / "peer" / "dispatch.py"
# None of these was used to choose the formula or its numbers.
SEEDS = range(100, 105)
MEASURES: dict[str, Callable[[dict[int, str], Sequence[str]], float]] = {
    "accuracy": accuracy,
    "macro-F1": macro_f1,
}
GOALS = {"chars": ratio_at_least(1)}
PEERS = {"chars": "tf-idf of characters, linear SVM", "words": "tf-idf of words, linear SVM"}


def measure(asked: Asked) -> Found:
    messages = labelled(asked.file)
    peers()
    truth = [one.label for one in messages]
    folds = [splits(truth, seed=seed) for seed in SEEDS]
    ours, sure = _ours(messages, folds, asked)
    theirs = _theirs(messages, folds)
    rows = [_row(name, ours, theirs["chars"], truth, "chars") for name in MEASURES]
    rows += [_row(name, ours, theirs["words"], truth, "words") for name in MEASURES]
    right = [told == truth[i] for i, told in sure]
    tried = len(messages) * len(folds)
    rows.append(Row("messages for which a unit is filled in", 100 * len(sure) / tried, "%"))
    if right:
        rows.append(Row("of these, the right one", 100 * mean(right), "%"))
    notes = [
        f"{len(messages)} messages, {len(set(truth))} labels, {len(folds)} times 5 folds.",
        *(_spread(name, ours, theirs["chars"], truth) for name in MEASURES),
    ]
    return Found(rows, peer_versions("scikit-learn", "jieba"), notes)


Told = list[dict[int, str]]


def _ours(
    messages: Sequence[Labelled], folds: Sequence[Sequence[Split]], asked: Asked
) -> tuple[Told, list[tuple[int, str]]]:
    """Return what we suggest each time, and what the desk would have filled in."""
    told: Told = []
    sure: list[tuple[int, str]] = []
    truth = [one.label for one in messages]
    for n, some in enumerate(folds, 1):
        asked.tell(f"dispatch {n}/{len(folds)} …")
        # Where nothing is alike the largest label is guessed: the peer always guesses, too.
        said = dict.fromkeys(range(len(messages)), max(sorted(set(truth)), key=truth.count))
        for split in some:
            for i, choices in suggested(messages, split):
                if choices:
                    said[i] = choices[0].unit
                if choices and choices[0].is_sure:
                    sure.append((i, choices[0].unit))
        told.append(said)
    return told, sure


def _theirs(messages: Sequence[Labelled], folds: Sequence[Sequence[Split]]) -> dict[str, Told]:
    """Ask the peer for what it says on the same folds."""
    given = {
        "titles": [one.matter.title for one in messages],
        "texts": [one.matter.text for one in messages],
        "labels": [one.label for one in messages],
        "folds": folds,
    }
    with NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(given, file)
        file.flush()
        answer: dict[str, Any] = ask_peer(SCRIPT, file.name)
    return {name: [dict(enumerate(said)) for said in told] for name, told in answer.items()}


def _row(name: str, ours: Told, theirs: Told, truth: list[str], peer: str) -> Row:
    us, them = (mean(MEASURES[name](said, truth) for said in told) for told in (ours, theirs))
    return Row(
        name, us, "", peer=them, peer_name=PEERS[peer], ratio=us / them, goal=GOALS.get(peer)
    )


def _spread(name: str, ours: Told, theirs: Told, truth: list[str]) -> str:
    told = []
    for some in (ours, theirs):
        each = [MEASURES[name](said, truth) for said in some]
        told.append(f"{mean(each):.3f} ± {pstdev(each):.3f}")
    return f"{name}: ours {told[0]}, peer {told[1]} (mean ± standard deviation over the times)."
