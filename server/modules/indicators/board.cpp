#include "modules/indicators/board.hpp"

#include "platform/log/log.hpp"

#include "modules/indicators/scoreboard_dump.hpp"
#include "modules/indicators/store.hpp"

namespace changwat::indicators {
namespace {

// A burst of acts is over when nothing came for so long; a steady stream is cut into pieces.
constexpr std::chrono::milliseconds quiet{150};
constexpr std::chrono::milliseconds longest_wait{1500};

// On failure of the database the same KPIs are read again after a while.
constexpr std::chrono::milliseconds retry_after{1000};

Instant clock_now() {
  using namespace std::chrono;
  return Instant(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

std::vector<const KpiSheet*> pointers(const Sheets& sheets) {
  std::vector<const KpiSheet*> out;
  out.reserve(sheets.size());
  for (const auto& [id, sheet] : sheets) out.push_back(sheet.get());
  return out;
}

// The years in whose scoreboard a KPI may count.
void add_years(std::set<FiscalYear>& years, const Kpi& kpi) {
  years.insert(kpi.fiscal_year);
  for (const auto& target : kpi.targets.value) years.insert(target.fiscal_year);
}

BoardProvince province_of(const ProvinceStanding& standing, const Rules& rules,
                          const areas::Register& names, const KpiNames& kpi_names) {
  BoardProvince out;
  out.province = *AreaCode::parse(standing.province);
  if (const auto* area = names.find(out.province)) {
    out.name_th = area->name_th.text();
    out.name_en = area->name_en.text();
  }
  out.reasons = reasons(standing, rules.ranking, kpi_names);
  out.ranked = out.reasons.empty();
  out.level = standing.level.points;
  out.level_band = band_of(rules.bands, standing.level);
  out.level_rank = standing.level.rank;
  out.level_rank_low = standing.level.rank_low;
  out.level_rank_high = standing.level.rank_high;
  out.improvement = standing.improvement.points;
  out.improvement_rank = standing.improvement.rank;
  out.improvement_rank_low = standing.improvement.rank_low;
  out.improvement_rank_high = standing.improvement.rank_high;
  out.coverage = standing.level.coverage_percent;
  out.improvement_coverage = standing.improvement.coverage_percent;
  return out;
}

// The counting KPIs by province and code.
using KpisByCode = std::map<std::string, std::map<std::string, const Kpi*>>;

KpisByCode by_code(std::span<const KpiSheet* const> sheets) {
  KpisByCode out;
  for (const auto* sheet : sheets)
    out[sheet->kpi.province.text()][sheet->kpi.code.text()] = &sheet->kpi;
  return out;
}

Sentence name_of(const Kpi& kpi) {
  return {kpi.name_th.text(), kpi.name_en.empty() ? kpi.name_th.text() : kpi.name_en.text()};
}

BoardAnswer answer_of(const Scoreboard& board, std::span<const KpiSheet* const> sheets,
                      const areas::Register& names, const Rules& rules, FiscalYear year,
                      Instant now) {
  BoardAnswer answer;
  answer.fiscal_year = year;
  answer.period = Month::of_index(board.period_month);
  answer.computed_at = now;
  answer.rules = rules.rows;
  answer.limits = limits_of(rules.ranking);
  const auto kpis = by_code(sheets);
  for (const auto& standing : board.provinces) {
    const auto& own = kpis.at(standing.province);
    auto province = province_of(standing, rules, names,
                                [&](const std::string& code) { return name_of(*own.at(code)); });
    province.kpis = std::ssize(own);
    for (const auto& [code, kpi] : own) province.demonstration |= kpi->demonstration;
    answer.demonstration |= province.demonstration;
    answer.provinces.push_back(std::move(province));
  }
  return answer;
}

// Everything but the moment: two boards with the same content have the same tag.
std::string tag_of(BoardAnswer answer) {
  answer.computed_at = {};
  return http::content_tag(to_json(answer));
}

}  // namespace

Result<Published> publish(const Sheets& sheets, const areas::Register& names, const RuleBook& book,
                          FiscalYear year, Instant now) {
  const auto all = pointers(sheets);
  const auto counting = sheets_of_year(all, year);
  if (counting.empty()) return errors::not_found;
  const auto& rules = book.in(year);
  auto board = TRY(compute_scoreboard(scoreboard_input(counting, year, rules.age), rules.ranking));
  const auto dump = dump_of(board, rules, year);
  Published out;
  out.answer = answer_of(board, counting, names, rules, year, now);
  out.board = std::move(board);
  out.json = sendable(to_json(out.answer));
  out.json.tag = tag_of(out.answer);
  out.dump_json = sendable(to_json(dump));
  out.dump_csv = sendable(rows_csv(dump.rows));
  return out;
}

Sheets read_sheets(db::Connection& db) {
  std::map<KpiId, KpiSheet> sheets;
  for (auto& kpi : store::all_kpis(db)) sheets[kpi.kpi_id].kpi = std::move(kpi);
  store::each_valid_value(
      db, [&](const KpiId& id, const ReportedValue& value) { sheets[id].values.push_back(value); });
  Sheets out;
  for (auto& [id, sheet] : sheets) out[id] = std::make_shared<const KpiSheet>(std::move(sheet));
  return out;
}

Boards::Boards(db::Database& database, const areas::Areas& areas, const RuleBook& rules)
    : database_(database), areas_(areas), rules_(rules) {}

Boards::~Boards() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Boards::load() {
  std::call_once(loaded_once_, [this] {
    {  // from here on changes are kept, those that commit while we read too
      const std::lock_guard lock(mutex_);
      loaded_ = true;
    }
    auto sheets = std::make_shared<const Sheets>(
        database_.snapshot([](db::Connection& db) { return read_sheets(db); }));
    std::set<FiscalYear> years;
    for (const auto& [id, sheet] : *sheets) add_years(years, sheet->kpi);
    auto boards = published(*sheets, years, {});
    const std::lock_guard lock(mutex_);
    sheets_ = std::move(sheets);
    years_ = std::move(boards);
    thread_ = std::thread([this] { run(); });
  });
}

std::shared_ptr<const Published> Boards::of(FiscalYear year) {
  load();
  const std::lock_guard lock(mutex_);
  const auto found = years_.find(year);
  return found == years_.end() ? nullptr : found->second;
}

std::shared_ptr<const Sheets> Boards::sheets() {
  load();
  const std::lock_guard lock(mutex_);
  return sheets_;
}

void Boards::changed(const std::vector<KpiId>& kpis) {
  {
    const std::lock_guard lock(mutex_);
    if (!loaded_) return;  // what nobody has asked for yet is read when somebody does
    waiting_.insert(kpis.begin(), kpis.end());
  }
  wake_.notify_one();
}

void Boards::settle() {
  load();
  std::unique_lock lock(mutex_);
  settled_.wait(lock, [&] { return waiting_.empty() && !working_; });
}

void Boards::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    const auto cut = std::chrono::steady_clock::now() + longest_wait;
    for (std::size_t before = 0; !stopping_ && before != waiting_.size();) {
      before = waiting_.size();
      const auto until = std::min(cut, std::chrono::steady_clock::now() + quiet);
      wake_.wait_until(lock, until, [&] { return stopping_; });
      if (std::chrono::steady_clock::now() >= cut) break;
    }
    if (stopping_) return;
    const auto kpis = std::exchange(waiting_, {});
    working_ = true;
    lock.unlock();
    bool done = false;
    try {
      refresh(kpis);
      done = true;
    } catch (const std::exception& broken) {
      log::error("scoreboard.failed", {{"error", broken.what()}});
    }
    lock.lock();
    working_ = false;
    if (!done) {
      waiting_.insert(kpis.begin(), kpis.end());
      wake_.wait_for(lock, retry_after, [&] { return stopping_; });
    }
    if (waiting_.empty()) settled_.notify_all();
  }
}

void Boards::refresh(const std::set<KpiId>& kpis) {
  std::shared_ptr<const Sheets> before;
  Years kept;
  {
    const std::lock_guard lock(mutex_);
    before = sheets_;
    kept = years_;
  }
  auto sheets = std::make_shared<Sheets>(*before);
  std::set<FiscalYear> years;
  database_.snapshot([&](db::Connection& db) {
    for (const auto& id : kpis) {
      if (const auto old = sheets->find(id); old != sheets->end())
        add_years(years, old->second->kpi);
      auto kpi = store::kpi(db, id);
      if (!kpi) continue;  // a KPI is never removed; its act was undone
      add_years(years, *kpi);
      auto values = store::valid_values(db, kpi->province, id);
      (*sheets)[id] = std::make_shared<const KpiSheet>(KpiSheet{std::move(*kpi), held(values)});
    }
    return true;
  });
  auto boards = published(*sheets, years, std::move(kept));
  const std::lock_guard lock(mutex_);
  sheets_ = std::move(sheets);
  years_ = std::move(boards);
}

Boards::Years Boards::published(const Sheets& sheets, const std::set<FiscalYear>& years,
                                Years kept) const {
  const auto names = areas_.now();
  const auto now = clock_now();
  for (const auto year : years) {
    auto board = publish(sheets, *names, rules_, year, now);
    if (!board.ok()) {
      if (!board.problem().is(errors::not_found))  // beyond the ranking's limits: the old one stays
        log::error("scoreboard.refused",
                   {{"fiscal_year", year.count()}, {"problem", board.problem().en}});
      continue;
    }
    const auto old = kept.find(year);
    const bool same = old != kept.end() && old->second->json.tag == board->json.tag &&
                      old->second->dump_json.tag == board->dump_json.tag;
    if (!same) kept[year] = std::make_shared<const Published>(std::move(*board));
  }
  return kept;
}

}  // namespace changwat::indicators
