#pragma once
// For tests of obligations: the law and rules as reviewed, and a module that raises.

#include <memory>
#include <string>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"

#include "modules/obligations/obligations.hpp"
#include "modules/obligations/rules.hpp"

namespace changwat::obligations {

inline Date day(std::string_view iso) {
  return *Date::parse(iso);
}
inline Key key(std::string_view text) {
  return *Key::parse(text);
}

inline const FollowUpRules& reviewed_follow_up() {
  static const FollowUpRules rules =
      std::move(read_follow_up_rules(file_text("data/obligations/rules.json"))).value();
  return rules;
}

inline const Key budget_power = key("transfer_allocation");
inline const Key delegation_power = key("governor_procurement");

class ObligationsOnBothEngines : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    authority_ = std::make_unique<authority::Authority>(
        authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value());
    obligations_ =
        std::make_unique<Obligations>(database(), acts(), *authority_, reviewed_follow_up());
  }
  void TearDown() override {
    obligations_.reset();
    db::OnBothEngines::TearDown();
  }

  Obligations& obligations() { return *obligations_; }
  const authority::Authority& authority() const { return *authority_; }

  Call as(std::string role, std::string_view area = "70",
          std::string_view now = "2027-03-10T03:00:00.000Z") const {
    Call call;
    call.now = *Instant::parse(now);
    HeldOffice office{.office_id = "office_" + role + std::string(area), .role = role};
    if (!area.empty()) office.area = AreaCode::parse(area);
    office.title_th = "ตำแหน่ง " + role;
    office.title_en = "Office of " + role;
    call.caller = Caller{.person_id = "person_" + role + std::string(area), .offices = {office}};
    call.if_match_any = true;
    return call;
  }

  About about(std::string_view subject = "S1", std::string_view province = "70",
              std::string_view from = "2027-03-10") const {
    return {{key("change"), word<SubjectId>(subject)},
            *AreaCode::parse(province),
            word<Title>("ปรับปรุงถนน"),
            word<Title>("Road repair"),
            word<Link>("changes/S1"),
            obligations_->owing(key("governor")),
            day(from),
            Origin::real};
  }

  // As a module above does it: inside an act of its own.
  template <class F>
  auto within(const Call& call, F f) {
    using Out = decltype(f(std::declval<Tx&>()));
    return acts().template run<typename Out::value_type>(call, "test.raise", f);
  }

  NewObligation budget_report(const About& on) const {
    return {on, budget_power, *obligations_->duty(budget_power, key("report_to_budget_bureau"))};
  }

  ObligationRow raised(const About& on) {
    const auto office = as("governor", on.province.text());
    auto made = within(office, [&](Tx& tx) {
      return obligations().raise_within(tx, office, nullptr, budget_report(on));
    });
    EXPECT_TRUE(made.ok());
    return *made;
  }

  // A duty for which law names no day.
  ObligationRow raised_without_day(const About& on) {
    const auto office = as("governor", on.province.text());
    auto in = budget_report(on);
    in.duty.code = key("notify_parent_agency");
    in.duty.deadline.reset();
    auto made =
        within(office, [&](Tx& tx) { return obligations().raise_within(tx, office, nullptr, in); });
    EXPECT_TRUE(made.ok());
    return *made;
  }

  static Path<ObligationPath> path(const ObligationRow& row) { return {{row.obligation_id}}; }

  static SentLetter sent(std::string_view on = "2027-03-10") {
    return {day(on), word<Letter>("รบ 0017/123"), LetterChannel::letter};
  }
  static ReceiptProof received(std::string_view on = "2027-03-10") {
    return {day(on), word<Text<1, 300>>("ลงรับเลขที่ 987"), std::nullopt,
            word<Text<1, 500>>("แฟ้ม 12/2570")};
  }

 private:
  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<Obligations> obligations_;
};

}  // namespace changwat::obligations
