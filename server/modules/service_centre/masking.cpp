#include "modules/service_centre/masking.hpp"

namespace changwat::service_centre {
namespace {

// Without what people put between letters and digits.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\t' && c != '-' && c != '.') out += c;
  return out;
}

std::size_t first_letter_bytes(std::string_view text) {
  std::size_t bytes = 1;
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) ++bytes;
  return std::min(bytes, text.size());
}

bool contains(const std::string& text, std::string_view wanted) {
  const auto plain = squeezed(wanted);
  return plain.size() >= 6 && text.find(plain) != std::string::npos;
}

// The name, and the name without its first word, which may be a title.
bool names(const std::string& text, std::string_view name) {
  if (contains(text, name)) return true;
  const auto space = name.find(' ');
  if (space == std::string_view::npos) return false;
  const auto rest = name.substr(space + 1);
  return rest.find(' ') != std::string_view::npos && contains(text, rest);
}

}  // namespace

std::string masked_name(std::string_view name) {
  if (name.empty()) return {};
  return std::string(name.substr(0, first_letter_bytes(name))) + "***";
}

std::string masked_phone(std::string_view phone) {
  return phone.size() < 8 ? std::string() : "***" + std::string(phone.substr(phone.size() - 4));
}

bool is_hidden(const ReporterRow& reporter) {
  return reporter.type == ReporterType::secret || reporter.type == ReporterType::anonymous;
}

MaskedReporter masked(const ReporterRow& reporter, const CaseId& shown_in) {
  MaskedReporter out;
  out.reporter_id = reporter.reporter_id;
  out.type = reporter.type;
  if (reporter.case_id != shown_in) out.from_case = reporter.case_id;
  if (is_hidden(reporter)) return out;
  if (reporter.name) out.name = masked_name(*reporter.name);
  if (reporter.phone) out.phone = masked_phone(reporter.phone->text());
  out.has_citizen_id = reporter.citizen_id.has_value();
  out.has_address = reporter.address.has_value();
  out.has_email = reporter.email.has_value();
  return out;
}

bool tells_secret(std::string_view text, const std::vector<ReporterRow>& reporters) {
  const auto plain = squeezed(text);
  for (const auto& one : reporters) {
    if (one.type != ReporterType::secret) continue;
    if (one.name && names(plain, *one.name)) return true;
    if (one.phone && contains(plain, one.phone->text())) return true;
    if (one.citizen_id && contains(plain, one.citizen_id->text())) return true;
  }
  return false;
}

}  // namespace changwat::service_centre
