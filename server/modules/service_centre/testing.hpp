#pragma once
// For tests of the service centre: the book as reviewed, two districts with their offices, and the
// real modules below.

#include <memory>
#include <string>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"
#include "platform/search/testing.hpp"

#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {

inline Instant moment(std::string_view iso) {
  return *Instant::parse(iso);
}
inline Date day(std::string_view iso) {
  return *Date::parse(iso);
}

inline const Book& reviewed_book() {
  static const Book book = Book::read(CHANGWAT_SOURCE_DIR).value();
  return book;
}

inline const search::Index& index_for_tests() {
  static const search::Index index(
      search::segmenter_for_tests(),
      read_json<search::LikenessRules>(file_text("data/search/alike.json")).value());
  return index;
}

inline constexpr std::string_view secret_name = "นางลับ ซ่อนนามสกุล";
inline constexpr std::string_view open_name = "นายเปิด เผยชื่อ";
inline constexpr std::string_view jpeg_bytes{
    "\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xD9", 22};

class CentreOnBothEngines : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    authority_ = std::make_unique<authority::Authority>(
        authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value());
    areas_ = std::make_unique<areas::Areas>(database(), acts());
    found_areas();
    offices_ = std::make_shared<const authority::Offices>(std::vector<authority::OfficeRow>{
        {"highways", "provincial_agency", AreaCode::parse("70"), "แขวงทางหลวง", "Highways"},
        {"water", "provincial_agency", AreaCode::parse("70"), "ประปา", "Waterworks"}});
    centre_ = make_centre();
  }
  void TearDown() override {
    centre_.reset();
    areas_.reset();
    db::OnBothEngines::TearDown();
  }

  std::unique_ptr<ServiceCentre> make_centre(CentreOptions options = {
                                                 .key = std::string(32, 'k')}) {
    return std::make_unique<ServiceCentre>(
        database(), acts(), *authority_, *areas_, [this](Instant) { return offices_; },
        reviewed_book(), index_for_tests(), std::move(options));
  }
  ServiceCentre& centre() { return *centre_; }
  const authority::Authority& authority() { return *authority_; }
  const areas::Areas& places() { return *areas_; }

  // An officer of an office, by name so that there can be a second person.
  Call as(std::string role, std::string_view area = "7001", std::string who = "a",
          std::string_view now = "2027-03-10T03:00:00.000Z") const {
    Call call;
    call.now = moment(now);
    HeldOffice office{.office_id = "office_" + role + std::string(area), .role = role};
    if (!area.empty()) office.area = AreaCode::parse(area);
    office.title_th = "ตำแหน่ง " + role;
    office.title_en = "Office of " + role;
    call.caller = Caller{.person_id = "person_" + role + who, .offices = {office}};
    call.if_match_any = true;
    return call;
  }
  Call desk(std::string_view now = "2027-03-10T03:00:00.000Z") const {
    return as("district", "7001", "a", now);
  }
  Call chief(std::string_view now = "2027-03-10T03:00:00.000Z") const {
    return as("district", "7001", "b", now);
  }
  Call agency(std::string office_id = "highways",
              std::string_view now = "2027-03-10T03:00:00.000Z") const {
    auto call = as("provincial_agency", "70", office_id, now);
    call.caller->offices[0].office_id = std::move(office_id);
    return call;
  }
  Call nobody(std::string_view now = "2027-03-10T03:00:00.000Z") const {
    Call call;
    call.now = moment(now);
    call.peer = "203.0.113.7";
    return call;
  }

  static NewReporter reporter(std::string_view name, ReporterType type = ReporterType::person) {
    NewReporter out;
    out.type = type;
    if (!name.empty()) out.name = word<Text<1, 200>>(name);
    out.phone = word<Phone>("081-234-5678");
    return out;
  }

  static NewCase new_case(std::string_view category = "utilities",
                          std::string_view kind = "complaint") {
    NewCase in;
    in.kind = word<Key>(kind);
    in.category = word<Key>(category);
    in.channel = word<Key>("walk_in");
    in.importance = word<Key>("ordinary");
    in.title = word<Title>("ถนนเป็นหลุม");
    in.detail = word<Detail>("หลุมกว้างหน้าโรงเรียน");
    in.place.area = *AreaCode::parse("700101");
    in.place.position = Position{*Decimal::parse("13.5"), *Decimal::parse("99.8")};
    in.reporters.push_back(reporter(open_name));
    return in;
  }

  Receipt taken(const NewCase& in, std::string_view now = "2027-03-10T03:00:00.000Z") {
    auto call = desk(now);
    const auto made = centre().take_case(call, in);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : to_text(made.problem()));
    return made->value;
  }
  Receipt taken() { return taken(new_case()); }

  static std::string to_text(const Problem& problem) {
    auto out = std::string(problem.kind->code) + " " + problem.en;
    for (const auto& field : problem.fields) out += " " + field.pointer + ":" + field.code;
    return out;
  }

  template <class T>
  T good(Result<T> result) {
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : to_text(result.problem()));
    if (!result.ok()) std::abort();
    return std::move(result).value();
  }

  static Path<CasePath> path(const CaseId& id) { return {{id}}; }
  static CaseReason reason(std::string_view text = "เหตุผล") { return {word<Remark>(text)}; }

  Case screened(const CaseId& id, std::string_view now = "2027-03-10T03:00:00.000Z") {
    auto call = desk(now);
    return good(centre().screen(call, path(id), {}));
  }
  Path<CaseAssignmentPath> assigned(const CaseId& id, std::string_view office = "highways",
                                    std::string_view now = "2027-03-10T03:00:00.000Z") {
    auto call = desk(now);
    const auto out = good(centre().assign(call, path(id), {word<OfficeRef>(office), {}, {}}));
    return {{id, out.assignments.back().assignment_id}};
  }
  // Screened, assigned, accepted and reported: resolved.
  Path<CaseAssignmentPath> reported(const CaseId& id,
                                    std::string_view now = "2027-03-10T03:00:00.000Z") {
    screened(id, now);
    const auto to = assigned(id, "highways", now);
    auto call = agency("highways", now);
    good(centre().accept(call, to, {}));
    good(centre().report_result(call, to, {word<Remark>("ซ่อมแล้ว")}));
    return to;
  }

  Case with_file(const CaseId& id, std::string_view key, FilePurpose purpose,
                 std::string_view taken_at, std::string_view latitude = "13.5",
                 std::string_view now = "2027-03-10T03:00:00.000Z") {
    CaseFileQuery query;
    query.purpose = purpose;
    query.taken_at = moment(taken_at);
    query.latitude = Decimal::parse(latitude);
    query.longitude = Decimal::parse("99.8");
    auto call = desk(now);
    const auto bytes = std::string(jpeg_bytes) + std::string(key);
    return good(centre().put_file(call, {{id, word<Key>(key)}}, {query}, {bytes, "image/jpeg"}));
  }
  static ProposeClosing by_evidence() {
    return {ClosingGround::evidence, word<Key>("before"), word<Key>("after"),
            word<Remark>("ซ่อมเสร็จแล้ว")};
  }
  // From received to closed on evidence, at one moment.
  Case closed(const CaseId& id, std::string_view now = "2027-03-10T03:00:00.000Z") {
    reported(id, now);
    const auto at = moment(now);
    with_file(id, "before", FilePurpose::before, at.plus_ms(-1000).text(), "13.5", now);
    with_file(id, "after", FilePurpose::after, at.text(), "13.5", now);
    auto first = desk(now);
    good(centre().propose_closing(first, path(id), by_evidence()));
    auto second = chief(now);
    return good(centre().close(second, path(id), {}));
  }

 private:
  void found_areas() {
    std::vector<areas::Area> all;
    for (const auto* code :
         {"40", "4001", "70", "7001", "7002", "700101", "700102", "70010101", "700201"}) {
      const auto area = *AreaCode::parse(code);
      areas::Area row{area, area.level(), word<areas::AreaName>("พื้นที่ " + std::string(code)),
                      word<areas::AreaName>("Area")};
      row.parent = area.parent();
      all.push_back(row);
    }
    const Call program;
    const auto changes = areas_->preview(all, day("2026-01-01"));
    ASSERT_TRUE(changes.ok());
    ASSERT_TRUE(areas_->import(program, *changes, "test").ok());
  }

  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<areas::Areas> areas_;
  std::shared_ptr<const authority::Offices> offices_;
  std::unique_ptr<ServiceCentre> centre_;
};

}  // namespace changwat::service_centre
