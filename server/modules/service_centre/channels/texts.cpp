// Texts of channels, pure: cut to their limits, and what senders are told.

#include "base/utf8.hpp"

#include "modules/service_centre/channels/channel.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::size_t title_characters = 80;

}  // namespace

std::string cut(std::string_view text, std::size_t code_points) {
  auto rest = text;
  for (std::size_t n = 0; n < code_points && !rest.empty(); ++n)
    if (!utf8::next(rest)) break;
  return std::string(text.substr(0, text.size() - rest.size()));
}

Title title_of(std::string_view text, std::string_view otherwise) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  const auto line = begin == text.npos ? std::string_view() : text.substr(begin);
  if (const auto title = Title::parse(cut(line.substr(0, line.find('\n')), title_characters)))
    return *title;
  const auto fallback = Title::parse(cut(otherwise, title_characters));
  CHECK(fallback);
  return *fallback;
}

std::optional<Decimal> degrees(std::string_view text) {
  constexpr std::size_t places = 6;
  const auto point = text.find('.');
  if (point == text.npos) return Decimal::parse(text);
  const auto more = text.substr(point + 1);
  if (more.size() > 40 || more.find_first_not_of("0123456789") != more.npos) return std::nullopt;
  return Decimal::parse(text.substr(0, point + 1 + places));
}

std::string words_of(OutboxWords words, const std::optional<Receipt>& receipt) {
  if (words == OutboxWords::received && receipt)
    return "ศูนย์ดำรงธรรมรับเรื่องของท่านแล้ว เลขเรื่อง " + receipt->number.text() + " รหัสติดตาม " +
           receipt->tracking_code.text() + " โปรดเก็บรหัสนี้ไว้ ผู้ที่มีรหัสติดตามเรื่องได้";
  return "ส่งข้อความบอกเรื่องที่ต้องการแจ้ง ส่งตำแหน่งที่เกิดเหตุ แล้วพิมพ์คำว่า จบ เพื่อส่งเรื่องให้ศูนย์ดำรงธรรม";
}

}  // namespace changwat::service_centre
