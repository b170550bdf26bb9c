"""Reading a large bank without the garbage collector, which would walk through it in vain."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Pages have no cycles, and thousands of them make a third of the time go to looking for some.

    What is to be collected meanwhile waits until the end. Whoever had it switched off already
    finds it so.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
