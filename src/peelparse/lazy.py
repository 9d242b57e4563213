"""Packages that fetch a public name from its module when it is first used."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def fetch_from(
    package: str, homes: Mapping[str, tuple[str, ...]]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make the `__getattr__` and the `__dir__` of a package (PEP 562).

    Args:
        package: its name.
        homes: names by the module of the package that holds them.
    """
    found = {name: home for home, names in homes.items() for name in names}

    def fetch(name: str) -> object:
        """Fetch a public name, once."""
        if name not in found:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        value: object = getattr(import_module(f"{package}.{found[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    def show() -> list[str]:
        return sorted({*vars(sys.modules[package]), *found})

    return fetch, show
