// libFuzzer target: whatever comes as JSON is answered, and what is accepted reads back the same.
// Built and run by tests/fuzz/run.

#include <cstddef>
#include <cstdint>

#include "base/area_code.hpp"
#include "base/decimal.hpp"
#include "base/json.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace changwat {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Leaf {
  Text<0, 20> text;
  std::optional<Satang> amount;
  Colour colour = Colour::red;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (text, amount, colour))

struct Tree {
  AreaCode area;
  Decimal number;
  Date on_date;
  Instant at;
  FiscalYear year;
  Month month;
  bool yes = false;
  double real = 0;
  std::int64_t count = 0;
  List<Leaf, 5> leaves;
  std::optional<RawJson> raw;
};
BOOST_DESCRIBE_STRUCT(Tree, (),
                      (area, number, on_date, at, year, month, yes, real, count, leaves, raw))

}  // namespace changwat

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace changwat;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tree = read_json<Tree>(text);
  if (!tree.ok()) {
    CHECK(tree.problem().fields.size() <= 100);
    return 0;
  }
  const auto written = to_json(*tree);
  const auto again = read_json<Tree>(written);
  CHECK(again.ok());
  CHECK(to_json(*again) == written);
  return 0;
}
