// changwat who-may: the question of the page, on the command line.

#include <iostream>

#include "program/application.hpp"
#include "program/commands.hpp"
#include "program/must.hpp"

namespace changwat::program {
namespace {

// A word of the command line as its type; the sentence says what was expected.
template <class T>
std::optional<T> given(const std::string& text, const char* flag) {
  if (text.empty()) return std::nullopt;
  if (auto value = T::parse(text)) return value;
  throw std::runtime_error(std::string(flag) + " " + text + ": " + T::word().en);
}

std::optional<authority::Profile> profile(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (const auto value = enum_value<authority::Profile>(text)) return value;
  throw std::runtime_error("--profile must be normal or high_performance");
}

// "1250000" or "99.50" baht.
std::optional<Satang> amount(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  auto part = point == std::string::npos ? std::string("00") : text.substr(point + 1);
  if (part.size() == 1) part += '0';
  const auto digits = whole + part;
  const bool good = !whole.empty() && part.size() == 2 && digits.size() <= 17 &&
                    digits.find_first_not_of("0123456789") == std::string::npos;
  if (good)
    if (const auto value = Satang::of_count(std::stoll(digits))) return value;
  throw std::runtime_error("--amount " + text +
                           " must be an amount in baht, like 1250000 or 99.50");
}

std::string facts_text(const std::vector<std::string>& facts) {
  std::string out;
  for (auto fact : facts) {
    if (const auto at = fact.find('='); at != std::string::npos) fact[at] = ':';
    out += (out.empty() ? "" : ",") + fact;
  }
  return out;
}

authority::WhoMayQuery query_of(const WhoMayWords& words) {
  authority::WhoMayQuery out;
  out.act = given<Key>(words.act, "act").value();
  out.area = given<AreaCode>(words.area, "--area");
  out.amount_satang = amount(words.amount_baht);
  out.kind = given<Key>(words.kind, "--kind");
  out.funding = given<Key>(words.funding, "--funding");
  out.method = given<Key>(words.method, "--method");
  out.profile = profile(words.profile);
  out.project = given<authority::ProjectRef>(words.project, "--project");
  out.facts = given<authority::StatedFacts>(facts_text(words.facts), "--fact");
  out.on = given<Date>(words.on, "--on");
  return out;
}

std::string name_of(const authority::Signer& signer) {
  auto out = signer.title_en + " / " + signer.title_th;
  if (signer.area) out += " (" + signer.area->text() + ")";
  if (signer.office_id.empty()) out += " [not in the register of offices]";
  return out;
}

void print_chain(const authority::Signer& signer) {
  const auto& chain = signer.chain;
  for (const auto& step : chain.instruments)
    std::cout << "    by " << step.citation_en << (step.verified ? "" : " [UNVERIFIED]") << "\n";
  std::cout << "    power " << chain.power.text() << ": " << chain.source
            << (chain.verified ? "" : " [UNVERIFIED]") << "\n";
  if (signer.note) std::cout << "    note: " << signer.note->text() << "\n";
  for (const auto& grant : chain.grants)
    std::cout << "    granted by " << grant.grant_id.text() << " from " << grant.from_office
              << " to " << grant.to_office << "\n";
  for (const auto& duty : signer.duties) std::cout << "    then: " << duty.text_en.text() << "\n";
}

void print(const authority::WhoMayAnswer& answer) {
  std::cout << answer.act.label_en.text() << " / " << answer.act.label_th.text() << "\n";
  if (answer.signers.empty()) std::cout << "Nobody may do this.\n";
  for (const auto& signer : answer.signers) {
    std::cout << "MAY  " << name_of(signer) << "\n";
    print_chain(signer);
  }
  if (answer.more) std::cout << "and more\n";
  for (const auto& near : answer.nearest) {
    std::cout << "NOT  " << name_of(near.signer) << "\n";
    for (const auto& difference : near.differences) std::cout << "    " << difference.en << "\n";
  }
}

}  // namespace

int who_may(const Settings& settings, const WhoMayWords& words) {
  const auto query = query_of(words);
  Application application(settings);
  auto call = program_call();
  const auto answer = must(application.grants.who_may_sign(call, {query}));
  if (words.json)
    std::cout << to_json(answer) << "\n";
  else
    print(answer);
  return answer.signers.empty() ? 1 : 0;
}

}  // namespace changwat::program
