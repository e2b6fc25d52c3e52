#include "modules/committees/constitution.hpp"

#include <algorithm>
#include <set>

namespace changwat::committees {
namespace {

struct File {
  std::string about_th;
  std::string about_en;
  List<Body, 200> bodies;
  List<Served, 200> served;
  List<ProvincialBody, 20> provincial;
  List<Constitution, 200> constitutions;
};
BOOST_DESCRIBE_STRUCT(File, (), (about_th, about_en, bodies, served, provincial, constitutions))

std::vector<FieldError> faults(const File& file) {
  std::vector<FieldError> wrong;
  std::set<std::string> known;
  for (const auto& one : file.constitutions) known.insert(one.of.text());
  const auto need = [&](const std::string& pointer, const std::optional<Key>& key) {
    if (key && !known.contains(key->text()))
      wrong.push_back({pointer, "unknown_constitution", "ไม่พบองค์ประกอบ " + key->text(),
                       "there is no constitution " + key->text()});
  };
  for (std::size_t i = 0; i < file.bodies.size(); ++i)
    need("/bodies/" + std::to_string(i) + "/constitution", file.bodies[i].constitution);
  for (std::size_t i = 0; i < file.served.size(); ++i)
    need("/served/" + std::to_string(i) + "/constitution", file.served[i].constitution);
  for (std::size_t i = 0; i < file.provincial.size(); ++i)
    need("/provincial/" + std::to_string(i) + "/constitution", file.provincial[i].constitution);
  for (std::size_t i = 0; i < file.constitutions.size(); ++i) {
    const auto at = "/constitutions/" + std::to_string(i);
    const auto& one = file.constitutions[i];
    if (one.quorum.numerator < 1 || one.quorum.numerator > one.quorum.denominator)
      wrong.push_back({at + "/quorum", "out_of_range", "สัดส่วนองค์ประชุมไม่ถูกต้อง",
                       "the share must be above nothing and not above all"});
    std::set<std::string> keys;
    for (const auto& seat : one.seats)
      if (!keys.insert(seat.key.text()).second)
        wrong.push_back({at + "/seats", "repeated", "ตำแหน่งซ้ำกัน", "a seat stands twice"});
  }
  return wrong;
}

Title filled(const Title& name, const std::string& province) {
  constexpr std::string_view gap = "{province}";
  auto text = name.text();
  if (const auto at = text.find(gap); at != text.npos) text.replace(at, gap.size(), province);
  return *Title::parse(text);
}

}  // namespace

const Seat* Constitution::seat(const Key& key) const {
  const auto found =
      std::find_if(seats.begin(), seats.end(), [&](const Seat& one) { return one.key == key; });
  return found == seats.end() ? nullptr : &*found;
}

Result<Book> Book::read(std::string_view json) {
  auto file = TRY(read_json<File>(json));
  if (auto wrong = faults(file); !wrong.empty()) return Problem(std::move(wrong));
  Book book;
  book.bodies_ = std::move(file.bodies);
  book.served_ = std::move(file.served);
  book.constitutions_ = std::move(file.constitutions);
  book.provincial_ = std::move(file.provincial);
  return book;
}

std::vector<Body> Book::bodies(const std::vector<Province>& provinces) const {
  auto out = bodies_;
  for (const auto& row : provincial_)
    for (const auto& province : provinces) {
      if (std::count(row.not_in.begin(), row.not_in.end(), province.code) > 0) continue;
      Body body;
      body.code = *Key::parse(row.code.text() + "." + province.code.text());
      body.kind = row.kind;
      body.name_th = filled(row.name_th, province.name_th);
      body.name_en = filled(row.name_en, province.name_en);
      body.abbreviation_th = row.abbreviation_th;
      body.source = row.source;
      body.verified = row.verified;
      body.note = row.note;
      body.province = province.code;
      body.constitution = row.constitution;
      body.secretariat = row.secretariat;
      out.push_back(std::move(body));
    }
  return out;
}

const Served* Book::served(const Key& body) const {
  const auto found = std::find_if(served_.begin(), served_.end(),
                                  [&](const Served& one) { return one.body == body; });
  return found == served_.end() ? nullptr : &*found;
}

const Constitution* Book::constitution(const Body& body, Date on) const {
  if (!body.constitution) return nullptr;
  for (const auto& one : constitutions_)
    if (one.of == *body.constitution && (!one.valid_from || *one.valid_from <= on) &&
        (!one.valid_to || on <= *one.valid_to))
      return &one;
  return nullptr;
}

}  // namespace changwat::committees
