#include <algorithm>
#include <map>

#include "modules/indicators/indicators.hpp"
#include "modules/indicators/judgement.hpp"
#include "modules/indicators/store.hpp"

namespace changwat::indicators {
namespace {

constexpr std::int64_t series_length_max = 200;

int month_of(Instant now) {
  const auto today = now.bangkok_date();
  return month_index(today.year(), static_cast<int>(today.month()));
}

template <class T>
bool cut(std::vector<T>& rows, const PageLimit& limit) {
  if (std::ssize(rows) <= limit.count()) return false;
  rows.resize(static_cast<std::size_t>(limit.count()));
  return true;
}

// The latest yearly value by fiscal year and code, of one sheet.
std::optional<Decimal> latest_value(const KpiSheet& sheet) {
  const auto series = yearly_series(sheet.kpi.yearly_value, sheet.values);
  if (series.empty()) return std::nullopt;
  return series.back().value;
}

std::string text_of(const std::optional<Decimal>& value) {
  return value ? value->text() : "";
}
std::string text_of(const std::optional<std::int64_t>& rank) {
  return rank ? std::to_string(*rank) : "";
}

}  // namespace

KpiAnswer Indicators::answer(db::Connection& db, Kpi kpi, Instant now) const {
  const auto values = store::valid_values(db, kpi.province, kpi.kpi_id);
  auto judged = judgement(kpi, held(values), month_of(now), rules_);
  return {std::move(kpi), std::move(judged)};
}

Result<Page<KpiAnswer>> Indicators::list(Call& call, const Query<KpiQuery>& query) {
  return database_.snapshot([&](db::Connection& db) -> Result<Page<KpiAnswer>> {
    auto kpis = store::kpis(db, query.value);
    const bool more = cut(kpis, query->limit);
    Page<KpiAnswer> page;
    for (auto& kpi : kpis) page.items.push_back(answer(db, std::move(kpi), call.now));
    if (more) page.next = page.items.back().kpi_id.text();
    return page;
  });
}

Result<KpiAnswer> Indicators::get(Call& call, const Path<KpiPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<KpiAnswer> {
    auto kpi = store::kpi(db, path->kpi_id);
    if (!kpi) return errors::not_found;
    return answer(db, std::move(*kpi), call.now);
  });
}

// An act that the offices allow may still be refused by a rule: then the rule says why.
Result<authority::NextActs> Indicators::kpi_acts(Call& call, const Path<KpiPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto kpi = store::kpi(db, path->kpi_id);
    if (!kpi) return errors::not_found;
    const bool has_values = !store::newest_values(db, kpi->province, kpi->kpi_id, 1).empty();
    authority::NextActs out;
    for (auto& next :
         authority_.next_acts(call, kpi_transitions, KpiState::agreed, {kpi->province})) {
      const auto rule = may_now(next.act, *kpi, has_values);
      if (next.allowed && !rule.ok()) {
        next.allowed = false;
        next.why_not_th = rule.problem().th;
        next.why_not_en = rule.problem().en;
      }
      out.items.push_back(std::move(next));
    }
    return out;
  });
}

Result<Page<ReportedValue>> Indicators::list_values(Call&, const Path<KpiPath>& path,
                                                    const Query<ValueQuery>& query) {
  return database_.read([&](db::Connection& db) -> Result<Page<ReportedValue>> {
    Page<ReportedValue> page;
    page.items = store::values(db, path->kpi_id, query.value);
    if (page.items.empty() && !store::kpi(db, path->kpi_id)) return errors::not_found;
    if (cut(page.items, query->limit))
      page.next = ValueCursor(page.items.back().period, page.items.back().revision).text();
    return page;
  });
}

std::vector<KpiWithSeries> Indicators::of_province(const AreaCode& province,
                                                   std::optional<FiscalYear> year,
                                                   Instant now) const {
  return database_.snapshot([&](db::Connection& db) {
    std::vector<KpiWithSeries> out;
    for (auto& kpi : store::kpis_of(db, province)) {
      if (year && kpi.fiscal_year != *year) continue;
      auto series = store::newest_values(db, province, kpi.kpi_id, series_length_max);
      auto judged = judgement(kpi, held(series), month_of(now), rules_);
      out.push_back({{std::move(kpi), std::move(judged)}, std::move(series)});
    }
    return out;
  });
}

std::vector<PeerValue> Indicators::peers(const AreaCode& province, const Key& kpi_code,
                                         FiscalYear year) const {
  const auto names = areas_.now();
  const auto* cluster = names->cluster_of(province);
  if (!cluster) return {};
  std::map<AreaCode, const KpiSheet*> latest;
  const auto sheets = boards_->sheets();
  for (const auto& [id, sheet] : *sheets) {
    const auto& kpi = sheet->kpi;
    if (kpi.code != kpi_code || kpi.province == province || kpi.fiscal_year > year) continue;
    if (std::find(cluster->provinces.begin(), cluster->provinces.end(), kpi.province) ==
        cluster->provinces.end())
      continue;
    auto& place = latest[kpi.province];
    if (!place || place->kpi.fiscal_year < kpi.fiscal_year) place = sheet.get();
  }
  std::vector<PeerValue> out;
  for (const auto& [peer, sheet] : latest)
    if (const auto value = latest_value(*sheet)) out.push_back({peer, *value});
  return out;
}

// ---- the scoreboard

Result<Prepared<BoardAnswer>> Indicators::scoreboard(Call&, const Query<ScoreboardQuery>& query,
                                                     const Negotiation& reader) {
  const auto board = boards_->of(query->fiscal_year);
  if (!board) return errors::not_found;
  return Prepared<BoardAnswer>{respond(board->json, reader, "application/json; charset=utf-8")};
}

Result<http::Response> Indicators::dump(Call&, const Query<DumpQuery>& query,
                                        const Negotiation& reader) {
  const auto board = boards_->of(query->fiscal_year);
  if (!board) return errors::not_found;
  const bool csv = query->format == DumpFormat::csv;
  auto response = csv ? respond(board->dump_csv, reader, "text/csv; charset=utf-8")
                      : respond(board->dump_json, reader, "application/json; charset=utf-8");
  const auto name =
      "scoreboard-" + std::to_string(query->fiscal_year.count()) + (csv ? ".csv" : ".json");
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

Result<BoardTable> Indicators::board_table(FiscalYear year) const {
  const auto board = boards_->of(year);
  if (!board) return errors::not_found;
  BoardTable table;
  table.heading = {"province",
                   "name_th",
                   "name_en",
                   "level",
                   "level_rank",
                   "level_rank_low",
                   "level_rank_high",
                   "improvement",
                   "improvement_rank",
                   "improvement_rank_low",
                   "improvement_rank_high",
                   "level_band",
                   "coverage_percent",
                   "kpis",
                   "why_not_ranked_th",
                   "why_not_ranked_en",
                   "demonstration"};
  for (const auto& p : board->answer.provinces) {
    std::string th, en;
    for (const auto& reason : p.reasons) {
      const bool level = reason.ranking == Ranking::level;
      th +=
          (th.empty() ? "" : " / ") + std::string(level ? "ตามระดับ: " : "ตามการพัฒนา: ") + reason.th;
      en += (en.empty() ? "" : " / ") + std::string(level ? "By level: " : "By improvement: ") +
            reason.en;
    }
    table.rows.push_back(
        {p.province.text(), p.name_th, p.name_en, text_of(p.level), text_of(p.level_rank),
         text_of(p.level_rank_low), text_of(p.level_rank_high), text_of(p.improvement),
         text_of(p.improvement_rank), text_of(p.improvement_rank_low),
         text_of(p.improvement_rank_high), p.level_band ? p.level_band->text() : "",
         p.coverage.text(), std::to_string(p.kpis), th, en, p.demonstration ? "true" : "false"});
  }
  return table;
}

}  // namespace changwat::indicators
