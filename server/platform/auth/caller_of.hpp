#pragma once
// For demonstrations, whose records are made by the real acts: their accounts, as callers at the
// moments of the time they tell of.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/auth/call.hpp"

namespace changwat {

// Who holds the office of a demonstration account, by username; none: no such account.
using CallerOf = std::function<std::optional<Caller>(std::string_view username)>;

// A call by that account, whatever the version of what it changes; not_found without the account.
inline Result<Call> call_by(const CallerOf& caller_of, const std::string& username, Instant at) {
  Call call;
  call.now = at;
  call.caller = caller_of(username);
  if (!call.caller)
    return Problem(errors::not_found, "ไม่พบบัญชีสาธิต " + username, "No account " + username);
  call.if_match_any = true;
  return call;
}

}  // namespace changwat
