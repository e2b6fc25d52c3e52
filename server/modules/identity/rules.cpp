#include "modules/identity/rules.hpp"

#include <algorithm>

namespace changwat::identity {
namespace {

constexpr std::size_t local_path_bytes_max = 500;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// "https://example.go.th:8443/x" -> "example.go.th:8443"
std::string_view authority_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == url.npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find('/'));
}

auth::Failures failures_of(const Person& person) {
  return {static_cast<unsigned>(person.failures), person.last_failure_at.value_or(Instant())};
}

bool overlap(const Holding& a, const Holding& b) {
  return (!a.to_date || b.from_date <= *a.to_date) && (!b.to_date || a.from_date <= *b.to_date);
}

FieldError clash(const Holding& a, const Holding& b) {
  if (a.person_id == b.person_id)
    return {"/from_date", "overlaps", "ผู้นี้ดำรงตำแหน่งนี้อยู่แล้วในช่วงเวลาดังกล่าว",
            "the person holds this office in that time already"};
  if (a.acting)
    return {"/from_date", "acting_already", "มีผู้รักษาราชการแทนอยู่แล้วในช่วงเวลาดังกล่าว",
            "somebody else acts in that time already"};
  return {"/from_date", "occupied", "มีผู้ดำรงตำแหน่งนี้อยู่แล้วในช่วงเวลาดังกล่าว ให้บันทึกการพ้นตำแหน่งก่อน",
          "somebody else holds the office in that time: end that first"};
}

// Whether who acts may: on the ground of vacancy there is no holder in that time, on the other
// ground there always is one. Records from before grounds were asked for are left alone.
bool has_ground(const Holding& acting, const std::vector<Holding>& all) {
  if (!acting.acting || !acting.ground) return true;
  std::vector<Term> substantive;
  for (const auto& other : all)
    if (!other.acting) substantive.push_back({other.from_date, other.to_date});
  if (acting.ground == ActingGround::vacant)
    return std::none_of(all.begin(), all.end(), [&](const Holding& other) {
      return !other.acting && overlap(acting, other);
    });
  const auto gap = first_gap(std::move(substantive), acting.from_date);
  return !gap || (acting.to_date && *acting.to_date < *gap);
}

FieldError lacks_ground(ActingGround ground) {
  if (ground == ActingGround::vacant)
    return {"/ground", "not_vacant", "ตำแหน่งไม่ว่างตลอดช่วงเวลานี้ มีผู้ดำรงตำแหน่งอยู่",
            "the office is not vacant in all that time: somebody holds it"};
  return {"/ground", "no_holder", "ช่วงเวลานี้ไม่มีผู้ดำรงตำแหน่งตลอดช่วง ให้เลือกเหตุว่าตำแหน่งว่าง หรือแก้วันที่",
          "in a part of that time nobody holds the office: choose vacancy, or change the days"};
}

}  // namespace

bool session_is_over(Instant last_seen_at, Instant expires_at, Instant now) {
  return now >= expires_at || now >= last_seen_at.plus_ms(session_idle_ms);
}

std::vector<FieldError> faults(const NewToken& token, Date today) {
  std::vector<FieldError> wrong;
  if (token.scopes.empty())
    wrong.push_back(
        {"/scopes", "required", "ต้องเลือกสิทธิอย่างน้อยหนึ่งอย่าง", "at least one scope is needed"});
  if (token.expires_on < today || token.expires_on > today.plus_days(token_days_max))
    wrong.push_back({"/expires_on", "out_of_range", "ต้องเป็นวันตั้งแต่วันนี้และไม่เกิน 366 วัน",
                     "must be a day from today to 366 days ahead"});
  return wrong;
}

bool is_safe(http::Method method) {
  return method == http::Method::get || method == http::Method::head ||
         method == http::Method::options;
}

bool scopes_allow(const Scopes& scopes, http::Method method) {
  const auto needed = is_safe(method) ? Scope::read : Scope::write;
  return std::find(scopes.begin(), scopes.end(), needed) != scopes.end();
}

bool is_locked(const Person& person, Instant now) {
  return person.locked_at || is_resting(person, now);
}

bool is_resting(const Person& person, Instant now) {
  const auto until = auth::locked_until(failures_of(person));
  return until && now < *until;
}

void count_failure(Person& person, Instant now) {
  const auto after = auth::with_failure(failures_of(person), now);
  person.failures = after.count;
  person.last_failure_at = after.last;
}

void forget_failures(Person& person) {
  person.failures = 0;
  person.last_failure_at.reset();
}

std::optional<Key> username_of(std::string_view typed) {
  std::string folded(typed);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return Key::parse(folded);
}

bool in_force(Date from, const std::optional<Date>& to, Date on) {
  return from <= on && (!to || on <= *to);
}

std::vector<HeldOffice> offices_on(const std::vector<OfficeOfPerson>& all, Date on) {
  std::vector<HeldOffice> out;
  for (const auto& o : all)
    if (in_force(o.from_date, o.to_date, on))
      out.push_back({o.office_id.text(), std::string(enum_name(o.role)), o.area, o.title_th.text(),
                     o.title_en.text(), o.acting});
  return out;
}

std::optional<Date> first_gap(std::vector<Term> terms, Date from) {
  std::sort(terms.begin(), terms.end(),
            [](const Term& a, const Term& b) { return a.from < b.from; });
  for (const auto& term : terms) {
    if (from < term.from) break;
    if (!term.to) return std::nullopt;
    if (*term.to >= from) from = term.to->plus_days(1);
  }
  return from;
}

std::vector<FieldError> faults(const NewOffice& office) {
  const auto needs = [&](std::optional<AreaLevel> level, std::string th,
                         std::string en) -> std::vector<FieldError> {
    const auto given = office.area ? std::optional(office.area->level()) : std::nullopt;
    if (given == level) return {};
    return {{"/area", "wrong_area", std::move(th), std::move(en)}};
  };
  switch (office.role) {
    case Role::governor:
    case Role::deputy_governor:
    case Role::provincial_office:
      return needs(AreaLevel::province, "ตำแหน่งนี้ต้องระบุจังหวัด", "this office is of a province");
    case Role::district:
      return needs(AreaLevel::district, "ตำแหน่งนี้ต้องระบุอำเภอ", "this office is of a district");
    case Role::opdc:
    case Role::moi:
    case Role::auditor:
    case Role::administrator:
      return needs({}, "ตำแหน่งนี้เป็นของส่วนกลาง ไม่ระบุพื้นที่", "this office has no area");
    default:  // of an area or of the whole country
      return {};
  }
}

bool is_post(Role role) {
  return role != Role::citizen;
}

std::vector<FieldError> faults(const Holding& holding, const std::vector<Holding>& others,
                               bool post) {
  std::vector<FieldError> wrong;
  if (holding.to_date && *holding.to_date < holding.from_date)
    wrong.push_back({"/to_date", "out_of_range", "วันสุดท้ายต้องไม่ก่อนวันแรก",
                     "the last day must not be before the first"});
  if (holding.acting && !holding.ground)
    wrong.push_back(
        {"/ground", "required", "ต้องระบุเหตุที่ต้องมีผู้รักษาราชการแทน", "say why somebody has to act"});
  if (!holding.acting && holding.ground)
    wrong.push_back(
        {"/ground", "not_acting", "เหตุนี้ใช้กับผู้รักษาราชการแทนเท่านั้น", "this is asked of who acts only"});
  if (!wrong.empty()) return wrong;

  const auto first = std::find_if(others.begin(), others.end(), [&](const Holding& other) {
    const bool same_person = other.person_id == holding.person_id;
    const bool same_kind = post && other.acting == holding.acting;
    return overlap(holding, other) && (same_person || same_kind);
  });
  if (first != others.end()) return {clash(holding, *first)};

  auto all = others;
  all.push_back(holding);
  if (!has_ground(holding, all)) return {lacks_ground(*holding.ground)};
  return faults_without(all);
}

std::vector<FieldError> faults_without(const std::vector<Holding>& others) {
  for (const auto& other : others)
    if (!has_ground(other, others))
      return {{"/to_date", "acting_depends",
               "มีผู้รักษาราชการแทนที่อาศัยเหตุนี้อยู่ ให้บันทึกการสิ้นสุดการรักษาราชการแทนก่อน",
               "somebody acts whose ground this would take away: end the acting first"}};
  return {};
}

std::optional<std::string_view> cookie_value(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    const auto end = std::min(cookies.find(';'), cookies.size());
    const auto pair = trimmed(cookies.substr(0, end));
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    const auto equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return std::nullopt;
}

bool from_another_site(const http::Head& head, std::string_view public_url) {
  const auto site = head.header("sec-fetch-site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  const auto origin = head.header("origin");
  if (origin.empty()) return false;
  const auto authority = authority_of(origin);  // empty for "null": sandboxed frames and files
  if (authority.empty()) return true;
  return authority != head.header("host") && authority != authority_of(public_url);
}

std::string local_path(std::string_view wanted, std::string_view otherwise) {
  const bool local =
      wanted.starts_with('/') && !wanted.starts_with("//") && wanted.size() <= local_path_bytes_max;
  const bool plain = std::none_of(wanted.begin(), wanted.end(), [](char c) {
    return c == '\\' || static_cast<unsigned char>(c) <= 0x20 ||
           static_cast<unsigned char>(c) >= 0x7F;
  });
  return std::string(local && plain ? wanted : otherwise);
}

std::string set_cookie(const Cookie& cookie) {
  std::string line(cookie.name);
  line.append("=").append(cookie.value).append("; Path=").append(cookie.path);
  line.append("; Max-Age=")
      .append(std::to_string(cookie.life_seconds))
      .append("; HttpOnly; SameSite=Lax");
  if (cookie.secure) line += "; Secure";
  return line;
}

}  // namespace changwat::identity
