"""Libraries that only one form of output needs, imported when it is asked for."""

from importlib import import_module
from types import ModuleType

from peelparse.errors import WriteError


def import_extra(module: str, extra: str) -> ModuleType:
    """Import a library that is installed on request only.

    Args:
        module: its name, such as `xlsxwriter`.
        extra: the extra of peelparse that brings it.

    Raises:
        WriteError: it is not installed.

    Example:
        >>> import_extra("no_such_module", "xlsx")
        Traceback (most recent call last):
        peelparse.errors.WriteError: loading a library: found that no_such_module is \
not installed; expected the extra xlsx. Run pip install 'peelparse[xlsx]'.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise WriteError(
            "loading a library",
            f"that {module} is not installed",
            f"the extra {extra}",
            f"run pip install 'peelparse[{extra}]'",
        ) from error
