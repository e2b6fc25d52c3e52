#pragma once
// Indicators: what provinces promised in figures, what they report, whether they are on their way,
// and the scoreboard by which everybody may compare them.
//
// Who calls it: programme (definitions of approved applications, peers), pages of provinces,
// anybody over HTTP. Figures are public. Values are never changed: a correction or withdrawal is a
// new row that names what it is about and why. Threads: any.

#include <memory>
#include <string>
#include <vector>

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/areas.hpp"
#include "modules/authority/authority.hpp"
#include "modules/indicators/board.hpp"
#include "modules/indicators/definition.hpp"
#include "modules/indicators/imports.hpp"
#include "modules/indicators/model.hpp"
#include "modules/indicators/rule_book.hpp"

namespace changwat::indicators {

struct ScoreboardQuery {
  FiscalYear fiscal_year;
};
BOOST_DESCRIBE_STRUCT(ScoreboardQuery, (), (fiscal_year))

enum class DumpFormat { json, csv };
BOOST_DESCRIBE_ENUM(DumpFormat, json, csv)

struct DumpQuery {
  FiscalYear fiscal_year;
  std::optional<DumpFormat> format;
};
BOOST_DESCRIBE_STRUCT(DumpQuery, (), (fiscal_year, format))

enum class SheetFormat { xlsx, csv };
BOOST_DESCRIBE_ENUM(SheetFormat, xlsx, csv)

struct ExportQuery {
  std::optional<AreaCode> province;
  std::optional<FiscalYear> fiscal_year;
  std::optional<SheetFormat> format;
};
BOOST_DESCRIBE_STRUCT(ExportQuery, (), (province, fiscal_year, format))

// A scoreboard as a plain table, for the command line.
struct BoardTable {
  std::vector<std::string> heading;
  std::vector<std::vector<std::string>> rows;
};

// A value with the KPI it belongs to.
struct KnownValue {
  AreaCode province;
  KpiId kpi_id;
  ReportedValue value;
};

class Indicators final : public KpiRegister {
 public:
  Indicators(db::Database& database, Acts& acts, const authority::Authority& authority,
             const areas::Areas& areas, RuleBook rules);

  // ---- KpiRegister
  Result<Done> define(Tx& tx, const Call& call, const AreaCode& province, FiscalYear fiscal_year,
                      const std::string& application_id,
                      const std::vector<KpiDefinition>& kpis) override;
  // Of the provinces of the same cluster, from memory.
  std::vector<PeerValue> peers(const AreaCode& province, const Key& kpi_code,
                               FiscalYear fiscal_year) const override;
  const RuleBook& rules() const override { return rules_; }

  // The KPIs of a province with judgement at `now` and the newest values; of all years, or of one.
  std::vector<KpiWithSeries> of_province(const AreaCode& province, std::optional<FiscalYear> year,
                                         Instant now) const;
  Result<BoardTable> board_table(FiscalYear year) const;

  // Invented definitions, and values for them, in one act each; `conflict` if there are such
  // already. A KPI that an application has defined is kept and marked. Returns the KPIs as they
  // stand.
  Result<std::vector<Kpi>> put_demonstration(const Call& call, const std::vector<Kpi>& kpis);
  Result<Done> put_demonstration(const Call& call, const std::vector<KnownValue>& values);

  // Told of committed ledger entries. What they changed the acts themselves have said by then.
  void on_entries(std::int64_t first, std::int64_t last);
  Boards& boards() { return *boards_; }

  // ---- handlers
  Result<Page<KpiAnswer>> list(Call& call, const Query<KpiQuery>& query);
  Result<KpiAnswer> get(Call& call, const Path<KpiPath>& path);
  Result<Page<ReportedValue>> list_values(Call& call, const Path<KpiPath>& path,
                                          const Query<ValueQuery>& query);
  Result<Created<KpiAnswer>> create(Call& call, const NewKpi& in);
  Result<KpiAnswer> change(Call& call, const Path<KpiPath>& path, const KpiChange& in);
  Result<Created<ReportedValue>> report(Call& call, const Path<KpiPath>& path, const NewValue& in);
  Result<Created<ReportedValue>> withdraw(Call& call, const Path<ValuePath>& path,
                                          const Withdrawal& in);
  Result<authority::NextActs> kpi_acts(Call& call, const Path<KpiPath>& path);
  Result<Prepared<BoardAnswer>> scoreboard(Call& call, const Query<ScoreboardQuery>& query,
                                           const Negotiation& reader);
  Result<http::Response> dump(Call& call, const Query<DumpQuery>& query, const Negotiation& reader);
  Result<Created<ImportAnswer>> preview(Call& call, const Query<ImportQuery>& query,
                                        const Upload& sheet);
  Result<ImportAnswer> get_import(Call& call, const Path<ImportPath>& path);
  Result<ImportOutcome> confirm(Call& call, const Path<ImportPath>& path, const ConfirmImport& in);
  Result<http::Response> export_kpis(Call& call, const Query<ExportQuery>& query);

  void add_routes(RouteTable& table);

 private:
  KpiAnswer answer(db::Connection& db, Kpi kpi, Instant now) const;
  Result<Kpi> add_kpi(Tx& tx, const Kpi& kpi);
  void put_value(Tx& tx, const Kpi& kpi, const authority::Permit& permit, const ReportedValue& row);
  Result<store::ImportRow> own_import(db::Connection& db, const Call& call,
                                      const ImportId& id) const;
  Result<std::optional<PortionOutcome>> outcome_of(const ImportId& id, std::int64_t number) const;
  Result<PortionOutcome> write_portion(const Call& call, const store::ImportRow& import,
                                       std::int64_t number);
  void tell_boards(Tx& tx, std::vector<KpiId> kpis);

  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
  const areas::Areas& areas_;
  const RuleBook rules_;
  std::unique_ptr<Boards> boards_;
};

}  // namespace changwat::indicators
