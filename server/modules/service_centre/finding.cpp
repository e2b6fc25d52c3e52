// Finding cases: what of a case is put into the index, search, and cases that are alike.
//
// A new case is put in by a job, moments after it was taken; one that is found otherwise than
// before, or by others, in the act that changes it, so that nobody finds what may no longer be
// read. Nothing of who reported is ever put in. What the accused are called is not either: not all
// who read a case may read that. Everything else of a case is read by all who may read it, so one
// document serves them; an agency that reads no area is named in it while it has the case. What
// strangers are told of stands in a collection of its own, in words of
// data/service_centre/alike.json alone, because whoever may see a document can find out each of its
// words by asking.

#include <algorithm>
#include <cmath>

#include "base/utf8.hpp"

#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/plain_words.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"
#include "modules/service_centre/store_lists.hpp"

namespace changwat::service_centre {
namespace {

constexpr const char* all_cases = "cases";
constexpr const char* told_cases = "told_cases";  // of which strangers may be told
constexpr std::int64_t readers = 1;               // the one audience of either collection

constexpr std::size_t candidates_max = 50, alike_max = 8, shared_words_max = 8;
constexpr std::size_t shared_word_letters_min = 3;

const std::string joined_reason = "แจ้งเรื่องเดียวกับที่มีผู้แจ้งไว้แล้ว จึงรวมติดตามเป็นเรื่องเดียวกัน";

std::string joined_text(const std::vector<std::string>& parts, char between) {
  std::string out;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::optional<search::Point> point_of(const std::optional<Position>& position) {
  if (!position) return std::nullopt;
  return search::Point{position->latitude.approximate(), position->longitude.approximate()};
}

bool is_over(CaseAssignmentState state) {
  return state == CaseAssignmentState::returned || state == CaseAssignmentState::ended;
}

std::vector<ReporterRow> own_reporters(db::Connection& db, const CaseId& id) {
  auto out = store::reporters(db, id);
  std::erase_if(out, [&](const ReporterRow& one) { return one.case_id != id; });
  return out;
}

SharedArea shared_area(const AreaCode& a, const AreaCode& b) {
  for (const auto& [level, shared] : {std::pair{AreaLevel::village, SharedArea::village},
                                      std::pair{AreaLevel::subdistrict, SharedArea::subdistrict},
                                      std::pair{AreaLevel::district, SharedArea::district}})
    if (a.level() >= level && b.level() >= level && a.at(level) == b.at(level)) return shared;
  return SharedArea::none;
}

// In the order of the case; short ones say little.
std::vector<std::string> shared_words(const search::Segmenter& segmenter, std::string_view typed,
                                      const CaseRow& row) {
  const auto asked = search::indexed_text(segmenter, "", typed);
  const auto here = search::indexed_text(segmenter, row.title, row.detail);
  const auto wanted = search::words_of(asked);
  std::vector<std::string> out;
  for (const auto word : search::words_of(here)) {
    if (utf8::length(word).value_or(0) < shared_word_letters_min) continue;
    if (std::find(wanted.begin(), wanted.end(), word) == wanted.end()) continue;
    if (std::find(out.begin(), out.end(), word) != out.end()) continue;
    out.emplace_back(word);
    if (out.size() == shared_words_max) break;
  }
  return out;
}

// Where it is to be looked at: a case that was put into another is that one. None: nobody works on
// it any more, because it was rejected or withdrawn.
std::optional<CaseRow> leading(db::Connection& db, const std::string& id) {
  auto row = store::find(db, *CaseId::parse(id));
  if (row && row->merged_into) row = store::find(db, *row->merged_into);
  if (!row || row->state == CaseState::rejected || row->state == CaseState::withdrawn)
    return std::nullopt;
  return row;
}

std::vector<TextPiece> first_excerpt(const CaseRow& row, std::string_view question) {
  for (const std::string_view text :
       {std::string_view(row.detail), std::string_view(row.wanted),
        row.place.value.landmark ? std::string_view(*row.place.value.landmark)
                                 : std::string_view()})
    if (auto out = excerpt_of(text, question); !out.empty()) return out;
  return {};
}

}  // namespace

// ---- what is put in

search::Document ServiceCentre::document_of(const CaseRow& row) const {
  search::Document out;
  out.collection = all_cases;
  out.id = row.case_id.text();
  out.area = row.area;
  out.audience = readers;
  out.category = row.category.text();
  out.at = row.received_at;
  const auto& place = row.place.value;
  out.point = point_of(place.position);
  out.title = row.title.text();
  std::vector<std::string> parts{row.number.text(), row.detail.text(), row.wanted.text()};
  if (place.landmark) parts.push_back(place.landmark->text());
  const auto names = areas_.now();
  for (auto area = std::optional(row.area); area && area->level() != AreaLevel::province;
       area = area->parent())
    if (const auto* known = names->find(*area)) parts.push_back(known->name_th.text());
  out.detail = joined_text(parts, '\n');
  return out;
}

std::vector<std::string> ServiceCentre::plain_words_of(const CaseRow& row) const {
  return plain_words(index_.segmenter(), book_.alike,
                     joined_text({row.title.text(), row.detail.text()}, '\n'));
}

void ServiceCentre::index_within(db::Connection& db, const CaseRow& row) const {
  store::was_indexed(db, row.case_id);
  auto document = document_of(row);
  for (const auto& one : store::assignments(db, row.case_id))
    if (!is_over(one.state)) document.readers.push_back(one.office_id);
  index_.put_within(db, document);
  const auto words = may_be_told(book_.alike, row, own_reporters(db, row.case_id))
                         ? plain_words_of(row)
                         : std::vector<std::string>();
  if (words.empty()) {
    index_.remove_within(db, row.area, told_cases, row.case_id.text());
    return;
  }
  document.collection = told_cases;
  document.point.reset();  // strangers could find the house by asking from several places
  document.readers.clear();
  document.title = joined_text(words, ' ');
  document.detail.clear();
  index_.put_within(db, document);
}

std::int64_t ServiceCentre::index_cases(std::int64_t count_max) {
  const auto ids =
      database_.read([&](db::Connection& db) { return store::to_index(db, count_max); });
  if (ids.empty()) return 0;
  database_.write([&](db::Connection& db) {
    for (const auto& id : ids)
      if (const auto row = store::find(db, id)) index_within(db, *row);
    return true;
  });
  return std::ssize(ids);
}

// ---- search

// An office that reads no area reads what is assigned to it.
search::Scope ServiceCentre::readable_scope(const Call& call) const {
  search::Scope out{.collection = all_cases, .audience = readers};
  const auto areas = areas_of(call, "case.read");
  out.everywhere = !areas;
  if (areas) out.areas = *areas;
  for (const auto& office : call.caller->offices)
    if (authority_.may(only_with(call, office.office_id), "case.read",
                       assigned_object(office.area)))
      out.readers.push_back(office.office_id);
  return out;
}

Result<Page<FoundCase>> ServiceCentre::search_cases(Call& call, const Query<CaseSearch>& query) {
  const auto scope = readable_scope(call);
  return database_.snapshot([&](db::Connection& db) -> Result<Page<FoundCase>> {
    const auto limit = static_cast<std::size_t>(query->limit.count());
    const auto cursor = query->cursor ? std::optional(query->cursor->text()) : std::nullopt;
    const auto found = index_.find(db, query->q, scope, limit, cursor);
    Page<FoundCase> page;
    page.next = found.next;
    for (const auto& hit : found.hits) {
      const auto row = store::find(db, *CaseId::parse(hit.id));
      CHECK(row);  // a case is there before its document, and is never removed
      page.items.push_back({*store::summary(db, row->case_id), hit.match, hit.missing,
                            marked(row->title, query->q), first_excerpt(*row, query->q)});
    }
    return page;
  });
}

// ---- alike

Result<AlikeCases> ServiceCentre::list_alike(Call& call, const AlikeQuestion& in) {
  TRY(authority_.decide(call, "case.take", {in.area}));
  const auto scope = readable_scope(call);
  const search::Probe probe{.area = in.area,
                            .point = point_of(in.position),
                            .category = in.category ? in.category->text() : std::string(),
                            .text = in.text.text(),
                            .at = call.now};
  return database_.snapshot([&](db::Connection& db) -> Result<AlikeCases> {
    AlikeCases out;
    for (const auto& one : index_.alike(db, probe, scope, candidates_max)) {
      const auto row = leading(db, one.id);
      if (!row) continue;
      const bool known = std::any_of(
          out.items.begin(), out.items.end(),
          [&](const AlikeCase& other) { return other.summary.case_id == row->case_id; });
      if (known) continue;
      AlikeCase item;
      item.summary = *store::summary(db, row->case_id);
      item.likeness = std::llround(100 * one.likeness);
      item.same_category = in.category && row->category == *in.category;
      item.shared_area = shared_area(in.area, row->area);
      const auto& place = row->place.value;
      if (in.position && place.position)
        item.metres = std::llround(metres_between(*in.position, *place.position));
      item.words = shared_words(index_.segmenter(), in.text, *row);
      item.may_join = row->open && row->district == in.area.at(AreaLevel::district);
      out.items.push_back(std::move(item));
      if (out.items.size() == alike_max) break;
    }
    return out;
  });
}

Result<AlikeReports> ServiceCentre::list_alike_reports(Call& call, const StrangersQuestion& in) {
  TRY(take_turn(call, tracking_));
  TRY(may_as_citizen(call, "case.report", in.area));
  const search::Probe probe{
      .area = in.area,
      .category = in.category ? in.category->text() : std::string(),
      .text = joined_text(plain_words(index_.segmenter(), book_.alike, in.text), ' '),
      .at = call.now};
  const search::Scope scope{.collection = told_cases, .everywhere = true, .audience = readers};
  return database_.snapshot([&](db::Connection& db) -> Result<AlikeReports> {
    AlikeReports out;
    const auto most = static_cast<std::size_t>(book_.alike.rules.shown_max);
    for (const auto& one : index_.alike(db, probe, scope, most)) {
      const auto row = store::find(db, *CaseId::parse(one.id));
      CHECK(row);  // likewise
      out.items.push_back({row->case_id, row->category, row->area, row->state,
                           row->received_at.bangkok_date(), plain_words_of(*row)});
    }
    return out;
  });
}

// ---- joining

Result<Done> ServiceCentre::join(Tx& tx, const Call& call, const Step& taken,
                                 const CaseId& into) const {
  const auto& row = taken.row;
  if (taken.permit) {
    TRY(authority_.decide(call, "case.merge", object_of(row.district, row.level)));
  } else {
    const auto other = store::find(tx.db, into);
    if (!other || !may_be_told(book_.alike, *other, own_reporters(tx.db, into)) ||
        plain_words_of(*other).empty())
      return Problem({{"/into", "unknown", "เรื่องนั้นติดตามร่วมไม่ได้แล้ว โปรดส่งเป็นเรื่องของท่านเอง",
                       "cannot be followed any more; send yours as a case of its own"}});
  }
  return merge_within(tx, call, taken, into, joined_reason);
}

}  // namespace changwat::service_centre
