#pragma once
// For tests of committees: a fresh record with the bodies of data/committees, and callers by
// office.

#include <memory>
#include <string>
#include <vector>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"
#include "platform/documents/printed_for_tests.hpp"

#include "modules/committees/committees.hpp"

namespace changwat::committees {

// A caller who holds one office; the person is named after role and area.
inline Call as(const std::string& role, std::string_view now, std::string_view area = {}) {
  Call call;
  call.now = *Instant::parse(now);
  HeldOffice office{.office_id = "office_of_" + role + std::string(area),
                    .role = role,
                    .title_th = role + " (สาธิต)",
                    .title_en = role};
  if (!area.empty()) office.area = AreaCode::parse(area);
  call.caller = Caller{.person_id = "person_of_" + role + std::string(area), .offices = {office}};
  call.if_match_any = true;
  return call;
}

// One member of the sub-committee is an account, "member.1"; others have none.
class CommitteeLawTest : public db::OnBothEngines {
 protected:
  virtual Facts founding() { return *read_facts(file_text("data/programme/programme.json")); }

  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    authority_ = std::make_unique<authority::Authority>(
        authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value());
    committees_ = std::make_unique<Committees>(
        database(), acts(), *authority_, *Book::read(file_text("data/committees/committees.json")),
        [](const Key& username) -> std::optional<std::string> {
          if (!username.text().starts_with("member.")) return std::nullopt;
          return "person_of_" + username.text();
        },
        documents::paper::Printer(documents::paper::for_tests::typeface()));
    Call program;
    program.now = *Instant::parse("2019-12-01T00:00:00.000Z");
    ASSERT_TRUE(committees_->found(program, founding()).ok());
    ASSERT_TRUE(committees_->complete(program, provinces()).ok());
  }
  void TearDown() override {
    committees_.reset();
    db::OnBothEngines::TearDown();
  }

  static std::vector<Province> provinces() {
    return {{word<AreaCode>("10"), "กรุงเทพมหานคร", "Bangkok"},
            {word<AreaCode>("40"), "ขอนแก่น", "Khon Kaen"},
            {word<AreaCode>("70"), "ราชบุรี", "Ratchaburi"}};
  }

  Committees& committees() { return *committees_; }

  MemberId seat(const Call& call, const char* body, const char* seat, const char* title,
                const char* username = nullptr) {
    NewMember in;
    in.seat = word<Key>(seat);
    in.title_th = word<Title>(title);
    in.from_date = *Date::of(2019, 12, 1);
    if (username) in.username = word<Key>(username);
    const auto made = committees().appoint(const_cast<Call&>(call), {{word<Key>(body)}}, in);
    EXPECT_TRUE(made.ok()) << seat << ": " << (made.ok() ? "" : made.problem().en);
    return made.ok() ? made->value.member_id : MemberId{};
  }

  Path<MeetingPath> at(const MeetingId& id) { return {{id}}; }
  Path<AgendaItemPath> at(const AgendaItemId& id) { return {{id}}; }

  WholeMeeting page(const Call& call, const MeetingId& id) {
    auto copy = call;
    const auto found = committees().get_meeting(copy, at(id));
    EXPECT_TRUE(found.ok()) << (found.ok() ? "" : found.problem().en);
    return found.ok() ? *found : WholeMeeting{};
  }

  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<Committees> committees_;
};

// The value of a result that a test goes on with; what went wrong stands in the test's output.
template <class T>
T good(Result<T> result) {
  EXPECT_TRUE(result.ok());
  if (!result.ok()) {
    const auto& problem = result.problem();
    ADD_FAILURE() << problem.kind->code << ": " << problem.en
                  << (problem.fields.empty()
                          ? ""
                          : " " + problem.fields[0].pointer + " " + problem.fields[0].code);
    return T{};
  }
  return std::move(result).value();
}

template <class T>
std::string code_of(const Result<T>& result) {
  if (result.ok()) return "ok";
  const auto& problem = result.problem();
  return problem.fields.empty() ? std::string(problem.kind->code) : problem.fields[0].code;
}

}  // namespace changwat::committees
