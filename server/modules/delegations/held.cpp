// The register: who holds what in a province, by law and by grant.

#include <algorithm>
#include <set>

#include "platform/documents/workbook.hpp"

#include "modules/delegations/delegations.hpp"
#include "modules/delegations/store.hpp"

namespace changwat::delegations {
namespace {

using authority::Grant;
using authority::LawPower;

constexpr std::size_t rows_max = 2'000;
constexpr std::int64_t grants_at_once = 500;

// Powers that the kinds of orders delegate, and those by which law gives others the same.
std::vector<const LawPower*> shown_powers(const authority::Law& law, const Templates& templates,
                                          const std::optional<OrderKind>& only, Date on) {
  std::set<std::string> acts;
  for (const auto& kind : templates.kinds) {
    if (only && kind.kind != *only) continue;
    for (const auto& key : kind.powers)
      for (const auto& act : law.find(key)->power->acts) acts.insert(act.text());
  }
  std::vector<const LawPower*> out;
  for (const auto& power : law.powers())
    if (power.in_force(on) &&
        std::any_of(power.power->acts.begin(), power.power->acts.end(),
                    [&](const Key& act) { return acts.contains(act.text()); }))
      out.push_back(&power);
  return out;
}

// Now if the day is today or none is named; another day as it stands at its end.
Instant moment_of(const std::optional<Date>& day, Instant now) {
  if (!day || *day == now.bangkok_date()) return now;
  return Instant::bangkok(*day, 23, 59, 59);
}

std::optional<Date> last_day_of(std::int64_t ends) {
  if (ends == authority::for_ever) return std::nullopt;
  return Instant(ends - 1).bangkok_date();
}

}  // namespace

// One look at a province: rows by law, each with the tree of grants below it.
class Held {
 public:
  Held(const Below& below, db::Connection& db, const AreaCode& province, Instant at, bool is_now)
      : below_(below), db_(db), province_(province), at_(at) {
    offices_ = below.grants.offices(at);
    load_grants(is_now);
    for (const auto& row : store::grants_of_province(db, province)) orders_.push_back(row);
  }

  void add(const LawPower& power) {
    for (const auto& role : power.power->holders)
      for (const auto* office : offices_->of(role, province_)) add(power, *office);
  }
  std::vector<HeldRow> take() { return std::move(rows_); }
  bool more() const { return more_; }

 private:
  struct Standing {
    Grant grant;
    authority::Extent extent;
  };

  void load_grants(bool is_now) {
    std::optional<GrantId> before;
    for (;;) {
      const auto page = below_.grants.grants_in(db_, province_, before, grants_at_once);
      const auto& book = below_.authority.grants();
      book.read([&] {
        for (const auto& grant : page) {
          const auto number = book.find(grant.grant_id);
          if (number == authority::GrantBook::none) continue;
          const auto& extent = book.row(number).extent;
          if (extent.in_force(at_.unix_ms())) grants_.push_back({grant, extent});
        }
        return 0;
      });
      if (page.size() < static_cast<std::size_t>(grants_at_once)) break;
      before = page.back().grant_id;
    }
    // Whose grantor left: the register of grants ends them within the hour.
    if (is_now)
      std::erase_if(grants_, [&](const Standing& standing) {
        return below_.grants.lapsed(db_, standing.grant.grant_id, at_);
      });
    std::reverse(grants_.begin(), grants_.end());  // the oldest first
  }

  HeldRow row_of(const LawPower& power, const OfficeRow& office) const {
    HeldRow row;
    row.power = power.power->power;
    for (const auto& act : power.power->acts) row.acts.push_back(*below_.authority.law().act(act));
    row.law_th = power.instruments.front()->citation_th.text();
    row.law_en = power.instruments.front()->citation_en.text();
    row.verified = power.verified;
    if (power.power->note) row.note = power.power->note->text();
    row.office = office;
    row.holders = below_.grants.holders(office, at_.bangkok_date());
    return row;
  }

  bool push(HeldRow row) {
    if (rows_.size() >= rows_max) {
      more_ = true;
      return false;
    }
    rows_.push_back(std::move(row));
    return true;
  }

  void add(const LawPower& power, const OfficeRow& office) {
    auto row = row_of(power, office);
    row.ceiling_satang = power.power->ceiling_satang;
    row.area = office.area;
    if (power.first_day > authority::days_begin) row.from_date = power.first_day;
    if (power.last_day < authority::days_end) row.to_date = power.last_day;
    if (!push(std::move(row))) return;
    add_below(power, office.office_id, std::nullopt, 1);
  }

  void add_below(const LawPower& power, const std::string& giver,
                 const std::optional<GrantId>& parent, std::int64_t depth) {
    for (const auto& [grant, extent] : grants_) {
      if (grant.power != power.power->power || grant.parent_grant_id != parent ||
          grant.from_office_id.text() != giver)
        continue;
      const auto* office = offices_->find(grant.to_office_id);
      if (!office) continue;
      auto row = row_of(power, *office);
      row.depth = depth;
      row.grant_id = grant.grant_id;
      row.parent_grant_id = grant.parent_grant_id;
      row.from_office_id = giver;
      if (extent.ceiling != authority::no_ceiling)
        row.ceiling_satang = Satang::of_count(extent.ceiling);
      row.area = extent.place.area();
      row.project = project_of(grant);
      row.from_date = Instant(extent.begins).bangkok_date();
      row.to_date = last_day_of(extent.ends);
      row.document = grant.document.text();
      for (const auto& order : orders_)
        if (order.grant_id == grant.grant_id) row.order_id = order.order_id;
      if (!push(std::move(row))) return;
      add_below(power, office->office_id, grant.grant_id, depth + 1);
    }
  }

  std::optional<ProjectSummary> project_of(const Grant& grant) const {
    if (!grant.project) return std::nullopt;
    const auto id = ProjectId::parse(grant.project->text());
    return id ? below_.plans.project(db_, *id) : std::nullopt;
  }

  const Below& below_;
  db::Connection& db_;
  const AreaCode province_;
  const Instant at_;
  std::shared_ptr<const authority::Offices> offices_;
  std::vector<Standing> grants_;
  std::vector<OrderGrant> orders_;
  std::vector<HeldRow> rows_;
  bool more_ = false;
};

Result<HeldPowers> Delegations::held(const Call& call, const HeldQuery& query) const {
  TRY(below_.authority.decide(call, "delegation.read", {query.province}));
  const auto& law = below_.authority.law();
  const auto at = moment_of(query.on, call.now);
  return below_.database.snapshot([&](db::Connection& db) -> Result<HeldPowers> {
    Held held(below_, db, query.province, at, at == call.now);
    for (const auto* power : shown_powers(law, templates_, query.kind, at.bangkok_date()))
      held.add(*power);
    HeldPowers out{query.province, at, law.digest(), held.take(), false};
    out.more = held.more();
    return out;
  });
}

Result<HeldPowers> Delegations::held_powers(Call& call, const Query<HeldQuery>& query) {
  return held(call, query.value);
}

// ---- as a table

namespace {

using documents::Column;
using documents::ColumnKind;
using documents::Value;

std::vector<Column> held_columns() {
  return {{"ลำดับชั้น", ColumnKind::integer},
          {"อำนาจ"},
          {"ตำแหน่งที่มีอำนาจ"},
          {"ผู้ดำรงตำแหน่ง"},
          {"โครงการ"},
          {"วงเงิน (บาท)", ColumnKind::decimal},
          {"ตั้งแต่วันที่", ColumnKind::date},
          {"ถึงวันที่", ColumnKind::date},
          {"คำสั่ง"},
          {"กฎหมาย"},
          {"ตรวจยืนยันแล้ว"}};
}

// The texts of a row, which have to stand while it is written.
struct HeldTexts {
  std::string acts, holders, project;
  explicit HeldTexts(const HeldRow& row) {
    for (const auto& act : row.acts) acts += (acts.empty() ? "" : ", ") + act.label_th.text();
    for (const auto& holder : row.holders)
      holders += (holders.empty() ? "" : ", ") + holder.name_th +
                 (holder.acting ? " (รักษาราชการแทน)" : "");
    if (row.project) project = row.project->code.text() + " " + row.project->name_th;
  }
};

std::vector<Value> cells(const HeldRow& row, const HeldTexts& texts) {
  const auto day = [](const std::optional<Date>& date) { return date ? Value(*date) : Value(); };
  return {row.depth,
          std::string_view(texts.acts),
          std::string_view(row.office.title_th),
          std::string_view(texts.holders),
          std::string_view(texts.project),
          row.ceiling_satang ? Value(documents::Millionths{row.ceiling_satang->count() * 10'000})
                             : Value(),
          day(row.from_date),
          day(row.to_date),
          std::string_view(row.document),
          std::string_view(row.law_th),
          std::string_view(row.verified ? "ใช่" : "ยังไม่ยืนยัน")};
}

}  // namespace

Result<http::Response> Delegations::export_held(Call& call, const Query<HeldExportQuery>& query) {
  const auto held = TRY(this->held(call, {query->province, query->on, query->kind}));
  http::Response response;
  if (query->format == TableFormat::csv) {
    documents::CsvTable table(held_columns());
    for (const auto& row : held.items) table.add_row(cells(row, HeldTexts(row)));
    response.content_type = "text/csv; charset=utf-8";
    response.body = table.finish();
  } else {
    documents::Workbook book;
    TRY(book.add_sheet("การมอบอำนาจ", held_columns()));
    for (const auto& row : held.items) TRY(book.add_row(cells(row, HeldTexts(row))));
    response.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.body = book.finish();
  }
  response.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename=\"delegations." + std::string(enum_name(query->format)) + "\"");
  return response;
}

}  // namespace changwat::delegations
