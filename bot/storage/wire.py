"""What comes over the wire from Redis: our client gives bytes, which the library's types deny."""


def text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
