// Accounts as administrators and the command line manage them.
//
// An administrator never learns a password that somebody uses: what is issued here must be changed
// at the first sign-in, and until then its holder has no office.

#include <cctype>

#include "platform/auth/encoding.hpp"

#include "modules/identity/identity.hpp"
#include "modules/identity/records.hpp"
#include "modules/identity/store.hpp"

namespace changwat::identity {
namespace {

constexpr std::string_view power_to_read = "identity.read_persons";
constexpr std::string_view power_to_manage = "identity.manage_persons";

std::vector<FieldError> username_taken() {
  return {{"/username", "taken", "มีชื่อผู้ใช้นี้แล้ว", "somebody has this user name"}};
}

// 80 random bits as "k3mz-7qpa-…": four groups that can be read out on the telephone.
std::string new_one_time_password() {
  constexpr std::size_t bytes = 10, group = 4;
  const auto letters = auth::base32_encode(auth::random_bytes(bytes));
  std::string out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i && i % group == 0) out += '-';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(letters[i])));
  }
  return out;
}

// Through this door nobody goes to their own account: the other one asks for the old password, or
// for a fresh sign-in.
Result<Done> of_another(const Call& call, const PersonId& id) {
  if (call.caller && call.caller->person_id == id.text()) return errors::own_account_only;
  return Done{};
}

PersonSummary summary_of(const Person& person, Instant now) {
  PersonSummary out;
  out.person_id = person.person_id;
  out.username = person.username;
  out.name_th = person.name_th;
  out.name_en = person.name_en;
  out.locked = person.locked_at.has_value();
  out.resting = is_resting(person, now);
  out.second_factor = person.totp_secret.has_value();
  out.one_time_password = person.one_time_until.has_value();
  out.demonstration = person.demonstration;
  return out;
}

}  // namespace

Result<Permission> Identity::permission(const Call& call, By by, std::string_view act,
                                        const std::optional<AreaCode>& area) const {
  if (by == By::installation) return Permission{"", {R"({"basis":"installation"})"}};
  return options_.ask.permit(call, act, area);
}

Result<Done> Identity::change_person(const Call& call, By by, std::string_view act,
                                     const PersonId& id, const ChangePerson& change) {
  return acts_.run<Done>(call, act, [&](Tx& tx) -> Result<Done> {
    const auto permit = TRY(permission(call, by, power_to_manage, std::nullopt));
    auto person = store::person(tx.db, id);
    if (!person) return errors::not_found;
    if (by == By::office) {
      TRY(of_another(call, id));
      TRY(call.require_version(person->version));
    }
    const auto said = TRY(change(tx, *person));
    ++person->version;
    store::change_person(tx.db, *person);
    tx.record({.subject_kind = "person",
               .subject_id = id.text(),
               .office_id = permit.office_id,
               .authority = permit.chain,
               .change = said});
    tx.after_commit([this, id] { persons_.forget(id); });
    return Done{};
  });
}

std::vector<std::string> Identity::end_sessions(Tx& tx, const PersonId& id) {
  std::vector<std::string> ended;
  for (const auto& session : store::sessions_of(tx.db, id)) {
    store::remove_session(tx.db, session.session_id);
    ended.push_back(session.digest);
  }
  tx.after_commit([this, ended] { forget_sessions(ended); });
  return ended;
}

std::int64_t Identity::end_tokens(Tx& tx, const PersonId& id) {
  const auto tokens = store::tokens_of(tx.db, id);
  for (const auto& token : tokens) {
    store::remove_token(tx.db, token.token_id);
    tx.after_commit([this, digest = token.digest] { tokens_.forget(digest); });
  }
  return static_cast<std::int64_t>(tokens.size());
}

// ---- adding

Result<PersonId> Identity::add_person_by(const Call& call, By by, const NewPerson& in,
                                         std::optional<Instant> one_time_until) {
  // Those of demonstration accounts are known to everybody anyway, and work on loopback only.
  if (in.password && !in.demonstration)
    if (auto wrong = auth::check_new_password(*in.password, in.username); !wrong.empty())
      return Problem(wrong);
  Person person{.person_id = PersonId::make(call.now),
                .username = in.username,
                .name_th = in.name_th,
                .name_en = in.name_en,
                .demonstration = in.demonstration,
                .created_at = call.now,
                .one_time_until = one_time_until};
  if (in.password) person.password = TRY(hasher_.hash(*in.password));
  return acts_.run<PersonId>(call, "identity.add_person", [&](Tx& tx) -> Result<PersonId> {
    const auto permit = TRY(permission(call, by, power_to_manage, std::nullopt));
    if (store::person_named(tx.db, in.username)) return Problem(username_taken());
    store::add_person(tx.db, person);
    tx.record({.subject_kind = "person",
               .subject_id = person.person_id.text(),
               .office_id = permit.office_id,
               .authority = permit.chain,
               .change = {to_json(PersonAdded{in.demonstration, in.password.has_value()})}});
    return person.person_id;
  });
}

Result<PersonId> Identity::add_person(const Call& call, const NewPerson& in) {
  return add_person_by(call, By::installation, in, std::nullopt);
}

Result<Created<IssuedPassword>> Identity::create_person(Call& call, const PersonRequest& in) {
  // Asked before a password is hashed, which is dear; and again by the act.
  TRY(permission(call, By::office, power_to_manage, std::nullopt));
  NewPerson person{in.username, in.name_th, in.name_en, std::nullopt, false};
  std::optional<Instant> until;
  if (!in.provider_only) {
    person.password = new_one_time_password();
    until = call.now.plus_ms(one_time_password_ms);
  }
  const auto id = TRY(add_person_by(not_kept(call), By::office, person, until));
  return Created<IssuedPassword>{{id, in.username, person.password, until}};
}

// ---- passwords

Result<Done> Identity::put_password(const Call& call, By by, const PersonId& id,
                                    std::string_view password,
                                    std::optional<Instant> one_time_until) {
  const auto hash = TRY(hasher_.hash(password));
  return change_person(
      call, by, "identity.set_password", id, [&](Tx& tx, Person& person) -> Result<RawJson> {
        person.password = hash;
        person.one_time_until = one_time_until;
        forget_failures(person);
        const auto ended = end_sessions(tx, id).size();
        // Whoever knew the old password may have made them.
        return RawJson{
            to_json(PasswordChanged{static_cast<std::int64_t>(ended), end_tokens(tx, id)})};
      });
}

Result<Done> Identity::set_password(const Call& call, const PersonId& id,
                                    std::string_view password) {
  const auto before = database_.read([&](db::Connection& db) { return store::person(db, id); });
  if (!before) return errors::not_found;
  if (auto wrong = auth::check_new_password(password, before->username); !wrong.empty())
    return Problem(wrong);
  return put_password(call, By::installation, id, password, std::nullopt);
}

Result<IssuedPassword> Identity::reset_password(Call& call, const Path<PersonPath>& path) {
  TRY(permission(call, By::office, power_to_manage, std::nullopt));
  const auto person =
      database_.read([&](db::Connection& db) { return store::person(db, path->person_id); });
  if (!person) return errors::not_found;
  auto word = new_one_time_password();
  const auto until = call.now.plus_ms(one_time_password_ms);
  TRY(put_password(not_kept(call), By::office, person->person_id, word, until));
  return IssuedPassword{person->person_id, person->username, std::move(word), until};
}

// ---- locks, the second factor, providers

Result<Done> Identity::lock_person(Call& call, const Path<PersonPath>& path) {
  return change_person(
      call, By::office, "identity.lock_person", path->person_id,
      [&](Tx& tx, Person& person) -> Result<RawJson> {
        if (person.locked_at) return errors::wrong_state;
        TRY(keeping_an_administrator(tx.db, call.now.bangkok_date(), [&]() -> Result<Done> {
          person.locked_at = call.now;
          store::change_person(tx.db, person);
          return Done{};
        }));
        const auto ended = end_sessions(tx, person.person_id).size();
        return RawJson{to_json(PasswordChanged{static_cast<std::int64_t>(ended), 0})};
      });
}

Identity::ChangePerson Identity::unlocking() const {
  return [](Tx&, Person& person) -> Result<RawJson> {
    if (!person.locked_at && person.failures == 0) return errors::wrong_state;
    person.locked_at.reset();
    forget_failures(person);
    return RawJson{"{}"};
  };
}

Result<Done> Identity::unlock_person(const Call& call, const PersonId& id) {
  return change_person(call, By::installation, "identity.unlock_person", id, unlocking());
}

Result<Done> Identity::unlock_person_by_office(Call& call, const Path<PersonPath>& path) {
  return change_person(call, By::office, "identity.unlock_person", path->person_id, unlocking());
}

Result<Done> Identity::clear_second_factor(Call& call, const Path<PersonPath>& path) {
  return change_person(call, By::office, "identity.clear_second_factor", path->person_id,
                       [&](Tx& tx, Person& person) -> Result<RawJson> {
                         if (!person.totp_secret && !person.totp_pending)
                           return errors::wrong_state;
                         person.totp_secret.reset();
                         person.totp_pending.reset();
                         person.totp_last_step.reset();
                         store::put_recovery_codes(tx.db, person.person_id, {});
                         // Whoever has the lost telephone may be signed in with it.
                         end_sessions(tx, person.person_id);
                         return RawJson{"{}"};
                       });
}

Identity::ChangePerson Identity::linking(const Call& call, const Key& provider,
                                         std::string_view subject) const {
  return [=, now = call.now](Tx& tx, Person& person) -> Result<RawJson> {
    if (store::person_linked(tx.db, provider, subject)) return errors::conflict;
    store::link(tx.db, person.person_id, provider, subject, now);
    return RawJson{to_json(ProviderChanged{provider})};
  };
}

Result<Done> Identity::link_identity(const Call& call, const PersonId& id, const Key& provider,
                                     std::string_view subject) {
  return change_person(call, By::installation, "identity.link_identity", id,
                       linking(call, provider, subject));
}

Result<Done> Identity::link_provider(Call& call, const Path<PersonPath>& path,
                                     const IdentityLink& in) {
  return change_person(
      call, By::office, "identity.link_identity", path->person_id,
      [&](Tx& tx, Person& person) -> Result<RawJson> {
        if (!providers_.find(in.provider))
          return Problem({{"/provider", "unknown_provider", "ระบบนี้ไม่ได้เชื่อมกับผู้ให้บริการนี้",
                           "this system does not work with that provider"}});
        return linking(call, in.provider, in.subject)(tx, person);
      });
}

Result<Done> Identity::unlink_provider(Call& call, const Path<PersonProviderPath>& path) {
  return change_person(
      call, By::office, "identity.unlink_identity", path->person_id,
      [&](Tx& tx, Person& person) -> Result<RawJson> {
        if (store::unlink(tx.db, person.person_id, path->provider) == 0) return errors::not_found;
        if (!person.password && store::providers_of(tx.db, person.person_id).empty())
          return errors::last_way_in;
        end_sessions(tx, person.person_id);
        return RawJson{to_json(ProviderChanged{path->provider})};
      });
}

// ---- reading

std::vector<PersonSummary> Identity::summaries(db::Connection& db,
                                               const std::vector<Person>& persons,
                                               std::optional<Date> ended_before,
                                               Instant now) const {
  std::vector<PersonId> ids;
  std::vector<PersonSummary> out;
  for (const auto& person : persons) {
    ids.push_back(person.person_id);
    out.push_back(summary_of(person, now));
  }
  for (auto& [id, office] : store::offices_of(db, ids, ended_before))
    for (auto& summary : out)
      if (summary.person_id == id) summary.offices.push_back(std::move(office));
  return out;
}

Page<PersonSummary> Identity::persons(const PersonQuery& query, Instant now) {
  return database_.snapshot([&](db::Connection& db) {
    Page<PersonSummary> page;
    page.items = summaries(db, store::persons(db, query), now.bangkok_date(), now);
    if (page.items.size() > static_cast<std::size_t>(query.limit.count())) {
      page.items.pop_back();
      page.next = page.items.back().username.text();
    }
    return page;
  });
}

Result<Done> Identity::note_reading(const Call& call, const Permission& by,
                                    const std::string& subject_kind, const std::string& subject_id,
                                    RawJson change) {
  return acts_.run<Done>(call, power_to_read, [&](Tx& tx) -> Result<Done> {
    tx.record({.subject_kind = subject_kind,
               .subject_id = subject_id,
               .office_id = by.office_id,
               .authority = by.chain,
               .change = std::move(change)});
    return Done{};
  });
}

Result<Page<PersonSummary>> Identity::list_persons(Call& call, const Query<PersonQuery>& query) {
  const auto permit = TRY(permission(call, By::office, power_to_read, std::nullopt));
  auto page = persons(query.value, call.now);
  const PersonsRead told{query->search.has_value(), static_cast<std::int64_t>(page.items.size())};
  TRY(note_reading(call, permit, "person_register", "list", {to_json(told)}));
  return page;
}

Result<PersonDetail> Identity::get_person(Call& call, const Path<PersonPath>& path) {
  const auto permit = TRY(permission(call, By::office, power_to_read, std::nullopt));
  auto detail = TRY(person_detail(call, path->person_id));
  TRY(note_reading(call, permit, "person", path->person_id.text(), {"{}"}));
  return detail;
}

Result<PersonDetail> Identity::person_detail(const Call& call, const PersonId& id) {
  return database_.snapshot([&](db::Connection& db) -> Result<PersonDetail> {
    const auto person = store::person(db, id);
    if (!person) return errors::not_found;
    PersonDetail out;
    static_cast<PersonSummary&>(out) = summaries(db, {*person}, std::nullopt, call.now).front();
    out.password = person->password.has_value();
    out.providers = store::providers_of(db, person->person_id);
    for (const auto& session : store::sessions_of(db, person->person_id))
      out.sessions += !session_is_over(session.last_seen_at, session.expires_at, call.now);
    out.created_at = person->created_at;
    out.version = person->version;
    return out;
  });
}

}  // namespace changwat::identity
