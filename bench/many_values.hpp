#pragma once
// A record with about a million KPI values, as ten years of reporting would leave it: 109 KPIs of a
// province, agreed in four fiscal years, each reported for 120 months.

#include "modules/indicators/store.hpp"

namespace changwat::bench {

inline constexpr int kpis_of_province = 109;
inline constexpr int months_reported = 120;
inline constexpr int last_month = indicators::month_index(2021, 9);

template <class Word>
Word word(std::string_view text) {
  auto parsed = Word::parse(text);
  CHECK(parsed.has_value());
  return std::move(*parsed);
}

inline indicators::Kpi make_kpi(const AreaCode& province, int k, Instant now) {
  const auto year = [](int y) { return *FiscalYear::of_count(y); };
  indicators::Kpi kpi;
  kpi.kpi_id = indicators::KpiId::make(now);
  kpi.province = province;
  kpi.fiscal_year = year(2018 + k % 4);
  kpi.code = word<Key>("kpi_" + std::to_string(100 + k));
  kpi.name_th = word<Text<1, 300>>("ร้อยละของเรื่องร้องเรียนที่ยุติภายในกำหนดเวลา");
  kpi.name_en = word<Text<0, 300>>("Complaints that were settled in time");
  kpi.definition_th = word<Text<1, 4000>>(
      "จำนวนเรื่องที่ยุติภายในกำหนดเวลา หารด้วยจำนวนเรื่องทั้งหมดที่ถึงกำหนดในเดือนนั้น คูณด้วย 100");
  kpi.unit_th = word<Text<1, 100>>("ร้อยละ");
  kpi.unit_en = word<Text<0, 100>>("per cent");
  kpi.source_th = word<Text<1, 500>>("ทะเบียนเรื่องร้องเรียนของศูนย์ดำรงธรรมจังหวัด");
  kpi.owner_th = word<Text<1, 300>>("ที่ทำการปกครองจังหวัด");
  kpi.weight = word<Decimal>("4");
  kpi.baseline = {{{year(2018 + k % 4 - 1), word<Decimal>("58.5")}}};
  kpi.targets = {
      {{year(2018 + k % 4), word<Decimal>("80")}, {year(2018 + k % 4 + 1), word<Decimal>("90")}}};
  kpi.criteria = {{word<Decimal>("60"), word<Decimal>("70"), word<Decimal>("80")}};
  kpi.changed_at = now;
  return kpi;
}

inline indicators::ReportedValue make_value(int month, int salt, Instant now) {
  indicators::ReportedValue value;
  value.value_id = indicators::ValueId::make(now);
  value.period = indicators::KpiPeriod::of(Month::of_index(month));
  value.value = *Decimal::of_millionths(std::int64_t{50'000'000} +
                                        (salt * 7919 + month * 104'729) % 500 * 100'000);
  value.source_class = indicators::SourceClass::administrative_record;
  value.recorded_at = now;
  return value;
}

// Reports for these provinces, in one transaction; how many values.
inline std::int64_t fill_values(db::Connection& db, const std::vector<AreaCode>& provinces) {
  const auto now = *Instant::parse("2021-10-15T03:00:00Z");
  std::int64_t count = 0;
  db.command("BEGIN");
  for (const auto& province : provinces) {
    for (int k = 0; k < kpis_of_province; ++k) {
      const auto kpi = make_kpi(province, k, now);
      indicators::store::add(db, kpi);
      for (int back = months_reported - 1; back >= 0; --back, ++count) {
        indicators::store::add(db, province, kpi.kpi_id, make_value(last_month - back, k, now),
                               "01HZZZZZZZZZZZZZZZZZZZZZZY");
      }
    }
  }
  db.command("COMMIT");
  return count;
}

inline std::vector<AreaCode> provinces_of(db::Connection& db) {
  return db.query<AreaCode>("SELECT code FROM area WHERE level = 'province' ORDER BY code");
}

inline std::vector<indicators::KpiId> kpi_ids(db::Connection& db) {
  return db.query<indicators::KpiId>("SELECT kpi_id FROM kpi ORDER BY kpi_id");
}

}  // namespace changwat::bench
