"""Finding out who is meant by an @ in changed words."""

import re
from collections.abc import Mapping, Sequence


def mentioned(text: str, names: Mapping[int, Sequence[str]]) -> list[int]:
    """Who is meant, in the order they appear, each once.

    names: {person: what may stand after an @ in any case, the surest first}. At each @ the longest
    name wins; a name in Latin letters must end where the word ends, a Chinese one need not, and an
    @ inside a word (an address) means nobody.
    """
    owners: dict[str, int] = {}
    ranked = sorted((rank, who) for who, own in names.items() for rank, _ in enumerate(own))
    for rank, person in ranked:
        owners.setdefault(names[person][rank].casefold(), person)
    if not owners:
        return []
    longest_first = sorted(owners, key=len, reverse=True)
    pattern = "|".join(
        re.escape(name) + (r"(?![a-z0-9_])" if name[-1].isascii() else "") for name in longest_first
    )
    found = re.finditer(rf"(?<![a-z0-9_.])@({pattern})", text.casefold())
    return list(dict.fromkeys(owners[match[1]] for match in found))
