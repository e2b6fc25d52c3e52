#include "modules/ledger/verify.hpp"

#include "base/utf8.hpp"

namespace changwat::ledger {

namespace {

constexpr std::string_view time_went_back = "ledger_time_went_back";

std::string numbers(const char* text, std::int64_t a, std::int64_t b) {
  return text + std::to_string(a) + " – " + std::to_string(b);
}

class Verifier {
 public:
  Verifier(std::istream& in, const TrustedKeys& trusted, const std::optional<SignedHead>& known,
           const VerifyOptions& options)
      : reader_(in), trusted_(trusted), known_(known), options_(options) {}

  VerifyReport run() {
    const Result<Done> result = read_all();
    report_.ok = result.ok();
    if (!result.ok()) report_.fault = fault_of(result.problem());
    return std::move(report_);
  }

 private:
  using Line = ExportReader::Line;

  Result<Done> read_all() {
    if (TRY(reader_.next()) != Line::header) return errors::not_an_export;
    TRY(take_header(reader_.header()));
    for (;;) {
      switch (TRY(reader_.next())) {
        case Line::header:
          return errors::malformed_line;
        case Line::entry:
          TRY(take_entry(reader_.entry()));
          break;
        case Line::head:
          TRY(take_head(reader_.head()));
          break;
        case Line::end:
          return take_end();
      }
    }
  }

  Result<Done> take_header(const ExportHeader& header) {
    TRY(check_header(header));
    chain_ = TRY(KeyChain::verify(header.origin, header.keys));
    if (!chain_.trusts(header.keys.back().key_id, trusted_)) return errors::unknown_key;
    report_.origin = header.origin;
    report_.first_sequence = next_ = header.first_sequence;
    report_.whole_ledger = !header.base;
    if (header.base) TRY(take_base(*header.base));
    if (known_ && known_->tree_size < next_) return errors::begins_after_known_head;
    return compare_with_known_head();
  }

  static Result<Done> check_header(const ExportHeader& header) {
    const auto wrong = [](const char* th, const char* en) {
      return Problem(errors::bad_header, th, en);
    };
    if (header.format != export_format) return errors::not_an_export;
    if (header.origin.empty() || header.origin.size() > max_origin_bytes) {
      return wrong("ชื่อบัญชีว่างหรือยาวเกินไป", "The origin is empty or too long.");
    }
    if (header.first_sequence < 0 || header.last_sequence > max_sequence ||
        header.last_sequence < header.first_sequence - 1) {
      return wrong("ช่วงลำดับไม่ถูกต้อง", "The range of sequences is not one.");
    }
    if (header.base.has_value() != (header.first_sequence > 0)) {
      return wrong("ช่วงที่ไม่เริ่มจาก 0 ต้องมีหัวบัญชีต้นช่วง และเฉพาะช่วงเช่นนั้น",
                   "A base is needed exactly if the range does not begin at 0.");
    }
    if (header.head_count < 1) return wrong("ไม่มีหัวบัญชีที่ลงนาม", "There is no signed head.");
    return Done{};
  }

  Result<Done> take_base(const ExportBase& base) {
    TRY(chain_.verify_head(base.head));
    std::vector<Hash> peaks(base.peaks.size());
    for (std::size_t i = 0; i < peaks.size(); ++i) {
      if (!from_hex(base.peaks[i], peaks[i])) return errors::bad_base;
    }
    if (base.head.tree_size != next_) return errors::bad_base;
    auto range = CompactRange::from_peaks(static_cast<std::uint64_t>(next_), std::move(peaks));
    if (!range.ok() || to_hex(range->root()) != base.head.root) return errors::bad_base;
    tree_ = std::move(range).value();
    last_head_size_ = next_;
    key_of_last_head_ = base.head.key_id;
    return Done{};
  }

  Result<Done> take_entry(const EntryLine& line) {
    const Entry& entry = line.entry;
    if (entry.sequence > next_) {
      return Problem(errors::entries_missing, numbers("ลำดับ ", next_, entry.sequence - 1),
                     numbers("Sequences ", next_, entry.sequence - 1) + ".");
    }
    if (entry.sequence < next_) return errors::entry_out_of_place;
    if (entry.sequence > reader_.header().last_sequence) {
      return Problem(errors::entry_out_of_place, "เกินลำดับสุดท้ายที่หัวไฟล์ระบุ",
                     "It lies beyond the last sequence of the header.");
    }
    if (const auto checked = check_entry(entry); !checked.ok()) {
      const FieldError& field = checked.problem().fields.front();
      return Problem(errors::bad_entry, field.pointer + ": " + field.th,
                     field.pointer + ": " + field.en);
    }
    leaf_bytes_.clear();
    append_canonical_bytes(entry, leaf_bytes_);
    const Hash leaf = hash_leaf(leaf_bytes_);
    Hash stated;
    if (!from_hex(line.leaf_hash, stated) || stated != leaf) return errors::entry_edited;
    warn_if_time_went_back(entry.recorded_at);
    tree_.append(leaf);
    ++next_;
    ++report_.entries;
    return compare_with_known_head();
  }

  Result<Done> take_head(const SignedHead& head) {
    if (head.tree_size != next_ || (last_head_size_ && *last_head_size_ == next_) ||
        report_.heads == reader_.header().head_count) {
      return errors::head_out_of_place;
    }
    TRY(chain_.verify_head(head));
    if (to_hex(tree_.root()) != head.root) {
      const std::int64_t from = last_head_size_.value_or(0);
      return Problem(errors::root_mismatch, numbers("รายการที่ผิดอยู่ระหว่างลำดับ ", from, next_ - 1),
                     numbers("What is wrong lies between sequences ", from, next_ - 1) + ".");
    }
    warn_if_time_went_back(head.signed_at);
    last_head_size_ = next_;
    key_of_last_head_ = head.key_id;
    ++report_.heads;
    report_.last_head = head;
    return Done{};
  }

  Result<Done> take_end() {
    const ExportHeader& header = reader_.header();
    if (next_ != header.last_sequence + 1) {
      return Problem(errors::truncated, numbers("ไม่มีรายการลำดับ ", next_, header.last_sequence),
                     numbers("It lacks the sequences ", next_, header.last_sequence) + ".");
    }
    if (report_.heads != header.head_count || last_head_size_ != next_) {
      return Problem(errors::truncated, "ขาดหัวบัญชีที่ลงนาม", "Signed heads are missing.");
    }
    if (!chain_.ends_with(key_of_last_head_)) {
      return Problem(errors::bad_header, "มีกุญแจที่ไม่ได้ใช้ลงนามหัวบัญชีสุดท้ายอยู่ท้ายรายการกุญแจ",
                     "The last key listed did not sign the last head.");
    }
    if (known_ && known_->tree_size > next_) {
      return Problem(
          errors::below_known_head,
          "ทราบแล้ว " + std::to_string(known_->tree_size) + " รายการ มีเพียง " + std::to_string(next_),
          std::to_string(known_->tree_size) + " entries were known, here are " +
              std::to_string(next_) + ".");
    }
    return Done{};
  }

  Result<Done> compare_with_known_head() const {
    if (!known_ || known_->tree_size != next_) return Done{};
    if (to_hex(tree_.root()) == known_->root) return Done{};
    return errors::differs_from_known_head;
  }

  // `time` has been found well formed.
  void warn_if_time_went_back(const std::string& time) {
    const std::int64_t now_ms = parse_instant_ms(time).value_or(latest_ms_);
    if (now_ms < latest_ms_ - options_.backward_tolerance_ms) {
      ++report_.warning_count;
      if (report_.warnings.size() < max_warnings_kept) {
        report_.warnings.push_back(
            {reader_.line_number(), next_, std::string(time_went_back),
             "เวลา " + time + " ย้อนหลังกว่าบรรทัดก่อนหน้า",
             "The time " + time + " is earlier than that of a line before."});
      }
    }
    latest_ms_ = std::max(latest_ms_, now_ms);
  }

  VerifyFault fault_of(const Problem& problem) const {
    const auto sentence = [](std::string_view first, const std::string& more) {
      return more.empty() ? std::string(first) : std::string(first) + " " + more;
    };
    const bool in_header = reader_.line_number() <= 1;
    return {reader_.line_number(), in_header ? std::nullopt : std::optional(next_),
            std::string(problem.kind->code), sentence(problem.kind->th, problem.th),
            sentence(problem.kind->en, problem.en)};
  }

  ExportReader reader_;
  const TrustedKeys& trusted_;
  const std::optional<SignedHead>& known_;
  const VerifyOptions& options_;

  KeyChain chain_;
  CompactRange tree_;
  std::int64_t next_ = 0;  // the sequence expected next, which is the size of tree_
  std::optional<std::int64_t> last_head_size_;
  std::string key_of_last_head_;
  std::int64_t latest_ms_ = 0;
  std::string leaf_bytes_;
  VerifyReport report_;
};

}  // namespace

VerifyReport verify_export(std::istream& in, const TrustedKeys& trusted,
                           const std::optional<SignedHead>& last_known,
                           const VerifyOptions& options) {
  return Verifier(in, trusted, last_known, options).run();
}

}  // namespace changwat::ledger
