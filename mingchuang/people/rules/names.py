"""Chinese names: which part is the family's."""

import re

# The compound surnames people bear today.
COMPOUND = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠"
    "|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|亓官|司寇|巫马|公西|颛孙|壤驷|公良|漆雕|乐正|宰父|谷梁|拓跋"
    "|夹谷|轩辕|令狐|段干|百里|呼延|东郭|南门|羊舌|微生|梁丘|左丘|东门|西门|第五|贺兰|纳兰|完颜|叶赫|耶律"
)


def surname(name: str) -> str:
    """Return the family name of a Chinese name, a compound surname whole."""
    return name[:2] if len(name) > 2 and COMPOUND.match(name) else name[:1]
