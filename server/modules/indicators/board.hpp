#pragma once
// The scoreboards kept in memory: for each fiscal year the latest one, ready to be sent.
//
// Definitions and valid values of all KPIs are held in memory. What an act changed is named by
// changed() after its commit; a thread of the board waits until a burst of acts is over, reads the
// named KPIs again and replaces the boards of the years concerned. Readers never wait for that.
// Nothing is loaded before somebody asks. Threads: any.
//
// A second program on the same database is not noticed until a KPI of its changes here: run one
// program for each record, as ARCHITECTURE.md says, or restart the others.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "platform/db/database.hpp"
#include "platform/http/ready.hpp"

#include "modules/areas/areas.hpp"
#include "modules/indicators/year_board.hpp"

namespace changwat::indicators {

struct BoardProvince {
  AreaCode province;
  std::string name_th;
  std::string name_en;
  bool ranked = false;          // by level and by improvement
  std::vector<Reason> reasons;  // why not, for each ranking in which it is not
  std::optional<Decimal> level;
  std::optional<Key> level_band;  // of who is ranked by level
  std::optional<std::int64_t> level_rank, level_rank_low, level_rank_high;
  std::optional<Decimal> improvement;
  std::optional<std::int64_t> improvement_rank, improvement_rank_low, improvement_rank_high;
  Decimal coverage;              // per cent of the weight, for the level
  Decimal improvement_coverage;  // the same for the improvement
  std::int64_t kpis = 0;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(BoardProvince, (),
                      (province, name_th, name_en, ranked, reasons, level, level_band, level_rank,
                       level_rank_low, level_rank_high, improvement, improvement_rank,
                       improvement_rank_low, improvement_rank_high, coverage, improvement_coverage,
                       kpis, demonstration))

struct BoardAnswer {
  FiscalYear fiscal_year;
  Month period;         // to which the values stand
  Instant computed_at;  // when its content last changed
  bool demonstration = false;
  std::vector<RuleRow> rules;            // in force for the year
  std::vector<Sentence> limits;          // of this way of ranking
  std::vector<BoardProvince> provinces;  // by code
};
BOOST_DESCRIBE_STRUCT(BoardAnswer, (),
                      (fiscal_year, period, computed_at, demonstration, rules, limits, provinces))

using http::Negotiation;
using http::Sendable;
using http::sendable;

// One year's board in all the forms in which it is asked for.
struct Published {
  Scoreboard board;
  BoardAnswer answer;
  Sendable json;
  Sendable dump_json;
  Sendable dump_csv;
};

using Sheets = std::map<KpiId, std::shared_ptr<const KpiSheet>>;

// The board of a year from sheets and the year's rules; not_found where no KPI counts in that year.
Result<Published> publish(const Sheets& sheets, const areas::Register& names, const RuleBook& book,
                          FiscalYear year, Instant now);

// All sheets by SQL from nothing.
Sheets read_sheets(db::Connection& db);

class Boards {
 public:
  Boards(db::Database& database, const areas::Areas& areas, const RuleBook& rules);
  ~Boards();
  Boards(const Boards&) = delete;

  // The board of a year; none if it has none. The first call loads everything.
  std::shared_ptr<const Published> of(FiscalYear year);
  std::shared_ptr<const Sheets> sheets();

  void changed(const std::vector<KpiId>& kpis);  // after the commit; cheap
  void settle();                                 // waits until what changed before is on the boards

 private:
  using Years = std::map<FiscalYear, std::shared_ptr<const Published>>;
  void load();
  void run();
  void refresh(const std::set<KpiId>& kpis);
  Years published(const Sheets& sheets, const std::set<FiscalYear>& years, Years kept) const;

  db::Database& database_;
  const areas::Areas& areas_;
  const RuleBook& rules_;

  std::once_flag loaded_once_;
  std::mutex mutex_;  // of what follows
  std::condition_variable wake_, settled_;
  bool loaded_ = false;
  bool stopping_ = false;
  std::set<KpiId> waiting_;
  bool working_ = false;
  std::shared_ptr<const Sheets> sheets_;
  Years years_;
  std::thread thread_;
};

}  // namespace changwat::indicators
