#include "modules/delegations/papers.hpp"

#include <algorithm>

#include "base/official_text.hpp"
#include "base/utf8.hpp"

namespace changwat::delegations {
namespace {

constexpr std::string_view project_word = "โครงการ";  // the wordings say it themselves

// A word of a paper; dots when there is nothing, and what is too long is cut.
template <class T>
T word_of(std::string_view text, std::size_t characters_max) {
  std::string kept;
  for (std::size_t n = 0; n < characters_max && !text.empty(); ++n) {
    const auto c = utf8::next(text);
    if (!c) break;
    utf8::append(kept, *c);
  }
  if (auto parsed = T::parse(kept)) return *std::move(parsed);
  return *T::parse("..........");
}
paper::Line line(std::string_view text) {
  return word_of<paper::Line>(text, 300);
}
paper::Paragraph paragraph(std::string_view text) {
  return word_of<paper::Paragraph>(text, 8'000);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i)
    out += (i == 0 ? "" : i + 1 == texts.size() ? " และ" : " ") + texts[i];
  return out;
}

// The instruments of all powers, each once, those that others rest on behind them.
std::string citations(const std::vector<OrderPower>& powers) {
  std::vector<std::string> out;
  for (const auto& power : powers)
    for (const auto& instrument : power.instruments)
      if (std::find(out.begin(), out.end(), instrument.citation_th) == out.end())
        out.push_back(instrument.citation_th);
  return joined(out);
}

paper::Signature signature_of(const PaperFacts& facts) {
  paper::Signature out;
  if (facts.signer) out.name = line(facts.signer->name_th);
  const auto post = facts.grantor ? facts.grantor->title_th : std::string();
  if (facts.signer && facts.signer->acting)
    out.posts.push_back(line("รักษาราชการแทน" + post));
  else
    out.posts.push_back(line(post));
  return out;
}

template <class Lines>
void fill_lines(Lines& out, const auto& wordings, const Filling& filling) {
  for (const auto& wording : wordings) out.push_back(line(filled(wording, filling)));
}
template <class Paragraphs>
void fill_paragraphs(Paragraphs& out, const auto& wordings, const Filling& filling) {
  for (const auto& wording : wordings) out.push_back(paragraph(filled(wording, filling)));
}

std::optional<paper::Clause> clause_of(const ClauseWording& wording, const Filling& filling) {
  if (wording.only_with) {
    const auto found = filling.one.find(wording.only_with->text());
    if (found == filling.one.end() || found->second.empty()) return std::nullopt;
  }
  paper::Clause out{paragraph(filled(wording.text_th, filling)), {}};
  if (wording.parts)
    if (const auto found = filling.many.find(wording.parts->text()); found != filling.many.end())
      for (const auto& part : found->second) out.parts.push_back(paragraph(part));
  return out;
}

}  // namespace

Filling filling_of(const PaperFacts& facts) {
  Filling out;
  auto& one = out.one;
  const auto& content = facts.content;
  one["province"] = facts.province_th;
  if (facts.grantor) one["grantor"] = facts.grantor->title_th;
  if (facts.delegate) one["delegate"] = facts.delegate->title_th;
  one["parent_agency_head"] = content.parent_agency_head_th.text();
  if (facts.project) {
    const auto& name = facts.project->name_th;
    one["project"] = name.starts_with(project_word) ? name.substr(project_word.size()) : name;
    one["project_code"] = facts.project->code.text();
    one["fiscal_year"] = std::to_string(facts.project->fiscal_year.buddhist());
    one["funding"] = facts.funding_th;
  }
  one["law"] = citations(facts.powers);
  for (const auto& power : facts.powers)
    for (const auto& act : power.acts) out.many["acts"].push_back(act.label_th.text());
  one["acts"] = joined(out.many["acts"]);
  for (const auto& condition : content.conditions_th)
    out.many["conditions"].push_back(condition.text());
  one["conditions"] = joined(out.many["conditions"]);
  if (content.ceiling_satang) {
    one["ceiling"] = plans::baht_text(*content.ceiling_satang);
    one["ceiling_words"] = thai::baht_words(*content.ceiling_satang);
  }
  if (content.from_date) one["from"] = thai::official_date(*content.from_date);
  if (content.to_date) one["to"] = thai::official_date(*content.to_date);
  one["number"] = content.number.text();
  if (facts.signed_on) one["signed_on"] = thai::official_date(*facts.signed_on);
  return out;
}

paper::Order order_paper(const KindRow& kind, const PaperFacts& facts) {
  const auto filling = filling_of(facts);
  paper::Order out;
  out.issuer = line(filled(kind.order.issuer_th, filling));
  if (!facts.content.number.empty()) out.number = line(facts.content.number);
  out.subject = line(filled(kind.order.subject_th, filling));
  fill_paragraphs(out.recitals, kind.order.recitals_th, filling);
  for (const auto& wording : kind.order.clauses_th)
    if (auto clause = clause_of(wording, filling)) out.clauses.push_back(*std::move(clause));
  fill_paragraphs(out.in_force, kind.order.in_force_th, filling);
  out.signed_on = facts.signed_on;
  out.signature = signature_of(facts);
  return out;
}

paper::Letter letter_paper(const LetterWording& letter, const PaperFacts& facts) {
  const auto filling = filling_of(facts);
  paper::Letter out;
  fill_lines(out.origin, letter.origin_th, filling);
  out.subject = line(filled(letter.subject_th, filling));
  out.salutation = *Text<1, 40>::parse("เรียน");
  out.addressee = line(filled(letter.addressee_th, filling));
  fill_lines(out.enclosures, letter.enclosures_th, filling);
  fill_paragraphs(out.body, letter.body_th, filling);
  out.closing = line(letter.closing_th);
  out.signature = signature_of(facts);
  return out;
}

Text<1, 200> document_of(const KindRow& kind, const PaperFacts& facts) {
  const auto filling = filling_of(facts);
  auto text = "คำสั่ง" + filled(kind.order.issuer_th, filling) + " ที่ " + facts.content.number.text();
  if (facts.signed_on) text += " ลงวันที่ " + thai::date(*facts.signed_on);
  return word_of<Text<1, 200>>(text, 200);
}

}  // namespace changwat::delegations
