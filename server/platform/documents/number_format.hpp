#pragma once
// What a spreadsheet's number format makes of a number: the only thing that tells a date from a
// count. Pure; any thread. Sources: ECMA-376 part 1, 18.8.30 (ids) and 18.8.31 (codes).

#include <optional>
#include <string>
#include <string_view>

namespace changwat::documents {

struct NumberFormat {
  bool day = false;    // shows a day, month or year
  bool clock = false;  // shows hours, minutes or seconds
  bool percent = false;

  bool date() const { return day || clock; }
};

// Formats every program knows by number, those of the Thai edition (59..81) included.
NumberFormat built_in_format(unsigned id);

// A written format code: "[$-th-TH]d mmmm bbbb", "#,##0.00", "[h]:mm:ss", "วว/ดด/ปปปป".
NumberFormat format_of_code(std::string_view code);

// ISO text of a day count: "2021-03-12", "2021-03-12T09:30:00", or "33:15:00" for a clock alone.
// nullopt where the calendar of spreadsheets has no such day (below 0, after 9999, 29 February
// 1900).
std::optional<std::string> date_of_serial(double serial, NumberFormat format, bool date_1904);

}  // namespace changwat::documents
