#pragma once
// Call: one request to the program as its use cases see it: who asks, in which offices, when, and
// under which conditions. Filled by the route layer (or the command line), passed to every act.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/area_code.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace changwat {

// An office (post) that the caller holds at this moment, for an area or for the whole country.
struct HeldOffice {
  std::string office_id;
  std::string role;              // a key of data/law/roles.yaml
  std::optional<AreaCode> area;  // none: the whole country
  std::string title_th;
  std::string title_en;
  bool acting = false;  // รักษาราชการแทน and the like
};

struct Caller {
  std::string person_id;
  std::string session_id;  // of the session or API token
  std::string name_th;
  std::string name_en;
  std::vector<HeldOffice> offices;  // in force now
  bool by_token = false;
  std::vector<std::string> scopes;  // of a token; a session has all
};

struct Call {
  std::optional<Caller> caller;  // none: nobody signed in
  Instant now;
  std::string request_id;
  std::string peer;
  std::string user_agent;
  std::string idempotency_key;           // empty: none
  std::string request_digest;            // of method, path and body, when there is such a key
  std::optional<std::int64_t> if_match;  // version named by If-Match
  bool if_match_any = false;             // If-Match: *
  std::vector<std::pair<std::string, std::string>> answer_headers;  // set by the use case

  // The rule of If-Match for a change of a record that now has `version`.
  Result<Done> require_version(std::int64_t version) const {
    if (if_match_any || if_match == version) return Done{};
    if (!if_match) return errors::if_match_required;
    return errors::changed_meanwhile;
  }
};

}  // namespace changwat
