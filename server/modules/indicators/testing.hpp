#pragma once
// For tests of this module: a register with a few provinces, offices that report, and definitions.

#include "base/testing.hpp"

#include "platform/db/testing.hpp"

#include "modules/indicators/indicators.hpp"

namespace changwat::indicators {

inline Decimal dec(std::string_view text) {
  return word<Decimal>(text);
}
inline AreaCode area_code(std::string_view text) {
  return word<AreaCode>(text);
}
inline FiscalYear year_of(int year) {
  return *FiscalYear::of_count(year);
}

inline Call nobody(std::string_view now) {
  Call call;
  call.now = *Instant::parse(now);
  return call;
}

// Somebody of the provincial office of these provinces.
inline Call officer(std::string_view now, const std::vector<std::string>& provinces,
                    const std::string& role = "provincial_office") {
  auto call = nobody(now);
  call.caller = Caller{.person_id = "person_" + provinces.front()};
  for (const auto& province : provinces)
    call.caller->offices.push_back(
        {.office_id = "office_" + province, .role = role, .area = area_code(province)});
  return call;
}

inline authority::Law reviewed_law() {
  return authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value();
}

inline RuleBook reviewed_rules() {
  auto rules = RuleBook::read(file_text("data/indicators/rules.json"));
  EXPECT_TRUE(rules.ok()) << (rules.ok() ? "" : rules.problem().en);
  return *rules;
}
// In force for the year of most tests.
inline Rules rules_of_2021() {
  return reviewed_rules().in(year_of(2021));
}

inline areas::Area province_area(const char* code, const char* th, const char* en) {
  areas::Area area;
  area.code = area_code(code);
  area.level = AreaLevel::province;
  area.name_th = word<areas::AreaName>(th);
  area.name_en = word<areas::AreaName>(en);
  return area;
}

// A percentage that should rise from 60 in 2020 to 80 in 2021.
inline NewKpi rising(const char* province, const char* code, const char* weight = "100") {
  NewKpi kpi;
  kpi.code = word<Key>(code);
  kpi.name_th = word<Text<1, 300>>("ร้อยละของเรื่องร้องเรียนที่ยุติภายในกำหนด");
  kpi.name_en = word<Text<0, 300>>("Cases closed in time");
  kpi.definition_th = word<Text<1, 4000>>("เรื่องที่ยุติภายในกำหนด หารด้วยเรื่องทั้งหมด คูณ 100");
  kpi.unit_th = word<Text<1, 100>>("ร้อยละ");
  kpi.unit_en = word<Text<0, 100>>("per cent");
  kpi.source_th = word<Text<1, 500>>("ทะเบียนศูนย์ดำรงธรรม");
  kpi.owner_th = word<Text<1, 300>>("ที่ทำการปกครองจังหวัด");
  kpi.weight = dec(weight);
  kpi.baseline = {{year_of(2019), dec("58")}, {year_of(2020), dec("60")}};
  kpi.targets = {{year_of(2021), dec("80")}, {year_of(2022), dec("90")}};
  kpi.criteria = KpiCriteria{dec("60"), dec("70"), dec("80")};
  kpi.province = area_code(province);
  kpi.fiscal_year = year_of(2021);
  return kpi;
}

inline NewValue value_of(const char* period, const char* value) {
  NewValue in;
  in.period = word<KpiPeriod>(period);
  in.value = dec(value);
  in.source_class = SourceClass::administrative_record;
  return in;
}

// A value as it would stand in the record.
inline ReportedValue row(const char* period, const char* value) {
  ReportedValue out;
  out.period = word<KpiPeriod>(period);
  out.value = dec(value);
  return out;
}

class IndicatorsOnBothEngines : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    powers_ = std::make_unique<authority::Authority>(reviewed_law());
    areas_ = std::make_unique<areas::Areas>(database(), acts());
    found_provinces();
    indicators_ =
        std::make_unique<Indicators>(database(), acts(), *powers_, *areas_, reviewed_rules());
  }
  void TearDown() override {
    indicators_.reset();
    areas_.reset();
    db::OnBothEngines::TearDown();
  }

  virtual void found_provinces() {
    const auto call = nobody("2020-01-01T00:00:00Z");
    const auto changes = areas_->preview(
        {province_area("40", "ขอนแก่น", "Khon Kaen"), province_area("70", "ราชบุรี", "Ratchaburi"),
         province_area("71", "กาญจนบุรี", "Kanchanaburi")},
        *Date::of(2020, 1, 1));
    ASSERT_TRUE(changes.ok() && areas_->import(call, *changes, "test register").ok());
    areas::Cluster cluster;
    cluster.code = word<Key>("central_lower_1");
    cluster.name_th = cluster.region_th = word<areas::AreaName>("ภาคกลางตอนล่าง 1");
    cluster.name_en = cluster.region_en = word<areas::AreaName>("Lower Central 1");
    cluster.region = word<Key>("central");
    cluster.centre = area_code("70");
    cluster.provinces = {area_code("70"), area_code("71")};
    ASSERT_TRUE(areas_->found_clusters(call, {cluster}).ok());
  }

  Indicators& indicators() { return *indicators_; }
  areas::Areas& register_of_areas() { return *areas_; }

  KpiAnswer defined(const NewKpi& in, const char* now = "2020-11-01T03:00:00Z") {
    auto call = officer(now, {in.province.text()});
    auto made = indicators().create(call, in);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.problem().en);
    return made.ok() ? made->value : KpiAnswer{};
  }
  Result<Created<ReportedValue>> reported(Call call, const KpiId& id, const NewValue& in) {
    return indicators().report(call, Path<KpiPath>{{id}}, in);
  }
  // Values for months from the first, "2020-10" on, by the office of the KPI's province.
  void report_months(const Kpi& kpi, const std::vector<const char*>& values,
                     const char* first = "2020-10") {
    auto month = Month::parse(first)->index();
    for (const auto* value : values) {
      const auto period = Month::of_index(month++).text();
      ASSERT_TRUE(reported(officer("2022-12-01T03:00:00Z", {kpi.province.text()}), kpi.kpi_id,
                           value_of(period.c_str(), value))
                      .ok())
          << period;
    }
  }
  KpiAnswer got(const KpiId& id, const char* now) {
    auto call = nobody(now);
    auto found = indicators().get(call, Path<KpiPath>{{id}});
    EXPECT_TRUE(found.ok());
    return found.ok() ? *found : KpiAnswer{};
  }
  Page<ReportedValue> values(const KpiId& id, ValueQuery query = {}) {
    auto call = nobody("2023-01-01T00:00:00Z");
    auto page = indicators().list_values(call, Path<KpiPath>{{id}}, Query<ValueQuery>{query});
    EXPECT_TRUE(page.ok());
    return page.ok() ? *page : Page<ReportedValue>{};
  }

 private:
  std::unique_ptr<authority::Authority> powers_;
  std::unique_ptr<areas::Areas> areas_;
  std::unique_ptr<Indicators> indicators_;
};

}  // namespace changwat::indicators
