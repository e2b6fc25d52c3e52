"""The counter of a district over HTTP: times, appointments by the tracking code and at the desk, the queue of the day.

Nothing here depends on which day it is: times are set for every day of the week, and days are those that the counter
itself says are open.
"""
import datetime
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ServerTest, today  # noqa: E402

CENTRE = "/api/v1/service_centre"
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class CounterTest(ServerTest):
    def setUp(self):
        super().setUp()
        self.set_times([("09:00", 1), ("10:30", 2)])

    def set_times(self, times, who="district.7001", expected=200):
        body = {"district": "7001", "valid_from": str(today()),
                "times": [{"weekday": day, "starts": starts, "places": places} for day in WEEK for starts, places in times]}
        answer = self.signed(who).put(f"{CENTRE}/counter/times", body)
        return self.assert_status(answer, expected)

    def free(self, on):
        return self.nobody.get(f"{CENTRE}/counter/free?district=7001&on={on}").json

    def open_days(self, count=2):
        days = (str(today() + datetime.timedelta(days=ahead)) for ahead in range(1, 40))
        found = [day for day in days if self.free(day)["times"]]
        self.assertGreaterEqual(len(found), count)
        return found[:count]

    def application(self):
        body = {"kind": "one_stop_service", "category": "general", "channel": "walk_in", "importance": "ordinary",
                "title": "ขอมีบัตรใหม่", "detail": "", "place": {"area": "7001", "given": "typed"},
                "reporters": [{"type": "person", "name": "นายทดสอบ ระบบ"}], "services": ["dopa_207"]}
        return self.assert_status(self.signed("district.7001").post("/api/v1/cases", body), 201).json

    def book(self, code, on, starts, expected=200):
        answer = self.nobody.post(f"{CENTRE}/appointments", {"code": code, "on": on, "starts": starts})
        return self.assert_status(answer, expected)

    def places(self, on, starts):
        return next(time["free"] for time in self.free(on)["times"] if time["starts"] == starts)

    def test_a_citizen_books_moves_and_cancels_by_the_code_and_each_place_is_given_once(self):
        first, second = self.open_days()
        mine, other = self.application()["tracking_code"], self.application()["tracking_code"]
        before = self.places(first, "09:00")
        self.assertEqual(before, 1)
        told = self.book(mine, first, "09:00").json
        self.assertEqual(told["application"]["appointment"], {"on": first, "starts": "09:00"})
        self.assertEqual(self.places(first, "09:00"), 0)
        taken = self.book(other, first, "09:00", expected=409)
        self.assertTrue(taken.json["message"]["th"])
        self.book(mine, second, "10:30")
        self.assertEqual(self.places(first, "09:00"), 1, "the place of the one before is free again")
        self.book(other, first, "09:00")
        gone = self.nobody.post(f"{CENTRE}/appointments/cancellation", {"code": mine})
        self.assertIsNone(self.assert_status(gone, 200).json["application"]["appointment"])
        self.nobody.post(f"{CENTRE}/appointments/cancellation", {"code": other})

    def test_no_appointment_is_made_for_a_time_that_is_not_offered_or_a_day_that_is_over(self):
        code = self.application()["tracking_code"]
        on = self.open_days(1)[0]
        self.book(code, on, "03:00", expected=409)
        self.book(code, str(today() - datetime.timedelta(days=1)), "09:00", expected=409)
        self.book(code, "2199-01-01", "09:00", expected=409)
        wrong = self.nobody.post(f"{CENTRE}/appointments", {"code": code, "on": on, "starts": "9 โมง"})
        self.assertEqual((wrong.status, wrong.json["fields"][0]["pointer"]), (422, "/starts"))

    def test_a_complaint_has_no_appointment(self):
        report = {"title": "ไฟดับ", "detail": "", "place": {"area": "700102", "given": "typed"}, "reporters": [{"type": "anonymous"}]}
        code = self.nobody.post(f"{CENTRE}/reports", report).json["tracking_code"]
        self.book(code, self.open_days(1)[0], "09:00", expected=409)

    def test_numbers_of_the_day_rise_and_are_called_in_turn_and_a_number_names_nobody(self):
        desk = self.signed("district.7001")
        given = [self.assert_status(desk.post(f"{CENTRE}/queue/tickets", {"district": "7001"}), 201).json for _ in range(3)]
        numbers = [one["number"] for one in given]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 3)))
        called = []
        while len(called) < 50:  # others may wait before these
            answer = desk.post(f"{CENTRE}/queue/call", {"district": "7001", "desk": "2"})
            if answer.status != 200:
                break
            called.append(answer.json)
            shown = self.nobody.get(f"{CENTRE}/queue?district=7001").json
            self.assertEqual(shown["called"][0], {"number": answer.json["number"], "desk": "2"})
            desk.post(f"{CENTRE}/queue/tickets/{answer.json['ticket_id']}/end", {"outcome": "done"})
        self.assertEqual(answer.status, 409, "nobody waits")
        self.assertEqual([one["number"] for one in called if one["number"] in numbers], numbers)
        again = desk.post(f"{CENTRE}/queue/tickets/{given[0]['ticket_id']}/end", {"outcome": "absent"})
        self.assertEqual(again.status, 409, "over already")

    def test_only_the_district_keeps_its_counter(self):
        for who in ("office.70", "governor.70", "highways.70", "auditor", "citizen", "district.4001"):
            with self.subTest(who):
                self.set_times([("08:30", 1)], who=who, expected=403)
                ticket = self.signed(who).post(f"{CENTRE}/queue/tickets", {"district": "7001"})
                self.assertEqual(ticket.status, 403)
        self.assertEqual(self.nobody.get(f"{CENTRE}/counter/day?district=7001").status, 401)

    def test_times_that_are_wrong_are_named(self):
        desk = self.signed("district.7001")
        past = desk.put(f"{CENTRE}/counter/times", {"district": "7001", "valid_from": "2020-01-01", "times": []})
        self.assertEqual((past.status, past.json["fields"][0]["pointer"]), (422, "/valid_from"))
        twice = [{"weekday": "monday", "starts": "09:00", "places": 1}] * 2
        wrong = desk.put(f"{CENTRE}/counter/times", {"district": "7001", "valid_from": str(today()), "times": twice})
        self.assertEqual(wrong.json["fields"][0]["pointer"], "/times/1/starts")


if __name__ == "__main__":
    unittest.main()
