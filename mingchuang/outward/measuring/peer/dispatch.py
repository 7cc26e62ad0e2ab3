"""Runs with the Python of the peers: tf-idf and a linear SVM on the folds of the file named.

Reads {"titles", "texts", "labels", "folds"}; answers with what each baseline says of every
message, once for each time the folds were dealt. The settings of "chars" were the best of some
thirty tried: single characters and pairs, no punctuation, the title twice, balanced classes.
"""

import json
import logging
import re
import sys
from pathlib import Path
from typing import Any

import jieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

SILENT = re.compile(r"[\W_]+")


def answer(asked: dict[str, Any]) -> dict[str, list[list[str]]]:
    jieba.setLogLevel(logging.ERROR)
    pairs = list(zip(asked["titles"], asked["texts"], strict=True))
    bare = [f"{SILENT.sub('', title)} " * 2 + SILENT.sub("", text) for title, text in pairs]
    words = [" ".join(jieba.cut(f"{title} {text}")) for title, text in pairs]
    return {
        "chars": [_said(_chars, bare, asked["labels"], folds) for folds in asked["folds"]],
        "words": [_said(_words, words, asked["labels"], folds) for folds in asked["folds"]],
    }


def _chars() -> Any:
    cut = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True, lowercase=True)
    return make_pipeline(cut, LinearSVC(class_weight="balanced"))


def _words() -> Any:
    cut = TfidfVectorizer(token_pattern=r"\S+")  # noqa: S106  no password
    return make_pipeline(cut, LinearSVC())


def _said(made: Any, texts: list[str], labels: list[str], folds: list[Any]) -> list[str]:
    said = [""] * len(texts)
    for known, tried in folds:
        model = made().fit([texts[i] for i in known], [labels[i] for i in known])
        for i, label in zip(tried, model.predict([texts[i] for i in tried]), strict=True):
            said[i] = str(label)
    return said


if __name__ == "__main__":
    print(json.dumps(answer(json.loads(Path(sys.argv[1]).read_text("utf-8")))))  # noqa: T201
