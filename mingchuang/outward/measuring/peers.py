"""Those we measure ourselves against, in an environment of their own: never in ours."""

import hashlib
import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

import mingchuang
from mingchuang.outward.errors import PeersMissing

LOCKED = Path(mingchuang.__file__).parent.parent / "requirements" / "peers.txt"


def peers() -> Path:
    """Return the Python of the peers; refused while they are not installed as locked."""
    python = _python()
    if not LOCKED.exists():
        raise PeersMissing(why=LOCKED.name)
    if not _stamp().exists() or _stamp().read_text("utf-8") != _wanted():
        raise PeersMissing(why="MINGCHUANG_HOME/peers")
    return python


def install_peers() -> Path:
    """Make the environment of the peers, or bring it to what is locked; nothing is done twice."""
    try:
        return peers()
    except PeersMissing:
        pass
    if not LOCKED.exists():
        raise PeersMissing(why=LOCKED.name)
    venv.create(_folder(), with_pip=True, clear=True)
    _pip("install", "--quiet", "--require-hashes", "-r", str(LOCKED))
    _stamp().write_text(_wanted(), encoding="utf-8")
    return _python()


def peer_versions(*names: str) -> dict[str, str]:
    """Return the installed versions of these peers."""
    listed = json.loads(_pip("list", "--format", "json"))
    found = {package["name"].lower(): package["version"] for package in listed}
    return {name: found[name.lower()] for name in names}


def ask_peer(script: Path, *words: str, seconds: float | None = None) -> dict[str, Any]:
    """Run a script of ours with the Python of the peers; it answers with one JSON object."""
    done = _run([str(peers()), str(script), *words], seconds=seconds)
    answer: dict[str, Any] = json.loads(done)
    return answer


def ask_peer_within(seconds: float, script: Path, *words: str) -> dict[str, Any] | None:
    """Run a script of ours with the Python of the peers; None if it takes longer than that."""
    try:
        return ask_peer(script, *words, seconds=seconds)
    except subprocess.TimeoutExpired:
        return None


def _folder() -> Path:
    return (Path(settings.HOME) / "peers").resolve()


def _python() -> Path:
    return _folder() / "bin" / "python"


def _stamp() -> Path:
    return _folder() / "installed"


def _wanted() -> str:
    return hashlib.sha256(LOCKED.read_bytes() + sys.version.encode()).hexdigest()


def _pip(*words: str) -> str:
    pip = [str(_python()), "-m", "pip", "--disable-pip-version-check"]
    return _run([*pip, *words])


def _run(command: Sequence[str], *, seconds: float | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
    if done.returncode:
        told = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise PeersMissing(why=told[-1])
    return done.stdout
