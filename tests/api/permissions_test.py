"""Who may do what: every route of the contract, by every role, in the own and in a foreign province.

permissions.csv is the table of what is allowed. It was written once from the running program by

    python3 tests/api/permissions_test.py --write

and then read line by line against data/law; after a change, write it again and read
the difference. `expected` is
  ok         the request got past every question of who asks (what it is answered then is another
             matter: done, or refused because of the record's state or contents)
  sign_in    401 sign_in_required
  forbidden  403 forbidden: none of the caller's offices may do it
  not_found  404: there is no such record for this caller
`where` is own (province 70, where the demonstration's local officials sit, or the caller's own
account), foreign (province 40, or another person's account), or any (what belongs to no province).
"""
import csv
import http.client
import json
import pathlib
import re
import sys
import unittest

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import DEMO_PASSWORD, SHARE, Server, ServerTest, run, today  # noqa: E402

TABLE = pathlib.Path(__file__).with_name("permissions.csv")
COLUMNS = ("route", "role", "where", "expected")
ROLES = ("nobody", "opdc", "moi", "governor.70", "office.70", "district.7001", "committee", "auditor", "admin",
         "citizen")
PROVINCES = {"own": "70", "foreign": "40"}

# The act that stands behind a route, where one does. The powers of data/law decide.
ACTS = {
    "GET /api/v1/ledger/entries": "ledger.read",
    "POST /api/v1/calls": "call.create",
    "PATCH /api/v1/calls/{call_id}": "call.edit",
    "POST /api/v1/calls/{call_id}/open": "call.open",
    "POST /api/v1/calls/{call_id}/close": "call.close",
    "POST /api/v1/applications": "application.create",
    "GET /api/v1/applications/{application_id}": "application.read",
    "PATCH /api/v1/applications/{application_id}": "application.edit",
    "POST /api/v1/applications/{application_id}/submit": "application.submit",
    "POST /api/v1/applications/{application_id}/return": "application.return",
    "POST /api/v1/applications/{application_id}/accept": "application.accept",
    "POST /api/v1/applications/{application_id}/advise": "application.advise",
    "POST /api/v1/applications/{application_id}/resolve": "application.resolve",
    "POST /api/v1/applications/{application_id}/withdraw": "application.withdraw",
    "GET /api/v1/applications/{application_id}/history": "application.read",
    "GET /api/v1/applications/{application_id}/acts": "application.read",
    "GET /api/v1/applications/{application_id}/completeness": "application.read",
    "GET /api/v1/applications/{application_id}/stretch": "application.read",
    "PUT /api/v1/applications/{application_id}/files/{key}": "application.edit",
    "GET /api/v1/applications/{application_id}/files/{key}": "application.read",
    "DELETE /api/v1/applications/{application_id}/files/{key}": "application.edit",
    "POST /api/v1/meetings": "meeting.record",
    "POST /api/v1/resolutions": "resolution.record",
    "POST /api/v1/resolutions/{resolution_id}/correct": "resolution.correct",
    "POST /api/v1/bodies/{code}/members": "member.appoint",
    "POST /api/v1/members/{member_id}/end": "member.end",
    "POST /api/v1/meetings/plan": "meeting.plan",
    "GET /api/v1/meetings/{meeting_id}": "meeting.read",
    "GET /api/v1/meetings/{meeting_id}/acts": "meeting.read",
    "GET /api/v1/meetings/{meeting_id}/minutes.pdf": "meeting.read",
    "GET /api/v1/meetings/{meeting_id}/call.pdf": "meeting.read",
    "PATCH /api/v1/meetings/{meeting_id}": "meeting.edit",
    "POST /api/v1/meetings/{meeting_id}/call": "meeting.call",
    "PUT /api/v1/meetings/{meeting_id}/attendance": "meeting.attend",
    "POST /api/v1/meetings/{meeting_id}/open": "meeting.open",
    "POST /api/v1/meetings/{meeting_id}/close": "meeting.close",
    "POST /api/v1/meetings/{meeting_id}/draft-minutes": "meeting.draft_minutes",
    "POST /api/v1/meetings/{meeting_id}/cancel": "meeting.cancel",
    "POST /api/v1/meetings/{meeting_id}/correct": "meeting.correct",
    "POST /api/v1/meetings/{meeting_id}/items": "meeting.edit",
    "PUT /api/v1/meetings/{meeting_id}/order": "meeting.edit",
    "POST /api/v1/meetings/{meeting_id}/count": "circulation.count",
    "POST /api/v1/circulations": "circulation.send",
    "PATCH /api/v1/agenda-items/{item_id}": "meeting.edit",
    "DELETE /api/v1/agenda-items/{item_id}": "meeting.edit",
    "PUT /api/v1/agenda-items/{item_id}/discussion": "meeting.minute",
    "POST /api/v1/agenda-items/{item_id}/resolutions": "meeting.resolve",
    "POST /api/v1/agenda-items/{item_id}/papers": "meeting.edit",
    "GET /api/v1/papers/{paper_id}": "meeting.read",
    "DELETE /api/v1/papers/{paper_id}": "meeting.edit",
    "POST /api/v1/assignments/{assignment_id}/close": "assignment.close",
    "POST /api/v1/matters": "urgent_matter.raise",
    "GET /api/v1/matters/{matter_id}": "urgent_matter.read",
    "GET /api/v1/matters/{matter_id}/acts": "urgent_matter.read",
    "GET /api/v1/matters/{matter_id}/order.pdf": "urgent_matter.read",
    "POST /api/v1/matters/{matter_id}/order": "urgent_matter.order",
    "POST /api/v1/matters/{matter_id}/circulate": "urgent_matter.circulate",
    "POST /api/v1/matters/{matter_id}/table": "urgent_matter.table",
    "POST /api/v1/matters/{matter_id}/reports": "urgent_matter.report",
    "POST /api/v1/matters/{matter_id}/close": "urgent_matter.close",
    "POST /api/v1/matters/{matter_id}/withdraw": "urgent_matter.withdraw",
    "POST /api/v1/kpis": "kpi.define",
    "PATCH /api/v1/kpis/{kpi_id}": "kpi.define",
    "POST /api/v1/kpis/{kpi_id}/values": "kpi.report",
    "POST /api/v1/kpis/{kpi_id}/values/{value_id}/withdraw": "kpi.withdraw",
    "POST /api/v1/imports": "kpi.import",
    "GET /api/v1/persons": "identity.read_persons",
    "GET /api/v1/persons/{person_id}": "identity.read_persons",
    "POST /api/v1/persons": "identity.manage_persons",
    "POST /api/v1/persons/{person_id}/password": "identity.manage_persons",
    "POST /api/v1/persons/{person_id}/lock": "identity.manage_persons",
    "POST /api/v1/persons/{person_id}/unlock": "identity.manage_persons",
    "DELETE /api/v1/persons/{person_id}/second_factor": "identity.manage_persons",
    "POST /api/v1/persons/{person_id}/providers": "identity.manage_persons",
    "DELETE /api/v1/persons/{person_id}/providers/{provider}": "identity.manage_persons",
    "POST /api/v1/offices": "identity.add_office",
    "GET /api/v1/offices/{office_id}": "identity.read_offices",
    # Asked about offices of districts here; of others, which only an administrator may record, in offices_test.py.
    "POST /api/v1/offices/{office_id}/holdings": "identity.record_district_holders",
    "POST /api/v1/holdings/{holding_id}/end": "identity.record_district_holders",
    "POST /api/v1/holdings/{holding_id}/correct": "identity.record_district_holders",
    "POST /api/v1/holdings/{holding_id}/withdraw": "identity.record_district_holders",
    "POST /api/v1/projects": "project.record",
    "GET /api/v1/projects/{project_id}": "project.read",
    "GET /api/v1/projects/{project_id}/history": "project.read",
    "POST /api/v1/changes": "change.create",
    "GET /api/v1/changes/{change_id}": "change.read",
    "PATCH /api/v1/changes/{change_id}": "change.edit",
    "POST /api/v1/changes/{change_id}/preview": "change.read",
    "POST /api/v1/changes/{change_id}/submit": "change.submit",
    "POST /api/v1/changes/{change_id}/return": "change.return",
    "POST /api/v1/changes/{change_id}/settle": "change.settle",
    "POST /api/v1/changes/{change_id}/resolve": "change.resolve",
    "POST /api/v1/changes/{change_id}/send_up": "change.send_up",
    "POST /api/v1/changes/{change_id}/outcome": "change.record_outcome",
    "POST /api/v1/changes/{change_id}/report": "change.report",
    "POST /api/v1/changes/{change_id}/apply": "change.apply",
    "POST /api/v1/changes/{change_id}/close": "change.close",
    "POST /api/v1/changes/{change_id}/withdraw": "change.withdraw",
    "POST /api/v1/changes/{change_id}/objections": "objection.record",
    "GET /api/v1/changes/{change_id}/history": "change.read",
    "GET /api/v1/changes/{change_id}/acts": "change.read",
    "PUT /api/v1/changes/{change_id}/files/{key}": "change.edit",
    "GET /api/v1/changes/{change_id}/files/{key}": "change.read",
    "DELETE /api/v1/changes/{change_id}/files/{key}": "change.edit",
    "GET /api/v1/obligations/{obligation_id}": "obligation.read",
    "GET /api/v1/obligations/{obligation_id}/history": "obligation.read",
    "GET /api/v1/obligations/{obligation_id}/acts": "obligation.read",
    "GET /api/v1/obligations/{obligation_id}/files/{key}": "obligation.read",
    "PUT /api/v1/obligations/{obligation_id}/files/{key}": "obligation.prove",
    "POST /api/v1/obligations/{obligation_id}/serve": "obligation.serve",
    "POST /api/v1/obligations/{obligation_id}/prove": "obligation.prove",
    "POST /api/v1/obligations/{obligation_id}/take_back": "obligation.take_back",
    "GET /api/v1/delegations": "delegation.read",
    "GET /api/v1/delegations/export": "delegation.read",
    "POST /api/v1/delegation-orders": "delegation.draft",
    "GET /api/v1/delegation-orders/choices": "delegation.draft",
    # Drafts: they name no office yet, so that only who reads the province's orders reads them.
    "GET /api/v1/delegation-orders/{order_id}": "delegation.read",
    "GET /api/v1/delegation-orders/{order_id}/history": "delegation.read",
    "GET /api/v1/delegation-orders/{order_id}/acts": "delegation.read",
    "GET /api/v1/delegation-orders/{order_id}/papers/{file}": "delegation.read",
    "PATCH /api/v1/delegation-orders/{order_id}": "delegation.edit",
    "POST /api/v1/delegation-orders/{order_id}/sign": "delegation.sign",
    "POST /api/v1/delegation-orders/{order_id}/close": "delegation.close",
    "POST /api/v1/delegation-orders/{order_id}/revoke": "delegation.revoke",
    "POST /api/v1/delegation-orders/{order_id}/withdraw": "delegation.withdraw",
    "POST /api/v1/cases": "case.take",
    "POST /api/v1/cases/alike": "case.take",
    "GET /api/v1/cases/{case_id}": "case.read",
    "GET /api/v1/cases/{case_id}/history": "case.read",
    "GET /api/v1/cases/{case_id}/clocks": "case.read",
    "GET /api/v1/cases/{case_id}/acts": "case.read",
    "GET /api/v1/cases/{case_id}/files/{key}": "case.read",
    "GET /api/v1/cases/{case_id}/slip": "case.print",
    "GET /api/v1/cases/{case_id}/print": "case.print",
    "PUT /api/v1/cases/{case_id}/files/{key}": "case.attach",
    "POST /api/v1/cases/{case_id}/screen": "case.screen",
    "POST /api/v1/cases/{case_id}/reject": "case.reject",
    "POST /api/v1/cases/{case_id}/take_charge": "case.take_charge",
    "POST /api/v1/cases/{case_id}/assignments": "case.assign",
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/end": "case.end_assignment",
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/accept": "case.accept",
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/progress": "case.progress",
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/report": "case.report_result",
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/return": "case.return",
    "POST /api/v1/cases/{case_id}/handle": "case.handle",
    "POST /api/v1/cases/{case_id}/result": "case.record_result",
    "POST /api/v1/cases/{case_id}/mediate": "case.mediate",
    "POST /api/v1/cases/{case_id}/mediation_end": "case.end_mediation",
    "POST /api/v1/cases/{case_id}/send_up": "case.send_up",
    "POST /api/v1/cases/{case_id}/take_up": "case.take_up",
    "POST /api/v1/cases/{case_id}/send_back": "case.send_back",
    "POST /api/v1/cases/{case_id}/merge": "case.merge",
    "POST /api/v1/cases/{case_id}/withdraw": "case.withdraw",
    "POST /api/v1/cases/{case_id}/reopen": "case.reopen",
    "POST /api/v1/cases/{case_id}/tell": "case.tell",
    "POST /api/v1/cases/{case_id}/tasks": "case.add_task",
    "POST /api/v1/cases/{case_id}/tasks/{task_id}/done": "case.do_task",
    "POST /api/v1/cases/{case_id}/reveal": "case.reveal",
    "POST /api/v1/cases/{case_id}/closing": "case.propose_closing",
    "POST /api/v1/cases/{case_id}/close": "case.close",
    "POST /api/v1/cases/{case_id}/closing_refusal": "case.refuse_closing",
    "GET /api/v1/cases/{case_id}/services": "case.read",
    "POST /api/v1/cases/{case_id}/services": "case.apply",
    "POST /api/v1/cases/{case_id}/services/{service}/withdrawal": "case.withdraw_service",
    "POST /api/v1/cases/{case_id}/services/{service}/decision": "case.decide_service",
    "POST /api/v1/cases/{case_id}/services/{service}/certificate": "case.give_certificate",
    "POST /api/v1/cases/{case_id}/services/{service}/late_reason": "case.give_late_reason",
    "POST /api/v1/cases/{case_id}/papers/{position}": "case.record_paper",
    "POST /api/v1/cases/{case_id}/papers_check": "case.check_papers",
    "POST /api/v1/cases/{case_id}/payments": "case.take_fee",
    "POST /api/v1/cases/{case_id}/payments/{payment_id}/correction": "case.correct_fee",
    "POST /api/v1/cases/{case_id}/appointment": "case.book_appointment",
    "POST /api/v1/cases/{case_id}/appointment_cancellation": "case.cancel_appointment",
    "GET /api/v1/service_centre/fees": "case.read_fees",
    "GET /api/v1/service_centre/fees/file": "case.read_fees",
    "GET /api/v1/service_centre/recurring": "case.read",
    "GET /api/v1/service_centre/needs": "case.read",
    "GET /api/v1/service_centre/needs/{need_id}": "case.read",
    "POST /api/v1/service_centre/needs": "need.propose",
    "POST /api/v1/service_centre/needs/{need_id}/withdraw": "need.withdraw",
    "PUT /api/v1/service_centre/counter/times": "counter.set_times",
    "GET /api/v1/service_centre/counter/day": "queue.read",
    "POST /api/v1/service_centre/queue/tickets": "queue.give_number",
    "POST /api/v1/service_centre/queue/call": "queue.call",
    "POST /api/v1/service_centre/queue/tickets/{ticket_id}/end": "queue.end",
}

# Acts of a body's members, or of who is responsible: the register of members and the resolution are asked besides, so
# that the law alone does not say who may.
BESIDES = {"conflict.declare", "circulation.answer", "assignment.report"}
# Anybody does these in the capacity of a citizen, without signing in.
AS_A_CITIZEN = {"case.report", "case.follow", "case.add_word", "case.confirm", "case.reopen_own", "case.withdraw_own",
                "case.attach_own", "case.book_own_appointment", "case.cancel_own_appointment"}
# What is shown within a case that is read; what the last paper completes.
WITHIN = {"case.see_reporters", "case.complete_service"}
BY_CODE = " /api/v1/service_centre/(reports|alike|track|words|confirm|reopen|withdraw|tickets|appointments)"
# By a key of their own, not by the session: none is configured here, and none is sent.
BY_KEY = "^POST (/open311/|/channels/)"
# Acts for a body are its secretariat's alone: the bodies of the probes below are provincial ones.
OF_THE_SECRETARIAT = ("member.", "meeting.", "circulation.", "assignment.close", "resolution.correct")

PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


class World:
    """Two provinces alike in everything that a permission could depend on."""

    def __init__(self, server):
        self.server = server
        self.opdc = server.signed("opdc")
        call = {"fiscal_year": 2027, "title_th": "ประกาศทดสอบ", "title_en": "A call", "guidance_th": "",
                "guidance_en": "", "opens_at": "2026-01-01T00:00:00.000Z", "deadline_at": "2099-01-01T00:00:00.000Z",
                "invited": ["40", "70"], "volunteers_allowed": False,
                "requirements": [{"key": "plan", "label_th": "แผน", "label_en": "Plan", "required": False,
                                  "kind": "file"}]}
        self.new_call = call
        self.call = self.made(self.opdc, "/api/v1/calls", call)["call_id"]
        self.made(self.opdc, f"/api/v1/calls/{self.call}/open", {})
        self.meeting = self.made(self.opdc, "/api/v1/meetings", ServerTest.new_meeting())["meeting_id"]
        self.resolution = self.made(self.opdc, "/api/v1/resolutions", self.new_resolution())["resolution_id"]
        self.application, self.kpi, self.value, self.imported, self.office, self.holding = {}, {}, {}, {}, {}, {}
        self.committee, self.project, self.change, self.obligation, self.order, self.case = {}, {}, {}, {}, {}, {}
        admin = server.signed("admin")
        self.person = admin.get("/api/v1/persons?search=governor.39").json["items"][0]["person_id"]
        for where, province in PROVINCES.items():
            districts = admin.get(f"/api/v1/offices?role=district&area={province}").json["items"]
            [district] = [o for o in districts if "officer" in o["title_en"]]
            self.office[where] = district["office_id"]
            self.holding[where] = district["holders"][0]["holding_id"]
            office = server.signed(f"office.{province}")
            made = self.made(office, "/api/v1/applications", {"call_id": self.call, "province": province})
            self.application[where] = made["application_id"]
            self.put_file(office, where)
            self.kpi[where] = self.made(office, "/api/v1/kpis", self.new_kpi(province))
            self.value[where] = self.made(office, f"/api/v1/kpis/{self.kpi[where]['kpi_id']}/values", {
                "period": "2025-12", "value": "12.5", "source_class": "administrative_record"})["value_id"]
            self.imported[where] = self.made_from(office.post(
                f"/api/v1/imports?kind=kpi_values&name=values.csv&province={province}", body=self.sheet(where),
                media_type="text/csv"))["import_id"]
            self.project[where] = self.made(office, "/api/v1/projects", self.new_project(province))["project_id"]
            self.change[where] = self.made(office, "/api/v1/changes", self.new_change(where))
            self.put_change_file(office, where)
            self.obligation[where] = self.new_obligation(office, province)
            self.order[where] = self.made(office, "/api/v1/delegation-orders", self.new_order(province))
            self.committee[where] = self.new_committee(office, province)
            self.case[where] = self.new_case(province, admin)

    def new_case(self, province, admin):
        """A case of the first district, with a file, a task and an agency at work."""
        desk = self.server.signed(f"district.{province}01")
        receipt = self.made(desk, "/api/v1/cases", self.case_of(province))
        at = f"/api/v1/cases/{receipt['case_id']}"
        agency = admin.get(f"/api/v1/offices?role=provincial_agency&area={province}").json["items"][0]["office_id"]
        self.made_from(desk.put(f"{at}/files/plan?name=a.pdf", body=PDF, media_type="application/pdf", if_match="*"))
        self.made_from(desk.post(f"{at}/tasks", {"text": "ดูหน้างาน"}, if_match="*"))
        self.made_from(desk.post(f"{at}/screen", {}, if_match="*"))
        case = self.made_from(desk.post(f"{at}/assignments", {"office_id": agency}, if_match="*"))
        ticket = self.made(desk, "/api/v1/service_centre/queue/tickets", {"district": f"{province}01"})
        need = self.made(desk, "/api/v1/service_centre/needs", self.new_need(desk, province))
        return {"case_id": receipt["case_id"], "ticket_id": ticket["ticket_id"], "need_id": need["need_id"], "service": "dopa_207", "position": 1,
                "payment_id": "01" + "0" * 24, "code": receipt["tracking_code"], "agency": agency,
                "assignment_id": case["assignments"][0]["assignment_id"], "task_id": case["tasks"][0]["task_id"]}

    def new_need(self, desk, province):
        cases = [self.made(desk, "/api/v1/cases", self.case_of(province))["case_id"] for _ in range(5)]
        return {"area": f"{province}0101", "category": "utilities", "title": "ซ่อมถนนทั้งสาย", "cases": cases}

    def case_of(self, province):
        return {"kind": "complaint", "category": "utilities", "channel": "walk_in", "importance": "ordinary",
                "title": "ถนนเป็นหลุม", "detail": "", "place": {"area": f"{province}0101", "given": "typed"},
                "reporters": [{"type": "anonymous"}]}

    def citizen_case(self):
        return {"title": "ไฟดับ", "detail": "", "place": {"area": "700101", "given": "typed"},
                "reporters": [{"type": "anonymous"}]}

    def by_code(self, **more):
        """A case of its own each time: what a citizen does may end it."""
        made = self.made(self.server.signed("district.7001"), "/api/v1/cases", self.case_of("70"))
        return {"code": made["tracking_code"]} | more

    def new_committee(self, office, province):
        """A meeting that was held and gave work, one that is planned, a circulation and an urgent matter."""
        body = f"provincial_committee.{province}"
        # Every seat is filled here by offices without accounts; a demonstration has filled some already.
        members = [m["member_id"] for m in office.get(f"/api/v1/bodies/{body}").json["members"]]
        if not members:
            members = [self.made(office, f"/api/v1/bodies/{body}/members", {
                "seat": seat, "title_th": seat, "from_date": "2020-01-01"})["member_id"]
                for seat in ("palad", "prosecutor", "police")]
        ending = self.made(office, f"/api/v1/bodies/{body}/members", self.new_member())["member_id"]
        meeting = self.made(office, "/api/v1/meetings/plan", self.new_plan(province))["meeting_id"]
        at = f"/api/v1/meetings/{meeting}"
        item = self.made_from(office.post(f"{at}/items", {"part": 5, "title_th": "เรื่อง"}, if_match="*"))["item_id"]
        paper = self.made_from(office.post(f"/api/v1/agenda-items/{item}/papers?name=a.pdf", body=PDF,
                                           media_type="application/pdf"))["paper_id"]
        held = self.made(office, "/api/v1/meetings/plan", self.new_plan(province))["meeting_id"]
        work = self.made_from(office.post(f"/api/v1/meetings/{held}/items", {"part": 5, "title_th": "งาน"},
                                          if_match="*"))["item_id"]
        self.made_from(office.post(f"/api/v1/meetings/{held}/call", {}, if_match="*"))
        everybody = [*members, ending]
        self.made_from(office.put(f"/api/v1/meetings/{held}/attendance", {
            "entries": [{"member_id": m, "presence": "present"} for m in everybody]}, if_match="*"))
        self.made_from(office.post(f"/api/v1/meetings/{held}/open", {}, if_match="*"))
        resolution = self.made_from(office.post(f"/api/v1/agenda-items/{work}/resolutions", {
            "kind": "assign", "text_th": "มอบหมาย", "follow_up": [{
                "text_th": "ทำ", "responsible_th": "อำเภอ", "responsible_role": "district",
                "responsible_area": f"{province}01"}]}, if_match="*"))["resolution_id"]
        assignment = office.get(f"/api/v1/meetings/{held}").json["assignments"][0]["assignment_id"]
        circulation = self.made(office, "/api/v1/circulations", self.new_circulation(province))["meeting_id"]
        matter = self.made(office, "/api/v1/matters", self.new_matter(province))["matter_id"]
        return {"meeting_id": meeting, "item_id": item, "paper_id": paper, "member_id": ending, "code": body,
                "assignment_id": assignment, "circulation": circulation, "matter_id": matter,
                "resolution": resolution}

    def new_member(self):
        return {"seat": "head_of_office", "title_th": "หัวหน้าส่วนราชการ", "from_date": "2020-01-01"}

    def new_plan(self, province):
        return {"body": f"provincial_committee.{province}", "number": f"{100 + ServerTest.next_number() % 800}/2641",
                "starts_at": "2098-03-02T02:00:00.000Z", "place_th": "ศาลากลางจังหวัด"}

    def new_circulation(self, province):
        year = today().year + 543
        return {"body": f"provincial_committee.{province}", "number": f"ว{ServerTest.next_number() % 900 + 50}/{year}",
                "title_th": "เวียน", "detail_th": "รายละเอียด", "proposal_th": "เห็นชอบ",
                "deadline_at": "2098-01-01T00:00:00.000Z"}

    def new_matter(self, province):
        return {"area": f"{province}01", "title_th": "น้ำท่วม", "detail_th": "ถนนจมน้ำ", "source": "complaint",
                "people_affected": 10, "risk_24_hours_th": "ก", "risk_72_hours_th": "ข", "money_source": "none",
                "lead_agency_th": "ปภ.", "due_at": "2098-01-01T00:00:00.000Z"}

    def made(self, client, path, body):
        return self.made_from(client.post(path, body))

    def made_from(self, answer):
        assert answer.status in (200, 201), answer
        return answer.json

    def put_file(self, client, where):
        return client.put(f"/api/v1/applications/{self.application[where]}/files/plan?name=plan.pdf", body=PDF,
                          media_type="application/pdf", if_match="*")

    def put_change_file(self, client, where):
        return client.put(f"/api/v1/changes/{self.change[where]['change_id']}/files/plan?name=plan.pdf", body=PDF,
                          media_type="application/pdf", if_match="*")

    def new_project(self, province):
        content = {"name_th": "โครงการทดสอบ", "objective_th": "", "output_th": "", "target_th": "", "plan_links": [],
                   "kpis": [], "activities": [], "place": {"areas": [], "detail_th": ""}, "budget": [], "office_th": "",
                   "budget_unit_th": ""}
        return {"province": province, "fiscal_year": 2027, "code": f"T-{ServerTest.next_number()}",
                "budget_class": "within_ceiling", "funding": "province_budget", "content": content, "source": "แผน"}

    def new_change(self, where):
        return {"kind": "amend", "project_id": self.project[where]}

    def new_obligation(self, office, province):
        """What the decision of a change obliges the province to, with a proof as a file."""
        project = self.new_project(province)
        project["content"]["activities"] = [{"name_th": "อบรม", "method_th": "จ้างเหมา", "office_th": ""}]
        change = self.made(office, "/api/v1/changes", {
            "kind": "amend", "project_id": self.made(office, "/api/v1/projects", project)["project_id"]})
        content = change["content"] | {"reason_th": "เหตุผล"}
        content["after"]["activities"][0]["method_th"] = "ดำเนินการเอง"
        at = f"/api/v1/changes/{change['change_id']}"
        self.made_from(office.patch(at, {"content": content}, if_match="*"))
        self.made_from(office.post(f"{at}/submit", {}, if_match="*"))
        self.made_from(office.post(f"{at}/settle", {"reason_th": ""}, if_match="*"))
        meeting = ServerTest.new_meeting() | {
            "body": f"provincial_administration_committee.{province}", "on_date": str(today())}
        meeting["number"] = f"{ServerTest.next_number()}/{today().year + 543}"
        self.made_from(office.post(f"{at}/resolve", {
            "meeting_id": self.made(office, "/api/v1/meetings", meeting)["meeting_id"], "number": "1",
            "kind": "approve", "text_th": "เห็นชอบ"}, if_match="*"))
        [raised] = office.get(f"/api/v1/obligations?subject_kind=change&subject_id={change['change_id']}").json["items"]
        self.made_from(self.put_proof(office, raised["obligation_id"], "plan"))
        return raised["obligation_id"]

    def put_proof(self, client, obligation, key):
        return client.put(f"/api/v1/obligations/{obligation}/files/{key}", body=PDF, media_type="application/pdf",
                          if_match="*")

    def new_order(self, province):
        return {"province": province, "kind": "procurement"}

    def new_resolution(self):
        return {"meeting_id": self.meeting, "number": str(ServerTest.next_number()), "kind": "acknowledge",
                "text_th": "รับทราบ"}

    def new_kpi(self, province):
        return {"code": f"test.{ServerTest.next_number()}", "name_th": "ตัวชี้วัดทดสอบ", "name_en": "A test",
                "definition_th": "นับ", "unit_th": "ราย", "unit_en": "", "direction": "higher",
                "source_th": "ทะเบียน", "owner_th": "สำนักงานจังหวัด", "weight": "10", "baseline": [], "targets": [],
                "province": province, "fiscal_year": 2026}

    def sheet(self, where):
        code = self.kpi[where]["code"]
        return f"ตัวชี้วัด,งวด,ค่า\n{code},2026-0{ServerTest.next_number() % 9 + 1},12.5\n".encode()

    def token_of(self, person):
        """A token to be deleted: of the person, or of somebody else."""
        wanted = {"name": "t", "scopes": ["read"], "expires_on": str(today())}
        return self.made(self.server.signed(person), "/api/v1/me/tokens", wanted)["token_id"]

    # ---- one request of a route, complete and well formed, so that only who asks can be wrong

    def probe(self, route, role, where):
        """The answer of the route to a role; `where` is own, foreign or any."""
        client = self.server.client() if role == "nobody" else self.server.signed(role)
        special = getattr(self, "probe_" + SPECIAL[route], None) if route in SPECIAL else None
        if special:
            return special(client, role, where)
        method, path = route.split(" ")
        values = {"call_id": self.call, "resolution_id": self.resolution, "application_id": self.application.get(where),
                  "obligation_id": self.obligation.get(where),
                  "project_id": self.project.get(where), "change_id": self.change.get(where, {}).get("change_id"),
                  "order_id": self.order.get(where, {}).get("order_id"), "file": "order.pdf", "district": "7001",
                  "kpi_id": self.kpi.get(where, {}).get("kpi_id"), "value_id": self.value.get(where),
                  "import_id": self.imported.get(where), "code": PROVINCES.get(where, "70"), "key": "plan",
                  "local_government_id": "01" + "0" * 24,  # the demonstration has none
                  "person_id": self.person, "provider": "thaid", "office_id": self.office.get(where),
                  "holding_id": self.holding.get(where), "instrument": "programme_rules"}
        if where in self.committee:
            kept = self.committee[where]
            values |= {k: v for k, v in kept.items() if k not in ("code", "circulation", "resolution")}
            if "/bodies/" in path:
                values["code"] = kept["code"]
            if path.endswith(("/answer", "/count")):
                values["meeting_id"] = kept["circulation"]
        elif "/bodies/" in path:
            values["code"] = "opdc"
        if any(name in path for name in ("{case_id}", "{ticket_id}", "{need_id}")):
            values |= self.case[where]
        for name, value in values.items():
            path = path.replace("{" + name + "}", str(value))
        path += QUERIES.get(route, "").replace("{province}", PROVINCES.get(where, "70"))
        if method == "GET":
            return client.get(path)
        body = BODIES[route](self, where) if route in BODIES else {}
        versioned = method == "PATCH" or route.startswith(
            ("POST /api/v1/changes/", "POST /api/v1/obligations/", "POST /api/v1/delegation-orders/"))
        return client.request(method, path, body, if_match='"0"' if versioned else None)

    def probe_paper(self, client, role, where):
        office = self.server.signed(f"office.{PROVINCES[where]}")  # an item of its own: each takes twenty papers
        item = self.made_from(office.post(f"/api/v1/meetings/{self.committee[where]['meeting_id']}/items",
                                          {"part": 6, "title_th": "เอกสาร"}, if_match="*"))["item_id"]
        return client.post(f"/api/v1/agenda-items/{item}/papers?name=b.pdf", body=PDF, media_type="application/pdf")

    def probe_remove_paper(self, client, role, where):
        made = self.probe_paper(self.server.signed(f"office.{PROVINCES[where]}"), role, where)
        return client.delete(f"/api/v1/papers/{self.made_from(made)['paper_id']}")

    def probe_evidence(self, client, role, where):
        return client.post(f"/api/v1/assignments/{self.committee[where]['assignment_id']}/evidence?name=b.pdf", body=PDF,
                           media_type="application/pdf")

    def probe_correct_resolution(self, client, role, where):
        return client.post(f"/api/v1/resolutions/{self.committee[where]['resolution']}/correct", {"reason": "จดผิด"})

    def probe_session(self, client, role, where):
        other = self.server.client()  # signing out must not end the session of the next probes
        if role != "nobody":
            other.sign_in(role)
        return other.delete("/api/v1/session")

    def probe_sign_in(self, client, role, where):
        username = "citizen" if role == "nobody" else role
        return self.server.client().post("/api/v1/session", {"username": username, "password": DEMO_PASSWORD})

    def probe_my_session(self, client, role, where):
        own = where == "own" and role != "nobody"
        session = self.server.client().sign_in(role) if own else self.server.signed("governor.40")
        session_id = next(s["session_id"] for s in session.get("/api/v1/me/sessions").json["items"] if s["current"])
        return client.delete(f"/api/v1/me/sessions/{session_id}")

    def probe_my_token(self, client, role, where):
        owner = role if where == "own" and role != "nobody" else "governor.40"
        return client.delete(f"/api/v1/me/tokens/{self.token_of(owner)}")

    def probe_put_file(self, client, role, where):
        return self.put_file(client, where)

    def probe_remove_file(self, client, role, where):
        self.put_file(self.server.signed(f"office.{PROVINCES[where]}"), where)
        return client.delete(f"/api/v1/applications/{self.application[where]}/files/plan", if_match="*")

    def probe_put_change_file(self, client, role, where):
        return self.put_change_file(client, where)

    def probe_put_proof(self, client, role, where):
        return self.put_proof(client, self.obligation[where], f"p{ServerTest.next_number()}")

    def probe_remove_change_file(self, client, role, where):
        self.put_change_file(self.server.signed(f"office.{PROVINCES[where]}"), where)
        return client.delete(f"/api/v1/changes/{self.change[where]['change_id']}/files/plan", if_match="*")

    def probe_put_case_file(self, client, role, where):
        return client.put(f"/api/v1/cases/{self.case[where]['case_id']}/files/more?name=b.pdf", body=PDF,
                          media_type="application/pdf")

    def probe_put_own_case_file(self, client, role, where):
        seen = self.made_from(client.post("/api/v1/service_centre/track", self.by_code()))
        return client.put(f"/api/v1/service_centre/tickets/{seen['ticket']}/files/a", body=PDF,
                          media_type="application/pdf")

    def probe_get_told_file(self, client, role, where):
        """No photo was let out: whoever asks hears that there is none."""
        seen = self.made_from(client.post("/api/v1/service_centre/track", self.by_code()))
        return client.get(f"/api/v1/service_centre/tickets/{seen['ticket']}/files/a")

    def probe_import(self, client, role, where):
        return client.post(f"/api/v1/imports?kind=kpi_values&name=values.csv&province={PROVINCES[where]}",
                           body=self.sheet(where), media_type="text/csv")

    def probe_events(self, client, role, where):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        cookies = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
        connection.request("GET", "/api/v1/events", headers={"Cookie": cookies} if cookies else {})
        response = connection.getresponse()
        is_stream = response.headers["Content-Type"] == "text/event-stream"
        answer = type(client.get("/api/v1/clusters"))(response.status, response.headers,
                                                      b"" if is_stream else response.read())
        response.close()
        connection.close()
        return answer


SPECIAL = {
    "DELETE /api/v1/session": "session",
    "POST /api/v1/session": "sign_in",
    "DELETE /api/v1/me/sessions/{session_id}": "my_session",
    "DELETE /api/v1/me/tokens/{token_id}": "my_token",
    "PUT /api/v1/applications/{application_id}/files/{key}": "put_file",
    "DELETE /api/v1/applications/{application_id}/files/{key}": "remove_file",
    "PUT /api/v1/changes/{change_id}/files/{key}": "put_change_file",
    "DELETE /api/v1/changes/{change_id}/files/{key}": "remove_change_file",
    "PUT /api/v1/obligations/{obligation_id}/files/{key}": "put_proof",
    "PUT /api/v1/cases/{case_id}/files/{key}": "put_case_file",
    "PUT /api/v1/service_centre/tickets/{ticket}/files/{key}": "put_own_case_file",
    "GET /api/v1/service_centre/tickets/{ticket}/files/{key}": "get_told_file",
    "POST /api/v1/imports": "import",
    "GET /api/v1/events": "events",
    "POST /api/v1/agenda-items/{item_id}/papers": "paper",
    "DELETE /api/v1/papers/{paper_id}": "remove_paper",
    "POST /api/v1/assignments/{assignment_id}/evidence": "evidence",
    "POST /api/v1/resolutions/{resolution_id}/correct": "correct_resolution",
}

QUERIES = {
    "GET /api/v1/delegations": "?province={province}",
    "GET /api/v1/delegations/export": "?province={province}&format=csv",
    "GET /api/v1/delegation-orders/choices": "?province={province}&kind=procurement",
    "GET /api/v1/cases/export": "?format=json&area=7001",
    "GET /open311/v2/requests.json": "?jurisdiction_id=7001",
    "GET /open311/v2/requests.xml": "?jurisdiction_id=7001",
    "GET /api/v1/service_centre/board": "?area=7001",
    "GET /api/v1/service_centre/fees": "?district={province}01",
    "GET /api/v1/service_centre/fees/file": "?district={province}01",
    "GET /api/v1/service_centre/counter/times": "?district=7001",
    "GET /api/v1/service_centre/counter/free": "?district=7001",
    "GET /api/v1/service_centre/counter/day": "?district={province}01",
    "GET /api/v1/service_centre/queue": "?district=7001",
    "GET /api/v1/service_centre/recurring": "?area={province}01",
    "GET /api/v1/service_centre/needs": "?area={province}01",
    "GET /api/v1/service_centre/report": "?area=7001&month=2026-11",
    "GET /api/v1/service_centre/report/file": "?area=7001&month=2026-11&format=xlsx",
    "GET /api/v1/who-may-sign": "?act=call.open",
    "GET /api/v1/scoreboard": "?fiscal_year=2021",
    "GET /api/v1/scoreboard/dump": "?fiscal_year=2021",
    "GET /api/v1/ledger/proof/inclusion": "?sequence=0",
    "GET /api/v1/ledger/proof/consistency": "?from=1&to=1",
}

BODIES = {
    "POST /api/v1/me/password": lambda w, where: {"old_password": "not this one", "new_password": "x" * 20},
    "POST /api/v1/me/second_factor/confirm": lambda w, where: {"code": "000000"},
    "POST /api/v1/me/tokens": lambda w, where: {"name": "t", "scopes": ["read"], "expires_on": str(today())},
    "POST /api/v1/calls": lambda w, where: w.new_call,
    "PATCH /api/v1/calls/{call_id}": lambda w, where: {"title_en": "Other"},
    "POST /api/v1/applications": lambda w, where: {"call_id": w.call, "province": PROVINCES[where]},
    "PATCH /api/v1/applications/{application_id}": lambda w, where: {"proposal": {"summary_th": "ใหม่"}},
    "POST /api/v1/applications/{application_id}/return": lambda w, where: {
        "deadline_at": "2098-01-01T00:00:00.000Z", "findings": [{"pointer": "", "text": "ขาดเอกสาร"}]},
    "POST /api/v1/applications/{application_id}/accept": lambda w, where: {"note": ""},
    "POST /api/v1/applications/{application_id}/advise": lambda w, where: {"working_group": "economy", "text": "ดี"},
    "POST /api/v1/applications/{application_id}/resolve": lambda w, where: {
        "meeting_id": w.meeting, "number": str(ServerTest.next_number()), "kind": "approve", "text_th": "เห็นชอบ"},
    # Withdrawn by its own governor last of all, so that the others are asked about a living draft.
    "POST /api/v1/applications/{application_id}/withdraw": lambda w, where: {"reason": "ทดสอบ"},
    "POST /api/v1/meetings": lambda w, where: ServerTest.new_meeting(),
    "POST /api/v1/resolutions": lambda w, where: w.new_resolution(),
    "POST /api/v1/bodies/{code}/members": lambda w, where: w.new_member(),
    "POST /api/v1/members/{member_id}/end": lambda w, where: {"to_date": "2097-01-01", "reason": "ครบวาระ"},
    "POST /api/v1/meetings/plan": lambda w, where: w.new_plan(PROVINCES[where]),
    "PATCH /api/v1/meetings/{meeting_id}": lambda w, where: {"place_th": "ที่อื่น"},
    "PUT /api/v1/meetings/{meeting_id}/attendance": lambda w, where: {"entries": []},
    "POST /api/v1/meetings/{meeting_id}/cancel": lambda w, where: {"reason": "ทดสอบ"},
    "POST /api/v1/meetings/{meeting_id}/correct": lambda w, where: {"reason": "ทดสอบ"},
    "POST /api/v1/meetings/{meeting_id}/items": lambda w, where: {"part": 5, "title_th": "เรื่อง"},
    "PUT /api/v1/meetings/{meeting_id}/order": lambda w, where: {"items": []},
    "POST /api/v1/meetings/{meeting_id}/answer": lambda w, where: {"answer": "agree"},
    "POST /api/v1/circulations": lambda w, where: w.new_circulation(PROVINCES[where]),
    "PATCH /api/v1/agenda-items/{item_id}": lambda w, where: {"title_en": "Other"},
    "PUT /api/v1/agenda-items/{item_id}/discussion": lambda w, where: {"discussion_th": "อภิปราย"},
    "POST /api/v1/agenda-items/{item_id}/conflicts": lambda w, where: {"reason_th": "คู่สัญญา"},
    "POST /api/v1/agenda-items/{item_id}/resolutions": lambda w, where: {"kind": "approve", "text_th": "เห็นชอบ"},
    "POST /api/v1/assignments/{assignment_id}/reports": lambda w, where: {"text_th": "ทำแล้ว"},
    "POST /api/v1/assignments/{assignment_id}/close": lambda w, where: {"outcome": "dropped", "note_th": "ทดสอบ"},
    "POST /api/v1/matters": lambda w, where: w.new_matter(PROVINCES[where]),
    "POST /api/v1/matters/{matter_id}/order": lambda w, where: {
        "text_th": "ให้ทำ", "order_number": "1/2569", "legal_basis_th": "ตามกฎหมาย"},
    "POST /api/v1/matters/{matter_id}/circulate": lambda w, where: {
        "number": w.new_circulation(PROVINCES[where])["number"], "proposal_th": "เห็นชอบ",
        "deadline_at": "2098-01-01T00:00:00.000Z"},
    "POST /api/v1/matters/{matter_id}/table": lambda w, where: {
        "meeting_id": w.committee[where]["meeting_id"], "proposal_th": "เห็นชอบ"},
    "POST /api/v1/matters/{matter_id}/reports": lambda w, where: {"text_th": "ทำแล้ว"},
    "POST /api/v1/matters/{matter_id}/close": lambda w, where: {"text_th": "จบ"},
    "POST /api/v1/matters/{matter_id}/withdraw": lambda w, where: {"reason": "ทดสอบ"},
    "POST /api/v1/kpis": lambda w, where: w.new_kpi(PROVINCES[where]),
    "PATCH /api/v1/kpis/{kpi_id}": lambda w, where: {"name_en": "Other"},
    # No If-Match goes with these: who may do it is asked first, and then nothing is changed.
    "POST /api/v1/persons": lambda w, where: {
        "username": "prasit", "name_th": "ประสิทธิ์", "name_en": "Prasit", "provider_only": True},
    "POST /api/v1/persons/{person_id}/providers": lambda w, where: {"provider": "thaid", "subject": "1"},
    "POST /api/v1/offices": lambda w, where: {
        "role": "auditor", "area": None, "title_th": "ผู้ตรวจสอบ", "title_en": "Auditor"},
    "POST /api/v1/offices/{office_id}/holdings": lambda w, where: {
        "username": "citizen", "acting": False, "from_date": "2026-01-01"},
    "POST /api/v1/holdings/{holding_id}/end": lambda w, where: {"last_day": "2026-01-01", "reason": "ย้าย"},
    "POST /api/v1/holdings/{holding_id}/correct": lambda w, where: {"from_date": "2020-01-01", "reason": "พิมพ์ผิด"},
    "POST /api/v1/holdings/{holding_id}/withdraw": lambda w, where: {"reason": "ผิดคน"},
    "POST /api/v1/kpis/{kpi_id}/values": lambda w, where: {
        "period": "2026-01", "value": "12.5", "source_class": "administrative_record"},
    "POST /api/v1/kpis/{kpi_id}/values/{value_id}/withdraw": lambda w, where: {"reason": "ทดสอบ"},
    "POST /api/v1/projects": lambda w, where: w.new_project(PROVINCES[where]),
    "POST /api/v1/changes": lambda w, where: w.new_change(where),
    "PATCH /api/v1/changes/{change_id}": lambda w, where: {"content": w.change[where]["content"]},
    "POST /api/v1/changes/{change_id}/preview": lambda w, where: {"content": w.change[where]["content"]},
    "POST /api/v1/changes/{change_id}/return": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/changes/{change_id}/withdraw": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/changes/{change_id}/settle": lambda w, where: {"reason_th": ""},
    "POST /api/v1/changes/{change_id}/resolve": lambda w, where: {
        "meeting_id": w.meeting, "number": "1", "kind": "approve", "text_th": "เห็นชอบ"},
    "POST /api/v1/changes/{change_id}/send_up": lambda w, where: {"letter_out": "ที่ 1"},
    "POST /api/v1/changes/{change_id}/outcome": lambda w, where: {
        "outcome": "approve", "on_date": str(today()), "source": "หนังสือ"},
    "POST /api/v1/changes/{change_id}/report": lambda w, where: {"on_date": str(today()), "proof": "หนังสือ"},
    "POST /api/v1/changes/{change_id}/objections": lambda w, where: {"text_th": "ไม่เห็นด้วย"},
    "POST /api/v1/obligations/{obligation_id}/serve": lambda w, where: {
        "sent_on": str(today()), "letter": "ที่ 1", "channel": "letter"},
    "POST /api/v1/obligations/{obligation_id}/prove": lambda w, where: {
        "received_on": str(today()), "receipt": "ลงรับ 1"},
    "POST /api/v1/obligations/{obligation_id}/take_back": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/delegation-orders": lambda w, where: w.new_order(PROVINCES[where]),
    "PATCH /api/v1/delegation-orders/{order_id}": lambda w, where: {"content": w.order[where]["content"]},
    "POST /api/v1/delegation-orders/{order_id}/uses": lambda w, where: {
        "act": "procurement.carry_out", "on_date": str(today()), "what_th": "ซื้อ", "amount_satang": 1, "reference": "1"},
    "POST /api/v1/delegation-orders/{order_id}/close": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/delegation-orders/{order_id}/revoke": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/delegation-orders/{order_id}/withdraw": lambda w, where: {"reason_th": "ทดสอบ"},
    # No If-Match goes with what is done to a case: who may do it is asked first, and then nothing is changed.
    "POST /api/v1/cases": lambda w, where: w.case_of(PROVINCES[where]),
    "POST /api/v1/cases/{case_id}/reject": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/assignments": lambda w, where: {"office_id": w.case[where]["agency"]},
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/end": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/progress": lambda w, where: {"result_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/report": lambda w, where: {"result_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/assignments/{assignment_id}/return": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/result": lambda w, where: {"result_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/mediation_end": lambda w, where: {"agreed": True, "outcome_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/send_up": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/send_back": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/merge": lambda w, where: {"into": w.case[where]["case_id"], "reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/withdraw": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/reopen": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/tell": lambda w, where: {"text_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/tasks": lambda w, where: {"text": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/reveal": lambda w, where: {"purpose": "contact_reporter", "reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/closing": lambda w, where: {"ground": "evidence", "summary_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/closing_refusal": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/alike": lambda w, where: {"text": "ถนนเป็นหลุม", "area": f"{PROVINCES[where]}01"},
    "POST /api/v1/cases/{case_id}/services": lambda w, where: {"services": ["dopa_207"]},
    "POST /api/v1/cases/{case_id}/services/{service}/withdrawal": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/services/{service}/decision": lambda w, where: {"outcome": "granted"},
    "POST /api/v1/cases/{case_id}/services/{service}/certificate": lambda w, where: {"certificate": "1"},
    "POST /api/v1/cases/{case_id}/services/{service}/late_reason": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/papers/{position}": lambda w, where: {"state": "handed_in", "seen": True},
    "POST /api/v1/cases/{case_id}/papers_check": lambda w, where: {"due_on": "2099-01-01"},
    "POST /api/v1/cases/{case_id}/payments": lambda w, where: {"service": "dopa_207", "satang": 10000, "receipt": "1"},
    "POST /api/v1/cases/{case_id}/payments/{payment_id}/correction": lambda w, where: {
        "satang": 0, "receipt": "2", "reason_th": "ทดสอบ"},
    "POST /api/v1/cases/{case_id}/appointment": lambda w, where: {"on": "2099-01-01", "starts": "09:00"},
    "POST /api/v1/cases/{case_id}/appointment_cancellation": lambda w, where: {"reason_th": "ทดสอบ"},
    "POST /api/v1/service_centre/needs": lambda w, where: {
        "area": PROVINCES[where] + "0101", "category": "utilities", "title": "ทดสอบ", "cases": []},
    "POST /api/v1/service_centre/needs/{need_id}/withdraw": lambda w, where: {"reason_th": "ทดสอบ"},
    "PUT /api/v1/service_centre/counter/times": lambda w, where: {
        "district": PROVINCES[where] + "01", "valid_from": "2099-01-01", "times": []},
    "POST /api/v1/service_centre/queue/tickets": lambda w, where: {"district": PROVINCES[where] + "01"},
    "POST /api/v1/service_centre/queue/call": lambda w, where: {"district": PROVINCES[where] + "01", "desk": "1"},
    "POST /api/v1/service_centre/queue/tickets/{ticket_id}/end": lambda w, where: {"outcome": "done"},
    "POST /api/v1/service_centre/appointments": lambda w, where: w.by_code(on="2099-01-01", starts="09:00"),
    "POST /api/v1/service_centre/appointments/cancellation": lambda w, where: w.by_code(),
    "POST /api/v1/service_centre/alike": lambda w, where: {"text": "ถนนเป็นหลุม", "area": "7001"},
    "POST /api/v1/service_centre/reports": lambda w, where: w.citizen_case(),
    "POST /api/v1/service_centre/track": lambda w, where: w.by_code(),
    "POST /api/v1/service_centre/words": lambda w, where: w.by_code(text_th="ทดสอบ"),
    "POST /api/v1/service_centre/confirm": lambda w, where: w.by_code(text_th="ทดสอบ"),
    "POST /api/v1/service_centre/reopen": lambda w, where: w.by_code(text_th="ทดสอบ"),
    "POST /api/v1/service_centre/withdraw": lambda w, where: w.by_code(text_th="ทดสอบ"),
}

# Routes on which own and foreign are different questions.
OWN_ACCOUNT = ("DELETE /api/v1/me/sessions/{session_id}", "DELETE /api/v1/me/tokens/{token_id}")


def places(route):
    in_committee = ("{meeting_id}", "{item_id}", "{member_id}", "{assignment_id}", "{paper_id}", "{matter_id}",
                    "/bodies/{code}/members", "{resolution_id}/correct")
    if any(part in route for part in in_committee) or route in (
            "POST /api/v1/meetings/plan", "POST /api/v1/circulations", "POST /api/v1/matters"):
        return ("own", "foreign")
    by_province = (any("{" + name + "}" in route for name in
                       ("application_id", "kpi_id", "import_id", "office_id", "holding_id", "project_id", "change_id",
                        "obligation_id", "order_id", "case_id", "ticket_id", "need_id"))
                   or route.endswith(("/service_centre/fees", "/service_centre/fees/file", "/counter/day",
                                      "/queue/tickets", "/queue/call", "/recurring", "/needs")) or route.startswith("PUT /api/v1/service_centre/")
                   or route in ("POST /api/v1/projects", "POST /api/v1/cases", "POST /api/v1/cases/alike", "POST /api/v1/changes", "GET /api/v1/provinces/{code}/changes",
                                "GET /api/v1/delegations", "GET /api/v1/delegations/export",
                                "POST /api/v1/delegation-orders", "GET /api/v1/delegation-orders/choices")
                   or route in ("POST /api/v1/applications", "POST /api/v1/kpis", "POST /api/v1/imports",
                                "GET /api/v1/provinces/{code}"))
    return ("own", "foreign") if by_province or route in OWN_ACCOUNT else ("any",)


def outcome(answer):
    known = {(401, "sign_in_required"): "sign_in", (403, "forbidden"): "forbidden", (403, None): "forbidden"}
    if (answer.status, answer.code) in known:
        return known[answer.status, answer.code]
    if answer.status == 404:
        return "not_found"
    # What the record's state or contents forbid is past the question of who asks.
    if answer.status < 400 or answer.status in (409, 412, 422, 428):
        return "ok"
    return f"{answer.status} {answer.code}"


def routes_of_contract():
    paths = json.loads(run("openapi").stdout)["paths"]
    return [f"{method.upper()} {path}" for path, item in paths.items() for method in item]


def in_order(routes):
    """Probes that change what others ask about come last; signing out comes after all."""
    late = ("/withdraw", "DELETE ", "/confirm")
    return sorted(routes, key=lambda route: any(word in route for word in late))


def observe(server):
    """The table as the running program answers it, and the answers that made it."""
    world, rows, answers = World(server), [], {}
    routes = routes_of_contract()
    for route in in_order(routes):
        for role in ROLES:
            for where in places(route):
                answer = world.probe(route, role, where)
                answers[route, role, where] = answer
                rows.append(dict(zip(COLUMNS, (route, role, where, outcome(answer)))))
    rows.sort(key=lambda row: (routes.index(row["route"]), ROLES.index(row["role"]), row["where"] != "own"))
    return rows, answers


def read_table():
    with open(TABLE, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Permissions(ServerTest):
    def test_every_route_answers_every_role_as_the_table_says(self):
        expected = {(r["route"], r["role"], r["where"]): r["expected"] for r in read_table()}
        observed, answers = observe(self.server)
        for row in observed:
            key = (row["route"], row["role"], row["where"])
            if key in expected:  # what is not in the table is another test's finding
                with self.subTest(" ".join(key)):
                    self.assertEqual(row["expected"], expected[key], answers[key])


class Table(unittest.TestCase):
    """The table itself: complete, and what the law says."""

    @classmethod
    def setUpClass(cls):
        cls.rows = read_table()
        law = SHARE / "data/law"
        cls.powers = [power for path in (law / "instruments").glob("*.yaml")
                      for power in yaml.safe_load(path.read_text(encoding="utf-8"))["powers"]]
        cls.here = {row["act"] for row in yaml.safe_load((law / "acts.yaml").read_text(encoding="utf-8"))
                    if row["group"] in ("programme", "committees", "indicators", "plans", "service_centre", "ledger",
                                        "identity")}
        demo = json.loads((SHARE / "data/demo/demo.json").read_text(encoding="utf-8"))
        cls.accounts = {a["username"]: a for a in demo["accounts"]}

    def test_every_route_of_the_contract_stands_in_the_table_and_no_other(self):
        wanted = {(route, role, where) for route in routes_of_contract() for role in ROLES for where in places(route)}
        listed = [(r["route"], r["role"], r["where"]) for r in self.rows]
        self.assertEqual(len(listed), len(set(listed)), "a line stands twice")
        self.assertEqual(wanted - set(listed), set(), "new routes: write the table again, and read what is new")
        self.assertEqual(set(listed) - wanted, set(), "routes that are gone")

    def test_expectations_are_words_that_mean_something(self):
        for row in self.rows:
            self.assertIn(row["expected"], ("ok", "sign_in", "forbidden", "not_found"), row)

    def test_nobody_changes_anything(self):
        for row in self.rows:
            reads = row["route"].startswith("GET ") or row["route"] == "POST /api/v1/session"
            if row["role"] == "nobody" and not reads and not re.search(BY_CODE, row["route"]):
                self.assertIn(row["expected"], ("forbidden", "not_found") if re.search(BY_KEY, row["route"]) else ("sign_in",), row)

    def test_a_citizen_changes_nothing_but_the_own_account(self):
        for row in self.rows:
            if row["role"] == "citizen" and not row["route"].startswith("GET ") and row["expected"] == "ok":
                self.assertRegex(row["route"], f" /api/v1/(me/|session$)|{BY_CODE}", row)

    def may(self, role, act, where):
        """What the law says, read without the program."""
        account = self.accounts[role]
        if act.startswith(OF_THE_SECRETARIAT) and act not in ("meeting.read", "meeting.record") and (
                account["role"] != "provincial_office"):
            return False
        for power in self.powers:
            if act not in power["acts"] or account["role"] not in power["holders"]:
                continue
            if "case_at_district" not in power.get("kinds", ["case_at_district"]) and act.startswith("case."):
                continue  # the cases of the probes are at the centre of their district, and no office's own
            if power["reach"] == "national":
                return True
            if power["reach"] == "own_area" and account["area"] and where in PROVINCES:
                # Urgent matters and cases lie in the first district of the province, the other probes in the province.
                area = PROVINCES[where] + ("01" if act.startswith(("urgent_matter.", "case.", "counter.", "queue.", "need.")) else "")
                if area.startswith(account["area"]):
                    return True
        return False

    def test_what_an_act_stands_behind_is_allowed_to_whom_the_law_allows_it(self):
        checked = 0
        for row in self.rows:
            act = ACTS.get(row["route"])
            if not act or row["role"] == "nobody":
                continue
            with self.subTest(" ".join(row.values())):
                allowed = self.may(row["role"], act, row["where"])
                self.assertEqual(row["expected"], "ok" if allowed else "forbidden")
                checked += 1
        self.assertGreater(checked, 200)

    def test_every_act_that_is_carried_out_here_is_behind_some_route(self):
        # Corrections are reported on the same address as values, and holders of all offices on that of districts'; the
        # rest has a route of its own.
        self.assertEqual(self.here - set(ACTS.values()), {"kpi.correct", "identity.record_holders"} | BESIDES | AS_A_CITIZEN | WITHIN)


class Lists(ServerTest):
    """A list shows what its reader may read one by one."""

    def test_applications_are_listed_to_who_may_read_them(self):
        world = World(self.server)
        both = {"own", "foreign"}
        readers = {"opdc": both, "moi": both, "committee": both, "auditor": both, "governor.70": {"own"},
                   "office.70": {"own"}, "governor.40": {"foreign"}, "district.7001": set(), "citizen": set()}
        for role, expected in readers.items():
            with self.subTest(role):
                listed = {a["application_id"] for a in self.signed(role).all_items("/api/v1/applications")}
                self.assertEqual({where for where, id in world.application.items() if id in listed}, expected)

    def test_a_draft_of_a_call_is_seen_by_those_who_draft(self):
        opdc = self.signed("opdc")
        draft = opdc.post("/api/v1/calls", {
            "fiscal_year": 2028, "title_th": "ร่าง", "title_en": "Draft", "guidance_th": "", "guidance_en": "",
            "opens_at": "2026-01-01T00:00:00.000Z", "deadline_at": "2099-01-01T00:00:00.000Z", "invited": ["70"],
            "volunteers_allowed": False, "requirements": []}).json["call_id"]
        for role in ROLES:
            client = self.nobody if role == "nobody" else self.signed(role)
            with self.subTest(role):
                listed = {call["call_id"] for call in client.all_items("/api/v1/calls")}
                self.assertEqual(draft in listed, role == "opdc")
                self.assertEqual(client.get(f"/api/v1/calls/{draft}").status, 200 if role == "opdc" else 404)


def write_table():
    with Server() as server:
        rows, _ = observe(server)
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} lines written to {TABLE}: now read what changed")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write_table()
    else:
        unittest.main()
