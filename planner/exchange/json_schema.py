"""The JSON Schema of the open format, generated from the entities: their types, ranges, defaults and references.

`python -m planner.exchange.json_schema > resources/schema/roadbook-3.schema.json` writes it anew; a test holds the
committed file to it. Only what a schema can say is in it: that references lead somewhere is checked when reading.
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

import resources
from planner.domain.fields import Meaning, meanings_of
from planner.domain.kinds import KINDS
from planner.domain.settings import SETTINGS_ID
from planner.exchange.json_file import FORMAT, VERSION, value_types

SCHEMA: Final[Path] = resources.ROOT / "schema" / f"roadbook-{VERSION}.schema.json"
"""The committed schema."""


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a document of the open format."""
    references, definitions = msgspec.json.schema_components(list(KINDS.values()), ref_template="#/$defs/{name}")
    types = value_types()
    for name, definition in definitions.items():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
        if name in types:
            definition["additionalProperties"] = False
            for field, meaning in meanings_of(types[name]).items():
                _add_meaning(definition["properties"][field], field, meaning)
    definitions["Settings"]["properties"]["id"]["const"] = SETTINGS_ID
    lists: dict[str, Any] = {
        kind: {"type": "array", "items": reference} for kind, reference in zip(KINDS, references, strict=True)
    }
    lists["settings"]["maxItems"] = 1
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Roadbook engagement",
        "description": "Everything about one client's transformation: one list for every kind of entity.",
        "type": "object",
        "properties": {"format": {"const": FORMAT}, "version": {"enum": list(range(1, VERSION + 1))}, **lists},
        "required": ["format", "version"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def encode_schema() -> str:
    """Return the text of the schema file."""
    return json.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n"


def _add_meaning(field_schema: dict[str, Any], field: str, meaning: Meaning) -> None:
    alternatives = field_schema.get("anyOf", [field_schema])
    for alternative in [one for found in alternatives for one in (found, *found.get("prefixItems", ()))]:
        if alternative.get("type") in ("integer", "number"):
            if meaning.minimum is not None:
                alternative["minimum"] = meaning.minimum
            if meaning.maximum is not None:
                alternative["maximum"] = meaning.maximum
        if alternative.get("type") == "string" and (meaning.required or field == "id"):
            alternative["pattern"] = r"\S"
    if meaning.refers_to is not None:
        field_schema["description"] = f"The id of an entity of `{meaning.refers_to}`."
        if field_schema.get("type") == "array":
            field_schema["description"] = f"The ids of entities of `{meaning.refers_to}`."
    elif meaning.unit:
        field_schema["description"] = f"In {meaning.unit}."


if __name__ == "__main__":
    sys.stdout.write(encode_schema())
