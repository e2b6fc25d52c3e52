#pragma once
// Words of cases: national ids, telephone numbers, tracking codes, numbers of cases. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "base/word.hpp"

namespace changwat::service_centre {

// A Thai national id (เลขประจำตัวประชาชน): 13 digits, the last is the check digit: 11 less the
// remainder by 11 of the others weighted 13 … 2, its last digit. People write it with spaces and
// hyphens; it is kept without.
class CitizenId {
 public:
  CitizenId() = default;
  static std::optional<CitizenId> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return value_; }
  friend auto operator<=>(const CitizenId&, const CitizenId&) = default;

 private:
  std::string value_;
};

// A telephone number: digits, 9 or 10 from 0 on, or international with + and 8 … 15 digits. Kept
// without spaces, hyphens and brackets.
class Phone {
 public:
  Phone() = default;
  static std::optional<Phone> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return value_; }
  friend auto operator<=>(const Phone&, const Phone&) = default;

 private:
  std::string value_;
};

// An address of electronic mail, as far as it can be known without sending: something, @, a domain
// with a point; no space; 254 characters at most.
class Email {
 public:
  Email() = default;
  static std::optional<Email> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return value_; }
  friend auto operator<=>(const Email&, const Email&) = default;

 private:
  std::string value_;
};

// What a citizen follows a case with: 14 random characters of an alphabet of 31 without look-alikes
// (69 bits), and a check character that finds every wrong character and every two that changed
// places. Written in threes of five: "A2B3C-D4E5F-G6H7J".
class TrackingCode {
 public:
  TrackingCode() = default;
  // Of at least 28 bytes that nobody can guess.
  static TrackingCode of_bytes(std::string_view bytes);
  // Either case, with or without hyphens and spaces.
  static std::optional<TrackingCode> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return value_; }
  friend auto operator<=>(const TrackingCode&, const TrackingCode&) = default;

 private:
  std::string value_;
};

}  // namespace changwat::service_centre
