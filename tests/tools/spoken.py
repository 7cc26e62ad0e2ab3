"""Make the recorded words a screen says where its machine has no Mandarin voice.

`python -m tests.tools.spoken FOLDER`: needs espeak-ng and lame, which nothing else here does. The
files lie in `mingchuang/visits/static/visits/spoken/`; make them anew only for another voice.
Words are written in pinyin: of characters this voice reads many as if they were English.
"""

import string
import subprocess
import sys
from pathlib import Path

PINYIN = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
WORDS = {
    **dict(zip(string.digits, PINYIN, strict=True)),
    "qing": "qing3",
    "hao": "hao4",
    "dao": "dao4",
    "chuangkou": "chuang1 kou3",
    "shi": "shi2",
}
SPEAK = ("espeak-ng", "-s", "140", "-z", "--stdout", "-v")
PRESS = ("lame", "--quiet", "-m", "m", "-b", "32", "--resample", "22.05", "-", "-")


def make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, word in WORDS.items():
        (folder / f"{name}.mp3").write_bytes(_spoken("cmn-latn-pinyin", word))
    for letter in string.ascii_uppercase:
        (folder / f"{letter}.mp3").write_bytes(_spoken("cmn", letter))


def _spoken(voice: str, word: str) -> bytes:
    said = subprocess.run([*SPEAK, voice, word], check=True, capture_output=True).stdout
    return subprocess.run(PRESS, input=said, check=True, capture_output=True).stdout


if __name__ == "__main__":
    make(Path(sys.argv[1]))
