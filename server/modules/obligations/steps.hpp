#pragma once
// One step of an obligation: its row, its line of history and its ledger entry, inside an act.

#include <string>

#include "platform/db/acts.hpp"

#include "modules/authority/model.hpp"
#include "modules/obligations/model.hpp"

namespace changwat::obligations {

// `by` is nullptr when the program itself acts.
ObligationStep step_of(const Call& call, const authority::Permit* by, const ObligationRow& row,
                       std::string_view act, std::string_view note = {});

// The ledger entry; `change` is JSON without personal data.
void record(Tx& tx, const authority::Permit* by, const ObligationRow& row, std::string change);

// Stores the row as its next version, with the step and the ledger entry.
void finish(Tx& tx, const Call& call, const authority::Permit* by, ObligationRow& row,
            ObligationStep step, std::string change);

}  // namespace changwat::obligations
