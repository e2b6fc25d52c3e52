#include "modules/authority/words.hpp"

namespace changwat::authority {
namespace {

using Number = GrantBook::Number;

TwoTexts operator+(TwoTexts a, const TwoTexts& b) {
  return {a.th + b.th, a.en + b.en};
}

// The words of a vocabulary that bits name: "งบประมาณจังหวัด, งบประมาณกลุ่มจังหวัด".
TwoTexts named(const Vocabulary& vocabulary, Bits bits) {
  TwoTexts out;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    if (!(bits >> i & 1)) continue;
    if (!out.th.empty()) out = out + TwoTexts{", ", ", "};
    out = out + TwoTexts{vocabulary[i].name_th.text(), vocabulary[i].name_en.text()};
  }
  return out;
}

// One line for each fact: "ต้องเป็นความจริงว่า …".
template <class F>
void for_each_fact(const Law& law, const LawPower& power, Bits facts, F&& f) {
  const auto& words = law.files().terms.facts;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!(facts >> i & 1)) continue;
    const TwoTexts fact{words[i].name_th.text(), words[i].name_en.text()};
    const bool must_be = power.facts_true >> i & 1;
    f((must_be ? TwoTexts{"ต้องเป็นกรณีที่", "It must be so: "}
               : TwoTexts{"ต้องไม่เป็นกรณีที่", "It must not be so: "}) +
      fact);
  }
}

TwoTexts profiles(const Power& power) {
  const bool normal = power.profiles->front() == Profile::normal;
  return normal ? TwoTexts{"เฉพาะจังหวัดทั่วไป", "Ordinary provinces only"}
                : TwoTexts{"เฉพาะจังหวัดที่มีผลสัมฤทธิ์สูง", "High-performance provinces only"};
}

std::int64_t ceiling_of(const GrantBook& book, const LawPower& power, Number grant) {
  if (grant != GrantBook::none) return book.row(grant).extent.ceiling;
  return power.power->ceiling_satang ? power.power->ceiling_satang->count() : no_ceiling;
}

TwoTexts period(const GrantBook& book, const LawPower& power, Number grant) {
  if (grant == GrantBook::none)
    return {
        "กฎหมายนี้ใช้บังคับตั้งแต่ " + thai::date(power.first_day) + " ถึง " + thai::date(power.last_day),
        "The law is in force from " + power.first_day.text() + " to " + power.last_day.text()};
  const auto& extent = book.row(grant).extent;
  const Instant begins(extent.begins), ends(extent.ends);
  return {"การมอบอำนาจมีผลตั้งแต่ " + thai::date_and_time(begins) + " และสิ้นสุดเมื่อ " +
              thai::date_and_time(ends),
          "The grant runs from " + english::date_and_time(begins) + " and ends at " +
              english::date_and_time(ends)};
}

}  // namespace

std::string baht(std::int64_t satang) {
  const auto digits = std::to_string(satang / 100);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  if (const auto rest = satang % 100) {
    text += '.';
    text += static_cast<char>('0' + rest / 10);
    text += static_cast<char>('0' + rest % 10);
  }
  return text;
}

std::vector<Difference> differences(const Law& law, const GrantBook& book, const LawPower& power,
                                    Number grant, const Obstacles& obstacles) {
  const auto& terms = law.files().terms;
  const auto words = grant == GrantBook::none ? power.words : book.row(grant).extent.words;
  std::vector<Difference> out;
  const auto add = [&](unsigned bit, const char* what, auto&& text) {
    if (!(obstacles.bits & bit)) return;
    const TwoTexts said = text();
    out.push_back({*Key::parse(what), said.th, said.en});
  };
  const auto only = [](const TwoTexts& names) { return TwoTexts{"เฉพาะ ", "Only: "} + names; };
  add(Obstacles::period, "period", [&] { return period(book, power, grant); });
  add(Obstacles::kind, "kind", [&] { return only(named(terms.kinds, words.kinds)); });
  add(Obstacles::funding, "funding", [&] { return only(named(terms.fundings, words.fundings)); });
  add(Obstacles::method, "method", [&] { return only(named(terms.methods, words.methods)); });
  add(Obstacles::profile, "profile", [&] { return profiles(*power.power); });
  add(Obstacles::below_floor, "amount", [&] {
    const auto amount = baht(power.power->floor_satang->count());
    return TwoTexts{"วงเงินต้องตั้งแต่ " + amount + " บาทขึ้นไป",
                    "The amount must be " + amount + " baht or more"};
  });
  add(Obstacles::above_ceiling, "amount", [&] {
    const auto amount = baht(ceiling_of(book, power, grant));
    return TwoTexts{"วงเงินต้องไม่เกิน " + amount + " บาท",
                    "The amount must be " + amount + " baht or less"};
  });
  add(Obstacles::place, "area", [&] {
    return TwoTexts{"ต้องอยู่ในพื้นที่ของการมอบอำนาจ", "It must lie in the area of the grant"};
  });
  add(Obstacles::project, "project", [&] {
    return TwoTexts{"เฉพาะโครงการที่ระบุในการมอบอำนาจ", "Only the project that the grant names"};
  });
  for_each_fact(law, power, obstacles.facts, [&](const TwoTexts& said) {
    out.push_back({*Key::parse("fact"), said.th, said.en});
  });
  return out;
}

std::vector<TwoTexts> limits(const Law& law, const GrantBook& book, const LawPower& power,
                             const Extent& extent) {
  const auto& terms = law.files().terms;
  std::vector<TwoTexts> out;
  const auto list = [&](const Vocabulary& vocabulary, Bits bits, TwoTexts heading) {
    if (bits != any_word) out.push_back(std::move(heading) + named(vocabulary, bits));
  };
  list(terms.kinds, extent.words.kinds, {"ประเภท: ", "Kind: "});
  list(terms.fundings, extent.words.fundings, {"แหล่งเงิน: ", "Funding: "});
  list(terms.methods, extent.words.methods, {"วิธี: ", "Method: "});
  if (power.power->profiles) out.push_back(profiles(*power.power));
  for_each_fact(law, power, power.facts, [&](TwoTexts said) { out.push_back(std::move(said)); });
  if (const auto project = book.project(extent.project))
    out.push_back({"โครงการ: " + project->text(), "Project: " + project->text()});
  return out;
}

}  // namespace changwat::authority
