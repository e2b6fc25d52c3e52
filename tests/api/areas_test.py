"""The register of areas: search in both scripts, codes, clusters, importing villages."""
import csv
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, ServerTest  # noqa: E402

VILLAGES = ROOT.parent / "shared/data/areas/villages.csv"


class Search(ServerTest):
    def found(self, query):
        return self.assert_status(self.nobody.get("/api/v1/areas?" + query), 200).json["items"]

    def first(self, text, more=""):
        items = self.found("q=" + percent(text) + more)
        return (items[0]["code"], items[0]["name_en"]) if items else None

    def test_a_province_is_found_by_its_name_in_both_scripts(self):
        for text in ("ราชบุรี", "จังหวัดราชบุรี", "จ.ราชบุรี", "Ratchaburi", "RATCHABURI", "ratcha buri",
                     " ราชบุรี"):
            with self.subTest(text):
                self.assertEqual(self.first(text, "&level=province"), ("70", "Ratchaburi"))

    def test_a_part_of_a_name_is_enough(self):
        for part in ("บุรี", "buri"):
            found = self.found("level=province&limit=200&q=" + percent(part))
            self.assertIn("70", [area["code"] for area in found])

    def test_the_closest_name_comes_first(self):
        names = [a["name_en"] for a in self.found("level=province&q=nan")]
        self.assertEqual(names[0], "Nan")

    def test_a_code_finds_its_area(self):
        self.assertEqual(self.first("7001"), ("7001", "Mueang Ratchaburi"))

    def test_what_nobody_is_called_finds_nothing(self):
        self.assertEqual(self.found("q=zzzzzz"), [])
        self.assertEqual(self.found("q=" + percent("ฮฮฮฮ")), [])

    def test_signs_that_mean_something_to_databases_are_letters_like_others(self):
        for text in ("%", "_", "' OR 1=1 --", "\\", '"'):
            with self.subTest(text):
                self.assertEqual(self.nobody.get("/api/v1/areas?q=" + percent(text)).status, 200)
        self.assertEqual(self.found("q=" + percent("%")), [])

    def test_areas_are_listed_by_level_and_by_what_they_lie_in(self):
        districts = self.found("parent=70&limit=200")
        self.assertEqual(len(districts), 10)
        self.assertTrue(all(d["level"] == "district" and d["code"].startswith("70") for d in districts))
        subdistricts = self.found("parent=7001&limit=200")
        self.assertTrue(subdistricts)
        self.assertTrue(all(s["level"] == "subdistrict" and s["parent"] == "7001" for s in subdistricts))

    def test_the_whole_country_is_there(self):
        counts = {level: len(self.nobody.all_items(f"/api/v1/areas?level={level}"))
                  for level in ("province", "district", "subdistrict", "village")}
        self.assertEqual(counts, {"province": 77, "district": 928, "subdistrict": 7436, "village": 0})


class Records(ServerTest):
    def test_an_area_is_told_with_its_names_and_parent(self):
        area = self.nobody.get("/api/v1/areas/700101").json
        self.assertEqual((area["level"], area["parent"]), ("subdistrict", "7001"))
        self.assertTrue(area["name_th"] and area["name_en"] and area["postcode"].startswith("70"))

    def test_a_code_that_is_none_or_nobodys_is_said_to_be_so(self):
        self.assert_problem(self.nobody.get("/api/v1/areas/98"), 404, "not_found")
        for code in ("7", "abc", "700", "70010", "%E0%B9%97%E0%B9%90", "70%20"):
            with self.subTest(code):
                self.assertIn(self.nobody.get(f"/api/v1/areas/{code}").status, (404, 422))

    def test_every_province_but_bangkok_is_in_one_cluster(self):
        clusters = self.nobody.get("/api/v1/clusters").json["items"]
        members = [code for cluster in clusters for code in cluster["provinces"]]
        provinces = [a["code"] for a in self.nobody.get("/api/v1/areas?level=province&limit=200").json["items"]]
        self.assertEqual(len(clusters), 18)
        self.assertEqual(sorted(members), sorted(set(provinces) - {"10"}))
        for cluster in clusters:
            with self.subTest(cluster["code"]):
                self.assertIn(cluster["centre"], cluster["provinces"])


@unittest.skipUnless(VILLAGES.exists(), "the register of villages is not here")
class Villages(ServerTest):
    def test_villages_are_imported_after_a_look_at_what_would_change(self):
        with open(VILLAGES, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        subdistricts = {a["code"] for a in self.nobody.all_items("/api/v1/areas?level=subdistrict")}
        known = [row for row in rows if row["code"][:6] in subdistricts]
        self.assertGreater(len(known), 60_000)
        good = self.server.folder / "villages.csv"
        with open(good, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(known)

        self.server.stop()
        looked = self.server.command("import", "areas", good)
        self.assertIn("nothing was written", looked.stdout)
        self.assertIn(f"{len(known)} areas read, {len(known)} changes", looked.stdout)
        self.server.command("import", "areas", good, "--apply")
        again = self.server.command("import", "areas", good, "--apply")
        self.assertIn("areas read, 0 changes", again.stdout)

        self.server.start()
        self.nobody = self.server.client()
        village = known[0]
        found = self.nobody.get(f"/api/v1/areas/{village['code']}").json
        self.assertEqual((found["level"], found["name_th"], found["name_en"], found["parent"]),
                         ("village", village["name_th"], village["name_en"], village["code"][:6]))
        listed = self.nobody.all_items(f"/api/v1/areas?parent={village['code'][:6]}")
        self.assertEqual(len(listed), sum(row["code"][:6] == village["code"][:6] for row in known))


class WrongImports(ServerTest):
    def refused(self, name, text):
        file = self.server.folder / name
        file.write_text(text, encoding="utf-8")
        done = self.server.command("import", "areas", file, "--apply", check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        return done.stderr

    def test_wrong_rows_are_named_and_nothing_is_written(self):
        before = self.nobody.get("/api/v1/ledger/head").json["entries"]
        for name, text, told in (
                ("repeated.csv", "code,name_th,name_en\n97010101,ก,A\n97010101,ข,B\n", "97010101"),
                ("orphan.csv", "code,name_th,name_en\n98010101,ก,A\n", "980101"),
                ("code.csv", "code,name_th,name_en\n7x,ก,A\n", "line 2"),
                ("empty.csv", "", ""),
                ("list.json", json.dumps({"code": "70"}), "")):
            with self.subTest(name):
                self.assertIn(told, self.refused(name, text))
        self.assertEqual(self.nobody.get("/api/v1/ledger/head").json["entries"], before)


def percent(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


if __name__ == "__main__":
    unittest.main()
