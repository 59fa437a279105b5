"""Names that a JSON object holds twice: every parser takes the last and says nothing."""

import re
from dataclasses import dataclass

import orjson

# A string that does not end takes all that is left, or each quote in it would be tried again.
# What follows the string tells a name from a value.
_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*+)(?:"\s*+(:)?)?|[{}]', re.DOTALL)

_DEEPEST = 1024  # of any JSON that orjson reads


@dataclass(frozen=True, slots=True)
class RepeatedName:
    """A name that stands twice in one object.

    Attributes
    ----------
    name
        The name, decoded.
    line
        Where it stands the second time; 1 for the first line.
    """

    name: str
    line: int


def find_repeated_name(content: bytes) -> RepeatedName | None:
    """The first name that an object of a JSON text holds a second time.

    Looks at names and braces only, in time that grows with the length and memory that grows
    with the names of the objects around; nothing is built. Names are compared decoded, so
    that an escaped letter is the letter. Of a text that is no JSON the answer means nothing.
    Source: RFC 8259, section 4: what a parser does with such an object is unpredictable.

    Parameters
    ----------
    content
        UTF-8.

    Returns
    -------
    repeated
        None when every name is alone in its object.
    """
    objects: list[set[bytes]] = []
    for token in _TOKEN.finditer(content):
        found = token[0]
        if found == b"{":
            if len(objects) == _DEEPEST:
                return None
            objects.append(set())
        elif found == b"}":
            if not objects:
                return None
            objects.pop()
        elif token[2] and objects:
            name = _decoded(token[1])
            if name in objects[-1]:
                line = content.count(b"\n", 0, token.start()) + 1
                return RepeatedName(name.decode(errors="replace"), line)
            objects[-1].add(name)
    return None


def _decoded(name: bytes) -> bytes:
    if b"\\" not in name:
        return name
    try:
        decoded: str = orjson.loads(b'"%s"' % name)
    except orjson.JSONDecodeError:
        return name
    return decoded.encode()
