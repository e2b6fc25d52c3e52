#pragma once
// A message of electronic mail, read: who wrote it, subject, plain text, attachments.
//
// Mail comes from anybody: sizes and parts are limited before anything is kept, what is broken is
// read as far as it can be, and texts are UTF-8 without control characters. Nothing is rendered and
// nothing is fetched. Threads: any; free function without shared state.
// Sources: RFC 5322, RFC 2045–2047 and 2231 (read by GMime), RFC 3834 (automatic answers).

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace changwat::mail {

inline constexpr ErrorKind no_message{"no_mail_message", 422, "แฟ้มนี้ไม่ใช่ข้อความอีเมล",
                                      "This file is no message of electronic mail."};

struct Attachment {
  std::string name;
  std::string bytes;
};

struct Message {
  std::string message_id;  // without brackets; empty: it has none
  std::string from_name;
  std::string from_address;
  std::string subject;
  std::string text;  // of the first text/plain part
  std::vector<Attachment> attachments;
  std::size_t left_out = 0;  // attachments beyond the limits
  bool automatic = false;    // an automatic answer, a bounce, a list: not to be answered
};

struct Limits {
  std::size_t bytes = std::size_t{30} << 20;
  std::size_t parts = 100;
  std::size_t text_bytes = 256 * 1024;
  std::size_t line_bytes = 1'000;  // of subject, names and addresses
  std::size_t attachments = 10;
  std::size_t attachment_bytes = std::size_t{20} << 20;  // all together
};

// Problems: too_large, no_message.
Result<Message> read_message(std::string_view bytes, const Limits& limits = {});

}  // namespace changwat::mail
