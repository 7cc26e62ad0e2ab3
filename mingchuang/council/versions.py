"""What a plan was made with, so that somebody can make it again."""

from importlib.metadata import version
from platform import python_version

PACKAGES = ("mingchuang", "highspy", "numpy")


def versions() -> dict[str, str]:
    return {"python": python_version(), **{name: version(name) for name in PACKAGES}}
