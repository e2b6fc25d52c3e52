"""The contract of the API: the committed openapi.json is the program's, and sound in itself."""
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, ServerTest, run  # noqa: E402

COMMITTED = ROOT / "contracts/openapi.json"
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = run("openapi").stdout
        cls.document = json.loads(cls.text)

    def operations(self):
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                yield f"{method.upper()} {path}", operation

    def test_the_committed_contract_is_that_of_the_program(self):
        self.assertEqual(COMMITTED.read_text(encoding="utf-8"), self.text,
                         "the API changed: run tools/contracts and commit what it writes")

    def test_the_contract_is_the_same_each_time_it_is_printed(self):
        self.assertEqual(run("openapi").stdout, self.text)

    def test_every_operation_has_an_id_of_its_own_and_a_summary(self):
        ids = [operation["operationId"] for _, operation in self.operations()]
        self.assertEqual(len(ids), len(set(ids)))
        for name, operation in self.operations():
            with self.subTest(name):
                self.assertRegex(operation["operationId"], "^[a-z][a-z0-9_]*$")
                self.assertTrue(operation.get("summary"))

    def test_every_operation_says_how_it_fails_and_who_may_call_it(self):
        for name, operation in self.operations():
            with self.subTest(name):
                self.assertEqual(operation["responses"]["default"], {"$ref": "#/components/responses/Problem"})
                self.assertIn(operation["security"], ([], [{"session": []}, {"token": []}]))

    def test_every_parameter_of_a_path_is_described(self):
        for name, operation in self.operations():
            with self.subTest(name):
                described = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
                self.assertEqual(described, set(re.findall(r"\{(\w+)\}", name)))

    def test_every_reference_leads_somewhere(self):
        for reference in set(re.findall(r'"\$ref": ?"([^"]+)"', self.text)):
            with self.subTest(reference):
                at = self.document
                self.assertTrue(reference.startswith("#/"))
                for part in reference[2:].split("/"):
                    at = at[part]

    def test_every_schema_is_used(self):
        used = set(re.findall(r'"#/components/schemas/([^"]+)"', self.text))
        self.assertEqual(set(self.document["components"]["schemas"]) - used, set())

    def test_names_are_in_snake_case(self):
        for name, schema in self.document["components"]["schemas"].items():
            for member in schema.get("properties", {}):
                with self.subTest(f"{name}.{member}"):
                    self.assertRegex(member, "^[a-z][a-z0-9_]*$")


class Answers(ServerTest):
    """What the running program answers has the members that the contract names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = json.loads(run("openapi").stdout)

    def resolved(self, schema):
        while "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def faults(self, value, schema, at=""):
        """Where the value is not as the schema says; the part of JSON Schema that the contract uses."""
        schema = self.resolved(schema)
        for variant in ("anyOf", "oneOf"):
            if variant in schema:
                found = [self.faults(value, option, at) for option in schema[variant]]
                return [] if any(not f for f in found) else found[0]
        if "allOf" in schema:
            return [f for part in schema["allOf"] for f in self.faults(value, part, at)]
        types = schema.get("type", [])
        types = [types] if isinstance(types, str) else types
        python = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
        def is_a(name):
            if name in ("integer", "number"):
                return isinstance(value, (int,) if name == "integer" else (int, float)) and not isinstance(value, bool)
            return isinstance(value, python[name])
        if types and not any(is_a(name) for name in types):
            return [f"{at}: {value!r} is not {types}"]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{at}: {value!r} is none of {schema['enum']}"]
        if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
            return [f"{at}: {value!r} does not match {schema['pattern']}"]
        if isinstance(value, list):
            return [f for i, item in enumerate(value) for f in self.faults(item, schema.get("items", {}), f"{at}/{i}")]
        if isinstance(value, dict) and "properties" in schema:
            properties = schema["properties"]
            missing = [f"{at}/{name} is missing" for name in schema.get("required", []) if name not in value]
            unknown = [f"{at}/{name} is not in the contract" for name in value if name not in properties]
            return missing + unknown + [f for name, part in properties.items() if name in value
                                        for f in self.faults(value[name], part, f"{at}/{name}")]
        return []

    def test_public_answers_are_as_the_contract_says(self):
        checked = 0
        for path, item in self.document["paths"].items():
            operation = item.get("get")
            if not operation or operation["security"] or "{" in path:
                continue
            required = [p for p in operation.get("parameters", []) if p["required"]]
            answer_schema = operation["responses"].get("200", {}).get("content", {}).get("application/json")
            if required or not answer_schema:
                continue
            with self.subTest(path):
                answer = self.assert_status(self.nobody.get(path), 200)
                self.assertEqual(self.faults(answer.json, answer_schema["schema"]), [])
                checked += 1
        self.assertGreater(checked, 5)

    def test_problems_are_as_the_contract_says(self):
        schema = {"$ref": "#/components/schemas/Problem"}
        for answer in (self.nobody.get("/api/v1/nothing"), self.nobody.get("/api/v1/areas?limit=x"),
                       self.nobody.get("/api/v1/session"), self.nobody.post("/api/v1/session", {})):
            self.assertEqual(self.faults(answer.json, schema), [])


if __name__ == "__main__":
    unittest.main()
