"""The types of `peelparse.report` to JSON Schema."""

import ast
import inspect

import msgspec

from peelparse import report


def write_schema() -> bytes:
    """Write the JSON Schema (draft 2020-12) that every report meets.

    It is made from the types and their docstrings, so it cannot fall behind them.
    Properties that it does not name are allowed, because a later release may add
    some to `peelparse.report/1`.

    Returns:
        UTF-8, indented by two spaces, without a line feed at the end.
    """
    (top,), shapes = msgspec.json.schema_components(
        [report.Report], ref_template="#/$defs/{name}"
    )
    docstrings = _find_docstrings()
    for name, shape in shapes.items():
        shape["description"] = docstrings[name]
        for field, rule in shape["properties"].items():
            rule["description"] = docstrings[f"{name}.{field}"]
            # What is always written has no use for a default.
            if "default" in rule:
                del rule["default"]
        shape["required"] = _list_written(getattr(report, name))
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:peelparse:report:1",
        "title": "peelparse.report/1",
        **top,
        "$defs": shapes,
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2)


def _list_written(shape: type[msgspec.Struct]) -> list[str]:
    """Names of the fields that are always in the output, even as null."""
    fields = msgspec.structs.fields(shape)
    return [field.name for field in fields if field.default is not msgspec.UNSET]


def _find_docstrings() -> dict[str, str]:
    """Docstrings in the report's source, keyed `Class` and `Class.field`, one line each.

    Python keeps no docstrings of attributes, so they are read from the source.
    """
    found = {}
    for node in ast.parse(inspect.getsource(report)).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = _unwrap(ast.get_docstring(node) or "")
            for field, text in zip(node.body, node.body[1:], strict=False):
                if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                    name = f"{node.name}.{ast.unparse(field.target)}"
                    found[name] = _unwrap(ast.literal_eval(text.value))
    return found


def _unwrap(docstring: str) -> str:
    """Text of a docstring on one line."""
    return " ".join(docstring.split())
