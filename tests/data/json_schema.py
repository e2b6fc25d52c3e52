"""The part of JSON Schema 2020-12 that the schemas under data/ use, with nothing but Python.

A keyword that is not understood here is an error and not silently unchecked.
"""

import re

ANNOTATIONS = {"$schema", "$defs", "title", "description"}
TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
}


def faults(value, schema, root=None, pointer=""):
    """Returns what is wrong with the value, each fault with its JSON pointer."""
    root = root or schema
    found = []

    def fault(text):
        found.append(f"{pointer or '/'}: {text}")

    for keyword, wanted in schema.items():
        if keyword in ANNOTATIONS:
            continue
        if keyword == "$ref":
            definition = root["$defs"][wanted.removeprefix("#/$defs/")]
            found += faults(value, definition, root, pointer)
        elif keyword == "anyOf":
            if all(faults(value, option, root, pointer) for option in wanted):
                fault("fits none of the alternatives")
        elif keyword == "type":
            if not TYPES[wanted](value):
                fault(f"is not of type {wanted}")
                return found
        elif keyword == "enum":
            if value not in wanted:
                fault(f"{value!r} is not one of {wanted}")
        elif keyword == "const":
            if value != wanted:
                fault(f"is not {wanted!r}")
        elif keyword == "pattern":
            if not re.search(wanted, value):
                fault(f"{value!r} does not match {wanted}")
        elif keyword in ("minLength", "minItems", "minimum"):
            if (value if keyword == "minimum" else len(value)) < wanted:
                fault(f"{keyword} is {wanted}")
        elif keyword in ("maxLength", "maxItems", "maximum"):
            if (value if keyword == "maximum" else len(value)) > wanted:
                fault(f"{keyword} is {wanted}")
        elif keyword == "required":
            for name in wanted:
                if name not in value:
                    fault(f"{name} is missing")
        elif keyword == "additionalProperties":
            if wanted is not False:
                raise ValueError("additionalProperties must be false")
            for name in value.keys() - schema["properties"].keys():
                fault(f"{name} is unknown")
        elif keyword == "properties":
            for name, subschema in wanted.items():
                if name in value:
                    found += faults(value[name], subschema, root, f"{pointer}/{name}")
        elif keyword == "items":
            for index, element in enumerate(value):
                found += faults(element, wanted, root, f"{pointer}/{index}")
        else:
            raise ValueError(f"unknown keyword {keyword}")
    return found
