#include "platform/search/search.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "base/result.hpp"
#include "base/utf8.hpp"

#include "platform/search/store.hpp"

namespace changwat::search {
namespace {

using store::Row;

constexpr std::size_t limit_max = 200;
constexpr auto newest_of_all = std::numeric_limits<std::int64_t>::max();
// Terms of one word of the question that are asked of the index; the text itself is looked at
// after.
constexpr std::size_t terms_asked = 3;
// How many matches of a word are counted before it is as common as any other.
constexpr std::size_t counted_max = 200;
// So many answers are put in order at once; more are found rank by rank. The first is for those
// that have the rarest word of the question, which are all there are.
constexpr std::size_t at_once_rarest = 400, at_once_max = 40;
// A piece of one or two characters is looked for in so many documents, one by one; if that is not
// enough, by the terms that begin with it, unless they are too many.
constexpr std::size_t looked_at = 1'500, known_max = 400;
constexpr std::size_t batch_max = 1'000;

void check_document(const Document& document) {
  CHECK(!document.collection.empty() && document.collection.size() <= 40);
  for (const char c : document.collection) CHECK((c >= 'a' && c <= 'z') || c == '_');
  CHECK(document.audience >= 0 && document.audience < (1 << audiences_max));
}

bool is_reader(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_';
  });
}

std::string readers_of(const Document& document) {
  std::string out;
  for (const auto& reader : document.readers) {
    CHECK(is_reader(reader));
    (out += out.empty() ? "" : " ") += reader;
  }
  return out;
}

std::string province_of(const std::optional<AreaCode>& area) {
  return area ? area->province().text() : "";
}

// Where a page ended; and the terms from the rarest to the most common, as it had them.
struct Position {
  int rank = 0;
  std::int64_t before = newest_of_all;
  std::string order;
};

// "3.210.39.01HZX…": rank, order, and the last record of the page. Not its number in the index,
// from which one could count what lies between two of them.
std::string cursor_after(int rank, std::string_view order, const Row& row) {
  std::string out = std::to_string(rank);
  for (const std::string_view part :
       {order, std::string_view(row.province), std::string_view(row.record_id)})
    (out += '.') += part;
  return out;
}

std::optional<Position> read_cursor(db::Connection& db, std::string_view text,
                                    std::string_view collection, std::size_t terms) {
  Position out;
  const auto rest = [&]() -> std::string_view {
    const auto dot = std::min(text.find('.'), text.size());
    const auto part = text.substr(0, dot);
    text.remove_prefix(std::min(dot + 1, text.size()));
    return part;
  };
  const auto rank = rest();
  const auto read = std::from_chars(rank.data(), rank.data() + rank.size(), out.rank);
  if (read.ec != std::errc{} || out.rank < 0) return std::nullopt;
  out.order = rest();
  auto sorted = out.order;
  std::sort(sorted.begin(), sorted.end());
  if (sorted != std::string_view("01234567").substr(0, terms)) return std::nullopt;
  const auto province = rest();
  if (!utf8::valid(text)) return std::nullopt;
  const auto row = store::one(db, province, collection, text);
  if (!row) return std::nullopt;
  out.before = row->id;
  return out;
}

Match match_of(int rank) {
  return rank == 0          ? Match::title
         : rank < rank_all  ? Match::words
         : rank == rank_all ? Match::parts
                            : Match::some_words;
}

std::vector<std::string> signed_words(char sign, const QueryTerm& term) {
  std::vector<std::string> out;
  for (const auto& word : term.words) out.push_back(sign + word);
  return out;
}

std::vector<std::string> signed_grams(const QueryTerm& term) {
  std::vector<std::string> out;
  for (const auto& gram : term.grams) out.push_back('~' + gram);
  return out;
}

}  // namespace

// How common terms are, from a sample of all documents. It decides which of several terms the index
// is asked for, hence how long an answer takes, and nothing of what it says.
struct Index::Statistics {
  std::int64_t last_id = 0;
  std::size_t documents = 0;
  std::unordered_map<std::string, std::uint32_t> counts;

  std::uint32_t count(const std::string& term) const {
    const auto found = counts.find(term);
    return found == counts.end() ? 0 : found->second;
  }
  // Whether most documents have one of them.
  bool common(const std::vector<std::string>& terms) const {
    std::size_t sum = 0;
    for (const auto& term : terms) sum += count(term);
    return 2 * sum > documents;
  }
  // The rarest of them; of equally rare ones the longest. None that is far more common than the
  // rarest: to read through it costs more than it spares.
  std::vector<std::string> rarest(std::vector<std::string> terms, std::size_t most) const {
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
    std::sort(terms.begin(), terms.end(), [&](const auto& a, const auto& b) {
      const auto count_a = count(a), count_b = count(b);
      return count_a != count_b ? count_a < count_b : a.size() > b.size();
    });
    if (terms.size() > most) terms.resize(most);
    while (!terms.empty() && count(terms.back()) > 4 * count(terms.front()) + 4) terms.pop_back();
    return terms;
  }
};

std::shared_ptr<const Index::Statistics> Index::statistics(db::Connection& db) const {
  constexpr std::int64_t sampled = 2'000;
  const auto last = store::last_id(db);
  {
    const std::lock_guard lock(mutex_);
    if (statistics_ && last <= 2 * statistics_->last_id + 1'000) return statistics_;
  }
  auto made = std::make_shared<Statistics>();
  made->last_id = last;
  std::vector<std::int64_t> ids;
  for (std::int64_t i = 0; i < std::min(sampled, last); ++i)
    ids.push_back(last - i * std::max<std::int64_t>(1, last / sampled));
  const auto rows = store::by_id(db, ids);
  made->documents = rows.size();
  for (const auto& row : rows)
    for (const auto& term : terms_of(row.indexed(), row.place())) ++made->counts[term];
  const std::lock_guard lock(mutex_);
  statistics_ = made;
  return made;
}

void Index::put_within(db::Connection& db, const Document& document) const {
  check_document(document);
  auto text = indexed_text(segmenter_, document.title, document.detail);
  Row row;
  row.province = province_of(document.area);
  row.collection = document.collection;
  row.record_id = document.id;
  if (document.area) row.area = document.area->text();
  row.audience = document.audience;
  row.category = document.category;
  row.at = document.at;
  if (document.point) {
    row.latitude = document.point->latitude;
    row.longitude = document.point->longitude;
  }
  row.text = std::move(text.text);
  row.lengths.bytes = std::move(text.lengths);
  row.readers = readers_of(document);
  const auto before = store::one(db, row.province, row.collection, row.record_id);
  if (!before) return store::add(db, row);
  row.id = before->id;
  store::change(db, *before, row);
}

bool Index::remove_within(db::Connection& db, const std::optional<AreaCode>& area,
                          std::string_view collection, std::string_view id) const {
  const auto row = store::one(db, province_of(area), collection, id);
  if (row) store::remove(db, *row);
  return row.has_value();
}

// One page of answers.
class Index::Search {
 public:
  Search(db::Connection& db, const Statistics& statistics, const Scope& scope,
         const store::Waiting& waiting, std::vector<QueryTerm> terms, std::size_t limit)
      : db_(db),
        statistics_(statistics),
        scope_(scope),
        scope_terms_(scope_terms(scope)),
        waiting_(waiting),
        terms_(std::move(terms)),
        limit_(limit) {}

  Found run(std::optional<Position> from) {
    if (scope_terms_.empty()) return {};
    from_ = from ? *std::move(from) : Position{.order = order_by_rarity()};
    std::vector<QueryTerm> ordered;
    for (const char digit : from_.order)
      ordered.push_back(terms_[static_cast<std::size_t>(digit - '0')]);
    terms_ = std::move(ordered);
    for (const auto& row : waiting_.rows)
      if (const auto rank = rank_here(row)) waiting_ranks_.emplace_back(*rank, &row);
    const int last = rank_all + static_cast<int>(terms_.size()) - 1;
    if (rarest_ < counted_max && at_once(last, at_once_rarest)) return std::move(found_);
    int rank = from_.rank;
    for (const int upto : {rank_all, 1}) {
      if (terms_.size() < 2 || rank > upto || !at_once(upto, at_once_max)) continue;
      rank = upto + 1;
      break;
    }
    for (; rank <= last && !found_.next; ++rank) {
      if (rank == 1 && terms_.size() == 1) continue;  // the same as 0
      walk(rank, rank == from_.rank ? from_.before : newest_of_all);
    }
    return std::move(found_);
  }

 private:
  // Where most may be seen, the index need not be asked: what is hidden is passed over one by one.
  void add_scope(Condition& condition) const {
    if (condition.empty() || !statistics_.common(scope_terms_)) condition.push_back(scope_terms_);
  }

  // What every document of this rank, and of those before it, fulfils; empty if that is nothing.
  Condition condition_of(int rank) const {
    Condition condition;
    const auto dropped = static_cast<std::size_t>(std::max(0, rank - rank_all));
    for (std::size_t i = 0; i + dropped < terms_.size(); ++i) {
      const auto& term = terms_[i];
      std::vector<std::string> asked;
      if (rank < rank_all) {
        const bool in_title = rank == 0 || (rank == 1 && i == 0);
        asked = signed_words(in_title ? '^' : '=', term);
      }
      // One word implies its pieces. Several of them, or a part, are told by their rarest pieces.
      if (asked.size() != 1)
        for (auto& gram : signed_grams(term)) asked.push_back(std::move(gram));
      for (auto& each : statistics_.rarest(std::move(asked), asked_of_each()))
        condition.push_back({std::move(each)});
    }
    if (!condition.empty()) add_scope(condition);
    return condition;
  }

  // More words need less of each.
  std::size_t asked_of_each() const { return terms_.size() < 3 ? 4 - terms_.size() : 1; }

  // Its rank if it may be seen and stands behind the place where the page begins.
  std::optional<int> rank_here(const Row& row) const {
    if (!may_see(scope_, row.place())) return std::nullopt;
    const auto rank = rank_of(row.indexed(), terms_);
    if (rank && *rank == from_.rank && row.id >= from_.before) return std::nullopt;
    return rank && *rank >= from_.rank ? rank : std::nullopt;
  }

  // False when the page is full.
  bool add(const Row& row, int rank) {
    if (found_.hits.size() == limit_) {
      found_.next = last_;
      return false;
    }
    found_.hits.push_back({row.record_id, match_of(rank), std::max(0, rank - rank_all)});
    last_ = cursor_after(rank, from_.order, row);
    return true;
  }

  // All answers up to this rank, if they are fewer than `most`; false, and nothing added, if not.
  bool at_once(int last, std::size_t most) {
    const auto condition = condition_of(last);
    if (condition.empty()) return false;
    const auto rows = store::newest(db_, condition, waiting_.first_id, most);
    if (rows.size() == most) return false;
    auto ranked = waiting_ranks_;
    for (const auto& row : rows)
      if (const auto rank = rank_here(row)) ranked.emplace_back(*rank, &row);
    std::erase_if(ranked, [&](const auto& each) { return each.first > last; });
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [rank, row] : ranked)
      if (!add(*row, rank)) break;
    return true;
  }

  // Takes those of the rank; false when the page is full.
  bool take(const std::vector<Row>& rows, int rank) {
    for (const auto& row : rows)
      if (rank_here(row) == rank && !add(row, rank)) return false;
    return true;
  }

  void walk(int rank, std::int64_t before) {
    for (const auto& [waiting_rank, row] : waiting_ranks_)
      if (waiting_rank == rank && !add(*row, rank)) return;
    before = std::min(before, waiting_.first_id);
    const auto condition = condition_of(rank);
    if (condition.empty()) return walk_short(rank, before);
    walk_all(condition, rank, before);
  }

  void walk_all(const Condition& condition, int rank, std::int64_t before) {
    for (auto batch = limit_ - found_.hits.size() + 4;; batch = std::min(batch * 4, batch_max)) {
      const auto rows = store::newest(db_, condition, before, batch);
      if (!take(rows, rank) || rows.size() < batch) return;
      before = rows.back().id;
    }
  }

  // Pieces of one or two characters are no terms of the index.
  void walk_short(int rank, std::int64_t before) {
    Condition condition;
    add_scope(condition);
    for (std::size_t looked = 0, batch = 100; looked < looked_at; looked += batch, batch *= 2) {
      const auto rows = store::newest(db_, condition, before, batch);
      if (!take(rows, rank) || rows.size() < batch) return;
      before = rows.back().id;
    }
    const auto& part = terms_.front().text;
    auto known = store::known_terms(db_, '~' + part, known_max + 1);
    if (known && known->size() <= known_max) {
      condition.push_back(std::move(*known));
      if (!condition.back().empty()) walk_all(condition, rank, before);
      return;
    }
    for (auto batch = limit_ + 1;; batch = std::min(batch * 4, batch_max)) {
      const auto rows = store::newest_with(db_, condition, part, before, batch);
      if (!take(rows, rank) || rows.size() < batch) return;
      before = rows.back().id;
    }
  }

  // From the rarest to the most common of what the asker may see; those that stand nowhere come
  // last, so that they are given up first.
  std::string order_by_rarity() {
    std::string order = std::string("01234567").substr(0, terms_.size());
    if (terms_.size() < 2) return order;
    std::vector<std::size_t> counts;
    for (const auto& term : terms_) counts.push_back(count_of(term));
    std::stable_sort(order.begin(), order.end(), [&](char a, char b) {
      return counts[static_cast<std::size_t>(a - '0')] < counts[static_cast<std::size_t>(b - '0')];
    });
    rarest_ = *std::min_element(counts.begin(), counts.end());
    return order;
  }

  // How many documents have a term as a word, up to counted_max; of several words the rarest
  // counts.
  std::size_t count_of(const QueryTerm& term) const {
    std::size_t least = counted_max;
    for (const auto& word : term.words) {
      auto count =
          store::newest_ids(db_, {{'=' + word}, scope_terms_}, waiting_.first_id, counted_max)
              .size();
      for (const auto& row : waiting_.rows)
        if (may_see(scope_, row.place()) && has_word(row.indexed(), word)) ++count;
      least = std::min(least, count);
    }
    // One or two characters that are a rare word are still a common part of others.
    if (least > 0) return term.grams.empty() ? counted_max : least;
    Search alone(db_, statistics_, scope_, waiting_, {term}, 1);
    const bool there = !alone.run(Position{.rank = rank_all, .order = "0"}).hits.empty();
    return there ? 0 : counted_max + 1;
  }

  db::Connection& db_;
  const Statistics& statistics_;
  const Scope& scope_;
  std::vector<std::string> scope_terms_;
  const store::Waiting& waiting_;
  std::vector<QueryTerm> terms_;  // from the rarest on, once run
  std::size_t limit_;
  Position from_;
  std::size_t rarest_ = 0;  // documents that have the rarest term, as far as they were counted
  std::vector<std::pair<int, const Row*>> waiting_ranks_;  // newest first
  std::string last_;                                       // cursor behind the last hit
  Found found_;
};

Found Index::find(db::Connection& db, std::string_view query, const Scope& scope, std::size_t limit,
                  const std::optional<std::string>& cursor) const {
  auto terms = query_terms(segmenter_, query);
  if (terms.empty()) return {};
  std::optional<Position> from;
  if (cursor) {
    from = read_cursor(db, *cursor, scope.collection, terms.size());
    if (!from) return {};
  }
  const auto known = statistics(db);
  const auto waiting = store::waiting(db);
  return Search(db, *known, scope, waiting, std::move(terms),
                std::clamp<std::size_t>(limit, 1, limit_max))
      .run(std::move(from));
}

namespace {

// What of the scope lies in the area.
Scope within(const Scope& scope, const AreaCode& area) {
  Scope out = scope;
  out.everywhere = false;
  out.areas.clear();
  if (scope.everywhere) out.areas.push_back(area);
  for (const auto& seen : scope.areas) {
    if (scope.everywhere) break;
    if (seen.contains(area))
      out.areas.push_back(area);
    else if (area.contains(seen))
      out.areas.push_back(seen);
  }
  return out;
}

Scope around(const Scope& scope, const Probe& probe, const LikenessRules& rules) {
  if (!probe.area) return scope;
  const auto digits = std::min<std::size_t>(probe.area->text().size(),
                                            static_cast<std::size_t>(rules.place_digits));
  const auto area = AreaCode::parse(probe.area->text().substr(0, digits));
  return within(scope, area.value_or(*probe.area));
}

constexpr std::size_t sampled_around = 250;  // newest documents of the place
constexpr std::size_t words_asked = 10, grams_asked = 6, answers_asked = 40;

struct Candidate {
  Row row;
  Features features;
};

// Those terms of the typed text that are rarest around the place; the longer of equally rare ones.
void add_rarest(std::vector<std::string> terms, std::size_t most, const Frequencies& frequencies,
                std::vector<std::string>& out) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  const auto rarer = [&](const std::string& a, const std::string& b) {
    const auto count_a = frequencies.count(feature_of(a)),
               count_b = frequencies.count(feature_of(b));
    return count_a != count_b ? count_a < count_b : a.size() > b.size();
  };
  std::stable_sort(terms.begin(), terms.end(), rarer);
  if (terms.size() > most) terms.resize(most);
  for (auto& term : terms) out.push_back(std::move(term));
}

std::vector<std::string> telling_terms(const IndexedText& typed, const Frequencies& frequencies) {
  std::vector<std::string> words, grams, out;
  for (const auto word : words_of(typed)) words.push_back('=' + std::string(word));
  for (const auto gram : grams_of(typed.text)) grams.push_back('~' + std::string(gram));
  add_rarest(std::move(words), words_asked, frequencies, out);
  add_rarest(std::move(grams), grams_asked, frequencies, out);
  return out;
}

Circumstances circumstances_of(const Row& row) {
  std::optional<Point> point;
  if (row.latitude && row.longitude) point = Point{*row.latitude, *row.longitude};
  return {row.area, point, row.category, row.at.unix_ms()};
}

}  // namespace

std::vector<Alike> Index::alike(db::Connection& db, const Probe& probe, const Scope& scope,
                                std::size_t limit) const {
  const auto typed = indexed_text(segmenter_, "", probe.text);
  const TypedFeatures typed_features(typed);
  const auto near = around(scope, probe, rules_);
  const auto seen = scope_terms(near);
  if (typed_features.own().words.empty() || seen.empty()) return {};

  // The newest of the place tell what is common there, and are looked at themselves.
  std::vector<Candidate> candidates;
  std::unordered_set<std::int64_t> known;
  Frequencies frequencies;
  const auto take = [&](std::vector<Row> rows) {
    for (auto& row : rows) {
      auto features = typed_features.of(row.indexed());
      candidates.push_back({std::move(row), std::move(features)});
    }
  };
  auto [newest, first_waiting] = store::waiting(db);
  std::erase_if(newest, [&](const Row& row) { return !may_see(near, row.place()); });
  take(std::move(newest));
  take(store::newest(db, {seen}, first_waiting, sampled_around));
  for (const auto& candidate : candidates) {
    known.insert(candidate.row.id);
    frequencies.add(candidate.features);
  }

  std::vector<std::int64_t> more;
  for (const auto& term : telling_terms(typed, frequencies))
    for (const auto id : store::newest_ids(db, {{term}, seen}, first_waiting, answers_asked))
      if (known.insert(id).second) more.push_back(id);
  take(store::by_id(db, more));

  std::vector<Alike> out;
  const auto oldest = probe.at.plus_ms(-rules_.within_days * 86'400'000);
  const Circumstances here{probe.area ? std::string_view(*probe.area) : std::string_view(),
                           probe.point, probe.category, probe.at.unix_ms()};
  for (const auto& [row, features] : candidates) {
    if (row.at < oldest || row.record_id == probe.id || !may_see(near, row.place())) continue;
    const double text = text_likeness(rules_, typed_features.own(), features, frequencies);
    const double whole = likeness(rules_, text, here, circumstances_of(row));
    if (whole >= rules_.threshold) out.push_back({row.record_id, whole, text});
  }
  // Rows of candidates stand newest first within each list; equal ones by their id, so that the
  // same question has the same answer.
  std::sort(out.begin(), out.end(), [](const Alike& a, const Alike& b) {
    return a.likeness != b.likeness ? a.likeness > b.likeness : a.id > b.id;
  });
  if (out.size() > std::min(limit, limit_max)) out.resize(std::min(limit, limit_max));
  return out;
}

std::vector<ByteRange> matches_in(std::string_view text, std::string_view query, std::size_t max) {
  const auto normal = normalise(text, title_max + detail_max);
  const auto asked = normalise(query, query_max).text;
  std::vector<Span> found;
  for (std::size_t begin = 0; begin < asked.size();) {
    const auto end = std::min(asked.find(U' ', begin), asked.size());
    const auto term = asked.substr(begin, end - begin);
    begin = end + 1;
    if (term.empty()) continue;
    for (auto at = normal.text.find(term); at != normal.text.npos && found.size() < 8 * max;
         at = normal.text.find(term, at + term.size()))
      found.push_back(
          {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + term.size())});
  }
  std::sort(found.begin(), found.end());
  std::vector<ByteRange> out;
  for (const auto& span : found) {
    // Marks may have been put into order: the piece reaches from the first byte to the last.
    const auto first = normal.from.begin();
    const std::size_t from = *std::min_element(first + span.begin, first + span.end);
    const auto last = normal.to.begin();
    const std::size_t to = *std::max_element(last + span.begin, last + span.end);
    if (!out.empty() && from <= out.back().end) {
      out.back().end = std::max(out.back().end, to);
    } else if (out.size() < max) {
      out.push_back({from, to});
    }
  }
  return out;
}

}  // namespace changwat::search
