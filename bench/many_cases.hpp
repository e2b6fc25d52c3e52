#pragma once
// A register of cases as CSV, and its import into a record, for the benches that need many.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "platform/db/connection.hpp"

#include "program/application.hpp"
#include "program/case_imports.hpp"

namespace changwat::bench {

inline std::string two_digits(int n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

// Sub-districts of province 70 in a record that `changwat init` made.
inline std::vector<std::string> subdistricts_of(const std::filesystem::path& file) {
  const auto db = db::open_sqlite(file.string(), true);
  return db->query<std::string>(
      "SELECT code FROM area WHERE code LIKE '70%' AND level = 'subdistrict' ORDER BY code");
}

// Cases of one province over `days` from a day on, the oldest first, with texts of a usual length;
// nine of ten are closed.
inline void write_cases(const std::filesystem::path& file, const std::vector<std::string>& areas,
                        int rows, Date first, int days) {
  static const char* categories[] = {"utilities", "pollution", "peace_safety", "welfare", "land"};
  static const char* channels[] = {"walk_in", "hotline_1567", "citizen_page", "walk_in"};
  static const char* kinds[] = {"complaint", "complaint",  "urgent_problem", "advice",
                                "complaint", "suggestion", "information"};
  static const char* texts[] = {
      "ถนนหน้าโรงเรียนเป็นหลุมลึก รถจักรยานยนต์ล้มหลายครั้งแล้ว ขอให้หน่วยงานที่รับผิดชอบมาซ่อมโดยเร็ว",
      "ไฟทางดับมาสามสัปดาห์ ชาวบ้านเดินกลับบ้านตอนกลางคืนไม่ปลอดภัย",
      "โรงงานปล่อยน้ำเสียลงคลองตอนกลางคืน มีกลิ่นเหม็นและปลาตาย ขอให้ตรวจสอบ"};
  std::ofstream out(file, std::ios::binary);
  out << "number,received_at,area,kind,category,channel,importance,state,title,detail,landmark,"
         "latitude,longitude,settled_at\n";
  for (int n = 0; n < rows; ++n) {
    const auto on = first.plus_days(static_cast<int>(std::int64_t{n} * days / rows));
    const bool closed = n % 10 != 0;
    out << "R-" << n << ',' << on.text() << "T0" << n % 9 << ':' << two_digits(n % 60)
        << ":00.000Z," << areas[static_cast<std::size_t>(n) * 7919 % areas.size()] << ','
        << kinds[n % 7] << ',' << categories[n % 5] << ',' << channels[n % 4] << ",ordinary,"
        << (closed ? "closed" : "received") << ",เรื่องร้องเรียนที่ " << n << ',' << texts[n % 3]
        << ",หน้าวัดหมู่ที่ " << n % 15 << ",13." << 100'000 + n % 800'000 << ",99."
        << 100'000 + n % 700'000 << ','
        << (closed ? on.plus_days(20).text() + "T05:00:00.000Z" : "") << "\n";
  }
}

// What the command prints is not for here.
class Silence {
 public:
  Silence() : before_(std::cout.rdbuf(nothing_.rdbuf())) {}
  ~Silence() { std::cout.rdbuf(before_); }

 private:
  std::ostringstream nothing_;
  std::streambuf* before_;
};

inline program::Settings settings_of(const std::filesystem::path& folder) {
  program::Settings settings;
  settings.data = folder;
  settings.share = CHANGWAT_SOURCE_DIR;
  return settings;
}

inline void import_cases(program::Application& application, const std::filesystem::path& folder,
                         const std::filesystem::path& csv) {
  program::Import what;
  what.kind = "cases";
  what.files = {csv};
  what.province = "70";
  what.apply = true;
  const Silence silence;
  program::import_cases(application, settings_of(folder), what);
}

inline void copy_record(const std::filesystem::path& base, const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const auto& entry : fs::directory_iterator(base))
    if (entry.is_regular_file()) fs::copy(entry.path(), folder / entry.path().filename());
}

}  // namespace changwat::bench
