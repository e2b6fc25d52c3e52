#pragma once
// The one spelling of the ledger's JSON: how described types become a line of an export and back.
//
// Strict in both directions. A line has exactly one valid spelling (members in the described order,
// no spaces, the shortest escapes, integers without ornament), and reading compares what was read,
// written again, with what stood there. So no byte of an export can change without being noticed,
// not even one that a lenient JSON reader would ignore.
//
// All JSON of the ledger is here. LineParser is for one thread at a time.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>

#include "base/result.hpp"

#include "modules/ledger/entry.hpp"
#include "modules/ledger/heads.hpp"

namespace changwat::ledger {

namespace errors {
inline constexpr ErrorKind malformed_line{"ledger_malformed_line", 422,
                                          "บรรทัดนี้ไม่ใช่ JSON ตามรูปแบบของบัญชีรายการ",
                                          "The line is not JSON in the ledger's format."};
inline constexpr ErrorKind not_canonical{
    "ledger_not_canonical", 422, "บรรทัดนี้สะกดไม่ตรงตามแบบเดียวที่กำหนด",
    "The line is not spelled in the one way that the format allows."};
}  // namespace errors

// A range that does not begin at entry 0 begins at a signed head. The peaks of that head's tree let
// a verifier go on to every later root, which proves that the later trees begin with the earlier.
struct ExportBase {
  SignedHead head;
  std::vector<std::string> peaks;  // largest subtree first, hexadecimal; see CompactRange

  friend bool operator==(const ExportBase&, const ExportBase&) = default;
};
BOOST_DESCRIBE_STRUCT(ExportBase, (), (head, peaks))

struct ExportHeader {
  std::string format;               // export_format
  std::string origin;               // the ledger's name, 1 to 200 bytes
  std::int64_t first_sequence = 0;  //
  std::int64_t last_sequence = -1;  // first_sequence - 1 if there are no entries
  std::int64_t head_count = 0;      // signed heads among the lines, the base not counted
  std::optional<ExportBase> base;   // null exactly if first_sequence is 0
  std::vector<KeyStatement> keys;   // from the first key to the one that signed the last head

  friend bool operator==(const ExportHeader&, const ExportHeader&) = default;
};
BOOST_DESCRIBE_STRUCT(ExportHeader, (),
                      (format, origin, first_sequence, last_sequence, head_count, base, keys))

// The leaf hash adds nothing to the proof; it lets a verifier name the very line that was edited.
struct EntryLine {
  Entry entry;
  std::string leaf_hash;
};
BOOST_DESCRIBE_STRUCT(EntryLine, (), (entry, leaf_hash))

struct HeadLine {
  SignedHead head;
};
BOOST_DESCRIBE_STRUCT(HeadLine, (), (head))

struct HeaderLine {
  ExportHeader header;
};
BOOST_DESCRIBE_STRUCT(HeaderLine, (), (header))

// Appends the line without its end-of-line. Texts must be well-formed UTF-8.
void append_json(std::string& out, const HeaderLine& line);
void append_json(std::string& out, const EntryLine& line);
void append_json(std::string& out, const HeadLine& line);
void append_json(std::string& out, const SignedHead& head);  // as an object of its own

// Keeps its memory from line to line. The members of `line` that hold texts are reused as well.
class LineParser {
 public:
  Result<Done> parse(std::string_view text, HeaderLine& line);
  Result<Done> parse(std::string_view text, EntryLine& line);
  Result<Done> parse(std::string_view text, HeadLine& line);
  Result<Done> parse(std::string_view text, SignedHead& head);

 private:
  template <class T>
  Result<Done> parse_strictly(std::string_view text, T& line);

  std::vector<unsigned char> values_ = std::vector<unsigned char>(16 * 1024);
  std::string again_;  // what was read, written again
};

}  // namespace changwat::ledger
