// libFuzzer target: whatever is delivered as mail is read within its limits, and its texts are
// clean. Built and run by tests/fuzz/run.

#include <cstddef>
#include <cstdint>

#include "base/utf8.hpp"

#include "platform/mail/message.hpp"

namespace {

void check_line(const std::string& text, std::size_t bytes_max) {
  CHECK(text.size() <= bytes_max);
  CHECK(changwat::utf8::valid(text));
  for (const char c : text) CHECK(static_cast<unsigned char>(c) >= 0x20);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const changwat::mail::Limits limits{
      .bytes = 200'000, .text_bytes = 5'000, .attachments = 3, .attachment_bytes = 20'000};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = changwat::mail::read_message(bytes, limits);
  if (!read.ok()) return 0;
  check_line(read->message_id, limits.line_bytes);
  check_line(read->from_name, limits.line_bytes);
  check_line(read->from_address, limits.line_bytes);
  check_line(read->subject, limits.line_bytes);
  CHECK(read->text.size() <= limits.text_bytes && changwat::utf8::valid(read->text));
  CHECK(read->attachments.size() <= limits.attachments);
  std::size_t sum = 0;
  for (const auto& file : read->attachments) {
    check_line(file.name, limits.line_bytes);
    sum += file.bytes.size();
  }
  CHECK(sum <= limits.attachment_bytes);
  return 0;
}
