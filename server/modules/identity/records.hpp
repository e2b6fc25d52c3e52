#pragma once
// What the acts of this module say in the ledger. Ids, days and keys only: names, reasons and
// addresses are personal data, and the ledger lives for ever.

#include "platform/db/acts.hpp"

#include "modules/identity/model.hpp"

namespace changwat::identity {

struct PersonAdded {
  bool demonstration = false;
  bool with_password = false;
};
BOOST_DESCRIBE_STRUCT(PersonAdded, (), (demonstration, with_password))

struct PasswordChanged {
  std::int64_t sessions_ended = 0;
  std::int64_t tokens_ended = 0;
};
BOOST_DESCRIBE_STRUCT(PasswordChanged, (), (sessions_ended, tokens_ended))

// That somebody looked into the register of persons; what was searched for may be a name.
struct PersonsRead {
  bool searched = false;
  std::int64_t persons = 0;
};
BOOST_DESCRIBE_STRUCT(PersonsRead, (), (searched, persons))

struct ProviderChanged {
  Key provider;
};
BOOST_DESCRIBE_STRUCT(ProviderChanged, (), (provider))

struct HoldingRecorded {
  HoldingChangeId change_id;  // of the row that holds the reason
  OfficeId office_id;
  PersonId person_id;
  bool acting = false;
  std::optional<ActingGround> ground;
  Date from_date;
  std::optional<Date> to_date;
};
BOOST_DESCRIBE_STRUCT(HoldingRecorded, (),
                      (change_id, office_id, person_id, acting, ground, from_date, to_date))

// Answers that hold a secret must not be kept, so these acts do not take an Idempotency-Key.
inline Call not_kept(const Call& call) {
  Call once = call;
  once.idempotency_key.clear();
  return once;
}

}  // namespace changwat::identity
