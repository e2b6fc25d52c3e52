#include "modules/service_centre/life.hpp"

#include <set>

#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

TEST(CitizenId, A_wrong_digit_is_found) {
  const std::string good = "1101700230678";
  ASSERT_TRUE(CitizenId::parse(good));
  EXPECT_EQ(CitizenId::parse("1-1017-00230-67-8")->text(), good);
  for (char digit = '0'; digit <= '9'; ++digit) {
    const auto other = good.substr(0, 12) + digit;
    EXPECT_EQ(CitizenId::parse(other).has_value(), other == good) << other;
  }
  for (std::size_t i = 0; i + 1 < good.size(); ++i) {
    if (i == 2) continue;  // its weight is 11: the check does not hold the third digit
    auto wrong = good;
    wrong[i] = wrong[i] == '9' ? '8' : static_cast<char>(wrong[i] + 1);
    EXPECT_FALSE(CitizenId::parse(wrong)) << wrong;
  }
  for (const auto* bad : {"", "110170023067", "11017002306783", "110170023067x", "0101700230673"})
    EXPECT_FALSE(CitizenId::parse(bad)) << bad;
}

TEST(Phone, Is_kept_without_what_people_write_between_digits) {
  EXPECT_EQ(Phone::parse("081-234 5678")->text(), "0812345678");
  EXPECT_EQ(Phone::parse("(032) 337 890")->text(), "032337890");
  EXPECT_EQ(Phone::parse("+66 81 234 5678")->text(), "+66812345678");
  for (const auto* bad : {"", "1234", "0812", "081234567890", "+1", "abc"})
    EXPECT_FALSE(Phone::parse(bad)) << bad;
}

TEST(TrackingCode, Every_wrong_character_and_every_swap_is_found) {
  const auto code = TrackingCode::of_bytes(std::string("twenty-eight bytes at the least of it"));
  const auto text = code.text();
  EXPECT_EQ(TrackingCode::parse(text), code);
  std::string lower;
  for (const char c : text) lower += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  EXPECT_EQ(TrackingCode::parse(lower), code);
  constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUWXYZ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    for (const char c : alphabet) {
      auto wrong = text;
      wrong[i] = c;
      if (wrong != text) {
        EXPECT_FALSE(TrackingCode::parse(wrong)) << wrong;
      }
    }
    for (std::size_t k = i + 1; k < text.size(); ++k) {
      auto swapped = text;
      std::swap(swapped[i], swapped[k]);
      if (text[k] != '-' && swapped != text) {
        EXPECT_FALSE(TrackingCode::parse(swapped)) << swapped;
      }
    }
  }
}

TEST(CaseLife, Every_state_can_be_reached_and_those_that_are_open_can_be_left) {
  std::set<CaseState> reached{CaseState::received}, left;
  for (const auto& step : centre_transitions) {
    reached.insert(step.to);
    left.insert(step.from);
  }
  reached.insert(CaseState::accepted);  // by its assignments
  for (const auto name : enum_names<CaseState>()) {
    const auto state = *enum_value<CaseState>(name);
    EXPECT_TRUE(reached.contains(state)) << name;
    if (!is_settled(state)) {
      EXPECT_TRUE(left.contains(state)) << name;
    }
  }
}

TEST(CaseLife, Nothing_is_closed_without_a_review_of_a_proposal) {
  for (const auto& step : centre_transitions) {
    if (step.to == CaseState::closed) {
      EXPECT_EQ(step.from, CaseState::reviewing);
    }
    if (step.to == CaseState::reviewing) {
      EXPECT_EQ(step.act, "case.propose_closing");
    }
  }
}

TEST(CaseLife, Every_act_of_the_tables_is_one_that_the_law_knows) {
  const auto law = authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value();
  for (const auto& step : centre_transitions)
    EXPECT_FALSE(law.powers_to(step.act).empty()) << step.act;
  for (const auto& step : assignment_transitions)
    EXPECT_FALSE(law.powers_to(step.act).empty()) << step.act;
  for (const auto act : standing_acts) EXPECT_FALSE(law.powers_to(act).empty()) << act;
}

TEST(CaseLife, The_state_of_a_case_follows_its_assignments) {
  using A = CaseAssignmentState;
  struct Row {
    std::vector<A> assignments;
    CaseState state;
  };
  for (const auto& row : {Row{{}, CaseState::screening}, Row{{A::assigned}, CaseState::assigned},
                          Row{{A::assigned, A::accepted}, CaseState::accepted},
                          Row{{A::assigned, A::in_progress}, CaseState::in_progress},
                          Row{{A::reported, A::assigned}, CaseState::in_progress},
                          Row{{A::reported, A::returned}, CaseState::resolved},
                          Row{{A::returned, A::ended}, CaseState::screening}}) {
    std::vector<CaseAssignment> assignments;
    for (const auto state : row.assignments) assignments.emplace_back().state = state;
    EXPECT_EQ(case_state(assignments), row.state);
  }
}

TEST(CaseNumber, Follows_the_pattern_of_the_data) {
  const auto& book = reviewed_book();
  for (const auto& pattern : book.numbers) {
    const auto district = *AreaCode::parse("3301");
    EXPECT_EQ(number_of(pattern, district, day(pattern.issues ? "2026-11-01" : "2026-02-01"), 1),
              pattern.example);
  }
  EXPECT_EQ(number_of(number_pattern(book, day("2026-11-01")), *AreaCode::parse("7001"),
                      day("2026-11-01"), 12345),
            "DC-7001-70-12345");
}

TEST(Evidence, Is_held_against_place_and_time_of_the_case) {
  CaseRow row;
  row.received_at = moment("2027-03-10T03:00:00.000Z");
  row.place.value.position = Position{*Decimal::parse("13.5"), *Decimal::parse("99.8")};
  CaseFile before, after;
  before.sha256 = "a";
  before.taken_at = moment("2027-03-10T02:00:00.000Z");
  after.sha256 = "b";
  after.purpose = FilePurpose::after;
  after.taken_at = moment("2027-03-11T03:00:00.000Z");
  after.uploaded_at = moment("2027-03-12T03:00:00.000Z");
  after.latitude = Decimal::parse("13.5008");
  after.longitude = Decimal::parse("99.8");
  const ClosingNumbers numbers{100, 72, 30, 5, 500, 365};
  const auto codes = [&] {
    std::vector<std::string> out;
    for (const auto& fault : evidence_faults(row, &before, &after, numbers))
      out.push_back(fault.code);
    return out;
  };
  using Codes = std::vector<std::string>;
  EXPECT_EQ(codes(), Codes{});
  after.latitude = Decimal::parse("13.501");  // 111 m
  EXPECT_EQ(codes(), Codes{"too_far"});
  after.latitude.reset();
  EXPECT_EQ(codes(), Codes{"place_unknown"});
  row.place.value.position.reset();
  EXPECT_EQ(codes(), Codes{}) << "a case without a position holds against nothing";
  after.uploaded_at = moment("2027-03-14T03:00:00.001Z");
  EXPECT_EQ(codes(), Codes{"too_old"});
  after.sha256 = "a";
  EXPECT_EQ(codes(), (Codes{"same_file", "too_old"}));
  EXPECT_EQ(evidence_faults(row, nullptr, nullptr, numbers).size(), 2u);
}

TEST(Masking, Shows_a_letter_and_four_digits_and_of_secret_reporters_nothing) {
  ReporterRow row;
  row.case_id = CaseId::make(moment("2027-03-10T03:00:00.000Z"));
  row.name = word<Text<1, 200>>("สมชาย ใจดี");
  row.phone = word<Phone>("0812345678");
  EXPECT_EQ(masked(row, row.case_id).name, "ส***");
  EXPECT_EQ(masked(row, row.case_id).phone, "***5678");
  row.type = ReporterType::secret;
  row.email = word<Email>("a@b.th");
  const auto secret = to_json(masked(row, row.case_id));
  for (const auto* told : {"ส", "5678", "true"})
    EXPECT_EQ(secret.find(told), std::string::npos) << told;
}

}  // namespace
}  // namespace changwat::service_centre
