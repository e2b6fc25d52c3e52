#include "modules/ledger/export.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace changwat::ledger {

namespace {

// Whatever an entry holds, its line fits: each byte becomes at most six ("\u0001").
constexpr std::size_t longest_escape = 6;
constexpr std::size_t entry_words = 9;
constexpr std::size_t other_line_bytes = 512;  // names of members, sequence, leaf hash
static_assert(longest_escape * (max_authority_bytes + max_change_bytes +
                                entry_words * max_entry_word_bytes) +
                  other_line_bytes <=
              max_line_bytes);

Problem out_of_order(const char* th, const char* en) {
  return {errors::export_out_of_order, th, en};
}

}  // namespace

ExportHeader whole_ledger_header(std::string origin, std::int64_t entry_count,
                                 std::int64_t heads_to_come, std::vector<KeyStatement> keys) {
  return {std::string(export_format),
          std::move(origin),
          0,
          entry_count - 1,
          heads_to_come,
          std::nullopt,
          std::move(keys)};
}

Result<ExportHeader> range_header(std::string origin, const SignedHead& base,
                                  const CompactRange& base_range, std::int64_t last_sequence,
                                  std::int64_t heads_to_come, std::vector<KeyStatement> keys) {
  if (base.tree_size < 1 || static_cast<std::uint64_t>(base.tree_size) != base_range.size() ||
      base.root != to_hex(base_range.root())) {
    return out_of_order("หัวบัญชีต้นช่วงไม่ตรงกับสถานะย่อ",
                        "The head at which the range begins is not that of the compact range.");
  }
  ExportBase export_base{base, {}};
  for (const Hash& peak : base_range.peaks()) export_base.peaks.push_back(to_hex(peak));
  return ExportHeader{
      std::string(export_format), std::move(origin), base.tree_size, last_sequence, heads_to_come,
      std::move(export_base),     std::move(keys)};
}

// --- ExportWriter ---

Result<Done> ExportWriter::begin(ExportHeader header) {
  if (begun_) return out_of_order("มีบรรทัดหัวไฟล์แล้ว", "The header is written already.");
  if (header.first_sequence < 0 || header.last_sequence < header.first_sequence - 1 ||
      header.last_sequence > max_sequence ||
      header.base.has_value() != (header.first_sequence > 0)) {
    return out_of_order("ช่วงลำดับของไฟล์ส่งออกไม่ถูกต้อง", "The range of the export is not one.");
  }
  if (header.head_count < 1) {
    return out_of_order("ต้องมีหัวบัญชีที่ลงนามอย่างน้อยหนึ่งรายการ", "An export needs a signed head.");
  }
  header_ = std::move(header);
  begun_ = true;
  next_sequence_ = header_.first_sequence;
  if (header_.base) last_head_size_ = header_.base->head.tree_size;
  HeaderLine line{header_};
  append_json(line_, line);
  if (line_.size() > max_line_bytes) return errors::line_too_long;
  end_line();
  return Done{};
}

Result<Done> ExportWriter::write(const Entry& entry, const Hash& stored_leaf_hash) {
  if (!begun_ || entry.sequence != next_sequence_ || entry.sequence > header_.last_sequence) {
    return out_of_order("ลำดับของรายการไม่ต่อเนื่อง", "The entry is not the next one of the range.");
  }
  TRY(check_entry(entry));
  entry_line_.entry = entry;
  entry_line_.leaf_hash.clear();
  append_hex(entry_line_.leaf_hash, stored_leaf_hash);
  append_json(line_, entry_line_);
  end_line();
  ++next_sequence_;
  return Done{};
}

Result<Done> ExportWriter::write(const SignedHead& head) {
  if (!begun_ || head.tree_size != next_sequence_ || heads_ == header_.head_count ||
      (last_head_size_ && head.tree_size <= *last_head_size_)) {
    return out_of_order("หัวบัญชีไม่อยู่หลังรายการสุดท้ายที่ครอบคลุม",
                        "The head does not stand behind the last entry it covers.");
  }
  HeadLine line{head};
  append_json(line_, line);
  end_line();
  last_head_size_ = head.tree_size;
  ++heads_;
  return Done{};
}

Result<Done> ExportWriter::end() {
  if (!begun_ || next_sequence_ != header_.last_sequence + 1 || heads_ != header_.head_count ||
      last_head_size_ != next_sequence_) {
    return out_of_order("ไฟล์ส่งออกยังไม่ครบ", "The export lacks entries or heads.");
  }
  out_.flush();
  if (!out_) throw std::runtime_error("the ledger's export could not be written");
  return Done{};
}

void ExportWriter::end_line() {
  line_.push_back('\n');
  out_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
  if (!out_) throw std::runtime_error("the ledger's export could not be written");
  line_.clear();
}

// --- ExportReader ---

namespace {
constexpr std::size_t read_bytes = 64 * 1024;
}  // namespace

ExportReader::ExportReader(std::istream& in) : in_(in) {}

Result<ExportReader::Line> ExportReader::next() {
  const auto text = TRY(next_text());
  if (!text) return Line::end;
  if (text->starts_with(R"({"entry":)")) {
    TRY(parser_.parse(*text, entry_));
    return Line::entry;
  }
  if (text->starts_with(R"({"head":)")) {
    TRY(parser_.parse(*text, head_));
    return Line::head;
  }
  TRY(parser_.parse(*text, header_));
  return Line::header;
}

// The next line without its end, nothing at the end of the file.
Result<std::optional<std::string_view>> ExportReader::next_text() {
  ++line_number_;
  std::size_t searched = start_;
  for (;;) {
    const auto* found = static_cast<const char*>(
        std::memchr(buffer_.data() + searched, '\n', buffer_.size() - searched));
    const std::size_t end =
        found ? static_cast<std::size_t>(found - buffer_.data()) : buffer_.size();
    if (end - start_ > max_line_bytes) return errors::line_too_long;
    if (found) {
      const std::string_view line(buffer_.data() + start_, end - start_);
      start_ = end + 1;
      return std::optional(line);
    }
    searched = buffer_.size() - start_;
    if (read_more()) continue;
    if (start_ < buffer_.size()) return errors::unfinished_line;
    return std::optional<std::string_view>();
  }
}

// Drops what was handed out and appends a block; false at the end of the file. What is left then
// begins at 0.
bool ExportReader::read_more() {
  buffer_.erase(0, start_);
  start_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + read_bytes);
  in_.read(buffer_.data() + before, static_cast<std::streamsize>(read_bytes));
  if (in_.bad()) throw std::runtime_error("the ledger's export could not be read");
  buffer_.resize(before + static_cast<std::size_t>(in_.gcount()));
  return buffer_.size() > before;
}

}  // namespace changwat::ledger
