"""Areas: search in both scripts, codes, clusters, local governments, the map; importing each of them."""
import csv
import io
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, ServerTest  # noqa: E402

VILLAGES = ROOT.parent / "shared/data/areas/villages.csv"
LOCAL_GOVERNMENTS = ROOT.parent / "shared/data/areas/local_governments.csv"
BOUNDARIES = ROOT.parent / "shared/data/areas/th_amphoe_province.topo.json"


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

    def test_without_an_import_the_pages_are_told_to_keep_their_own_map(self):
        told = self.nobody.get("/api/v1/map").json
        self.assertEqual((told["attribution"], told["provinces"]), (None, []))


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


class Importing(ServerTest):
    """Imports by the command line, while the program does not serve."""

    def command(self, *words, check=True):
        self.server.stop()
        try:
            return self.server.command(*words, check=check)
        finally:
            self.server.start()
            self.nobody = self.server.client()

    def file(self, name, text):
        path = self.server.folder / name
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return path

    def entries(self):
        return self.nobody.get("/api/v1/ledger/head").json["entries"]


HEADING = "kind,name_th,name_en,area_code,dla_code,covers,valid_from\n"
FEW = HEADING + ("อบจ.,ราชบุรี,Ratchaburi,70,2700101,,\n"
                 "เทศบาลเมือง,ราชบุรี,Ratchaburi,7099,4700101,700101,\n"
                 "อบต.,ดอนตะโก,Don Tako,700103,6700103,700103,\n"
                 "อบต.,หลุมดิน,Lum Din,700108,,700108,\n")


class LocalGovernments(Importing):
    def listed(self, query=""):
        return self.nobody.all_items("/api/v1/local-governments" + query)

    def test_a_register_is_looked_at_then_imported_in_one_act_and_told_by_the_api(self):
        register, before = self.file("few.csv", FEW), self.entries()
        looked = self.command("import", "local-governments", register)
        self.assertIn("nothing was written", looked.stdout)
        self.assertIn("4 local governments read, 1 of them without a DLA code, 4 changes", looked.stdout)
        self.assertEqual((self.listed(), self.entries()), ([], before))

        self.command("import", "local-governments", register, "--apply")
        self.assertEqual(self.entries(), before + 1)
        again = self.command("import", "local-governments", register, "--apply")
        self.assertIn(" 0 changes", again.stdout)
        self.assertEqual(self.entries(), before + 1)

        self.assertEqual(len(self.listed("?province=70")), 4)
        self.assertEqual(self.listed("?province=40"), [])
        (town,) = self.listed("?kind=town_municipality")
        self.assertEqual((town["name_th"], town["dla_code"], town["subdistricts"], town["district"]),
                         ("ราชบุรี", "4700101", ["700101"], "7001"))
        self.assertEqual([b["name_en"] for b in self.listed("?subdistrict=700103")], ["Don Tako"])
        for words in ("ดอนตะโก", "อบต.ดอนตะโก", "don tako"):
            self.assertEqual([b["dla_code"] for b in self.listed("?q=" + percent(words))], ["6700103"], words)
        counts = self.nobody.get("/api/v1/local-governments/counts?province=70").json["items"]
        self.assertEqual({c["kind"]: c["count"] for c in counts},
                         {"provincial_administrative_organization": 1, "town_municipality": 1,
                          "subdistrict_administrative_organization": 2})

        # An upgrade under a new code: the same record goes on and tells what it was.
        (sao,) = self.listed("?q=" + percent("ดอนตะโก"))
        upgraded = FEW.replace("อบต.,ดอนตะโก,Don Tako,700103,6700103,700103,",
                               "เทศบาลตำบล,ดอนตะโก,Don Tako,700103,5700177,700103,2022-05-01")
        told = self.command("import", "local-governments", self.file("later.csv", upgraded), "--apply").stdout
        self.assertIn("kind subdistrict_administrative_organization → subdistrict_municipality", told)
        self.assertIn("DLA code 6700103 → 5700177", told)
        one = self.nobody.get("/api/v1/local-governments/" + sao["local_government_id"]).json
        self.assertEqual((one["kind"], one["dla_code"], one["valid_from"]),
                         ("subdistrict_municipality", "5700177", "2022-05-01"))
        self.assertEqual([(past["kind"], past["dla_code"], past["valid_to"]) for past in one["history"]],
                         [("subdistrict_administrative_organization", "6700103", "2022-04-30")])

        # What is exported is read again without a change.
        for form in ("csv", "json", "xlsx"):
            out = self.server.folder / f"local.{form}"
            self.command("export", "local-governments", "--format", form, "--out", out)
            self.assertIn(" 0 changes", self.command("import", "local-governments", out).stdout, form)
        self.assertIn("local governments: 4", self.command("doctor").stdout)

    def test_wrong_cells_are_named_by_row_and_column_and_nothing_is_written(self):
        before = self.entries()
        for text, told in (
                (HEADING + "สภาตำบล,ก,,700101,,,\n", "line 2, kind"),
                (HEADING + "อบต.,ก,,700101,,700101 400101,\n", "line 2, subdistricts"),
                (HEADING + "อบต.,ก,,700101,,,2565-13-01\n", "line 2, valid_from"),
                (HEADING + "อบต.,ก,,999901,,,\n", "line 2, province"),
                ("name_th\nก\n", "column kind"),
                (HEADING, "no local government")):
            with self.subTest(told):
                done = self.command("import", "local-governments", self.file("wrong.csv", text), "--apply", check=False)
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(told, done.stderr)
        self.assertEqual(self.entries(), before)

    def test_an_unknown_one_is_not_found(self):
        self.assert_problem(self.nobody.get("/api/v1/local-governments/01" + "0" * 24), 404, "not_found")


@unittest.skipUnless(LOCAL_GOVERNMENTS.exists(), "the register of local governments is not here")
class RealLocalGovernments(Importing):
    def test_the_whole_register_is_imported_with_its_gaps_told(self):
        with open(LOCAL_GOVERNMENTS, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        codes = [row["dla_code"] for row in rows if row["dla_code"]]
        twice = [code for code in codes if codes.count(code) > 1]
        without = len(rows) - len(codes) + len(twice)
        told = self.command("import", "local-governments", LOCAL_GOVERNMENTS, "--apply").stdout
        self.assertIn(f"{len(rows)} local governments read, {without} of them without a DLA code", told)
        self.assertIn("warning, line", told)
        self.assertIn(" 0 changes", self.command("import", "local-governments", LOCAL_GOVERNMENTS).stdout)

        for province in ("70", "30", "10"):
            kept = self.nobody.all_items(f"/api/v1/local-governments?province={province}&limit=200")
            given = [row for row in rows if row["province_code"] == province]
            self.assertEqual(sorted((b["name_th"], b["name_en"], b["place"], " ".join(b["subdistricts"])) for b in kept),
                             sorted((r["name_th"], r["name_en"], r["area_code"], r["covers"]) for r in given))
        exported = self.command("export", "local-governments").stdout
        self.assertEqual(len(list(csv.reader(io.StringIO(exported)))), len(rows) + 1)


def feature(code, ring, **properties):
    return {"type": "Feature", "properties": {"code": code, **properties},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


class Boundaries(Importing):
    def squares(self):
        """Every province as a square in a row of squares that meet."""
        provinces = sorted(a["code"] for a in self.nobody.all_items("/api/v1/areas?level=province"))
        return [feature(code, [[x, 10], [x + 1, 10], [x + 1, 11], [x, 11], [x, 10]])
                for x, code in enumerate(provinces, 20)]

    def test_a_file_is_looked_at_then_imported_in_one_act_and_served_with_a_tag(self):
        file = self.file("squares.json", {"type": "FeatureCollection", "features":
                                          self.squares() + [feature("99", [[1, 1], [2, 1], [2, 2], [1, 1]], name="Sea")]})
        before, old = self.entries(), self.nobody.get("/api/v1/map")
        looked = self.command("import", "boundaries", file)
        for words in ("by code: 77, by name: 0", "no province: feature 78: 99, Sea", "nothing was written"):
            self.assertIn(words, looked.stdout)
        self.assertRegex(looked.stdout, r"points: \d+ in the file, \d+ drawn")
        unsaid = self.command("import", "boundaries", file, "--apply", check=False)
        self.assertIn("--attribution", unsaid.stderr)
        self.assertEqual(self.entries(), before)

        self.command("import", "boundaries", file, "--apply", "--attribution", "กรมแผนที่ทหาร (RTSD)")
        self.assertEqual(self.entries(), before + 1)
        answer = self.nobody.get("/api/v1/map")
        self.assertEqual(answer.json["attribution"], "กรมแผนที่ทหาร (RTSD)")
        self.assertEqual(len(answer.json["provinces"]), 77)
        self.assertTrue(all(p["d"].startswith("m") for p in answer.json["provinces"]))
        self.assertNotEqual(answer.header("ETag"), old.header("ETag"))
        kept = self.nobody.get("/api/v1/map", headers={"If-None-Match": answer.header("ETag")})
        self.assertEqual((kept.status, kept.body), (304, b""))
        packed = self.nobody.get("/api/v1/map", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(packed.header("Content-Encoding"), "gzip")
        self.assertLess(len(packed.body), len(answer.body))
        self.assertIn("map: official boundaries, กรมแผนที่ทหาร (RTSD)", self.command("doctor").stdout)

    def test_what_is_no_map_of_all_provinces_is_refused(self):
        before = self.entries()
        squares = self.squares()
        wrong_name = squares[:1] + [feature("11", [[1, 1], [2, 1], [2, 2], [1, 1]], th="ขอนแก่น")]
        in_metres = [feature("10", [[664000, 1500000], [665000, 1500000], [665000, 1510000]])]
        for features, told in ((squares[1:], "10"), (wrong_name, "feature 2"), (in_metres, "degrees"), ([], "No feature")):
            with self.subTest(told):
                file = self.file("wrong.json", {"type": "FeatureCollection", "features": features})
                done = self.command("import", "boundaries", file, "--apply", "--attribution", "x", check=False)
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(told, done.stderr)
        self.assertEqual(self.entries(), before)


@unittest.skipUnless(BOUNDARIES.exists(), "the boundary file is not here")
class RealBoundaries(Importing):
    def test_the_official_file_gives_all_provinces_in_a_light_map_whose_neighbours_meet(self):
        told = self.command("import", "boundaries", BOUNDARIES, "--apply", "--attribution", "OCHA / RTSD").stdout
        self.assertIn("layer: province\n", told)
        self.assertIn("by code: 77, by name: 0", told)
        answer = self.nobody.get("/api/v1/map", headers={"Accept-Encoding": "gzip"})
        self.assertLess(len(answer.body), 14_000)
        provinces = self.nobody.get("/api/v1/map").json["provinces"]
        points = {p["code"]: points_of(p["d"]) for p in provinces}
        # The sea apart, every point of a province inland is a point of a neighbour too.
        for code in ("40", "70", "44"):
            others = set().union(*(dots for other, dots in points.items() if other != code))
            shared = points[code] & others
            self.assertGreater(len(shared) / len(points[code]), 0.97 if code != "70" else 0.6, code)
        # No part and no island of the file is lost.
        given = json.loads(BOUNDARIES.read_text(encoding="utf-8"))["objects"]["province"]["geometries"]
        parts = {g["properties"]["code"]: sum(map(len, g["arcs"])) if g["type"] == "MultiPolygon" else len(g["arcs"])
                 for g in given}
        self.assertEqual({p["code"]: p["d"].count("m") for p in provinces}, parts)



def points_of(path):
    """Every point of a path of relative whole numbers."""
    points, x, y = set(), 0, 0
    for ring in re.findall("m([^z]*)z", path):
        numbers = [int(n) for n in re.findall(r"-?\d+", ring)]
        start = None
        for dx, dy in zip(numbers[::2], numbers[1::2]):
            x, y = x + dx, y + dy
            start = start or (x, y)
            points.add((x, y))
        x, y = start
    return points


def percent(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


if __name__ == "__main__":
    unittest.main()
