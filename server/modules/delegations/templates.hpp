#pragma once
// Kinds of delegation orders and the words of their papers: data/delegations/templates.json, read
// once at start, immutable, any thread. What may be delegated is law (data/law); this file says
// which of those powers a kind of order delegates, and in which words.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "platform/documents/paper.hpp"

#include "modules/authority/authority.hpp"

namespace changwat::delegations {

namespace paper = documents::paper;

enum class OrderKind { procurement, hr };
BOOST_DESCRIBE_ENUM(OrderKind, procurement, hr)

using Wording = Text<1, 4'000>;  // with {names} that are filled in

// A clause of the order. `only_with` leaves it out when that name is empty; `parts` is a name that
// stands for several texts: conditions, or acts.
struct ClauseWording {
  Wording text_th;
  std::optional<Key> only_with;
  std::optional<Key> parts;
};
BOOST_DESCRIBE_STRUCT(ClauseWording, (), (text_th, only_with, parts))

struct OrderWording {
  Wording issuer_th;
  Wording subject_th;
  List<Wording, 20> recitals_th;
  List<ClauseWording, 30> clauses_th;
  List<Wording, 10> in_force_th;
};
BOOST_DESCRIBE_STRUCT(OrderWording, (),
                      (issuer_th, subject_th, recitals_th, clauses_th, in_force_th))

// The letter by which a duty of the law is done.
struct LetterWording {
  Key duty;  // its code in data/law
  Key file;  // "notice-parent-agency.pdf"
  Text<1, 200> title_th;
  Text<1, 200> title_en;
  List<Wording, 6> origin_th;
  Wording addressee_th;
  Wording subject_th;
  List<Wording, 20> enclosures_th;
  List<Wording, 20> body_th;
  Wording closing_th;
};
BOOST_DESCRIBE_STRUCT(LetterWording, (),
                      (duty, file, title_th, title_en, origin_th, addressee_th, subject_th,
                       enclosures_th, body_th, closing_th))

struct KindRow {
  OrderKind kind = OrderKind::procurement;
  Text<1, 300> name_th;
  Text<1, 300> name_en;
  List<Key, 10> powers;  // of data/law, that such an order may delegate
  bool needs_project = false;
  bool needs_ceiling = false;
  bool one_for_a_project = false;    // of those in force at a time
  bool needs_parent_agency = false;  // a letter goes to its head
  OrderWording order;
  List<LetterWording, 10> letters;
};
BOOST_DESCRIBE_STRUCT(KindRow, (),
                      (kind, name_th, name_en, powers, needs_project, needs_ceiling,
                       one_for_a_project, needs_parent_agency, order, letters))

struct Templates {
  std::string about;
  bool verified = false;
  Text<1, 500> notice_th;
  Text<1, 500> notice_en;
  List<KindRow, 10> kinds;

  const KindRow& of(OrderKind kind) const;  // the reader refuses templates without it
};
BOOST_DESCRIBE_STRUCT(Templates, (), (about, verified, notice_th, notice_en, kinds))

inline constexpr std::string_view order_file = "order.pdf";

// Problem: invalid_input, each error with its pointer: a kind that is missing or stands twice, a
// power that the law lacks or does not let anybody grant, a letter for a duty that no power of the
// kind raises, a name in braces that nobody fills in.
Result<Templates> read_templates(std::string_view text, const authority::Law& law);

// What the names in braces stand for; all of them, empty where nothing is known yet.
struct Filling {
  std::map<std::string, std::string, std::less<>> one;
  std::map<std::string, std::vector<std::string>, std::less<>> many;
};
// The names that there are, as read_templates checks them.
bool is_name(std::string_view name);
bool is_list_name(std::string_view name);

// The text with its names filled in; dots where nothing is known.
std::string filled(std::string_view wording, const Filling& filling);

}  // namespace changwat::delegations
