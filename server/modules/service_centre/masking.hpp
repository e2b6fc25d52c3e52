#pragma once
// Who reported, as far as each reader may see it. Pure.

#include <string_view>
#include <vector>

#include "modules/service_centre/model.hpp"

namespace changwat::service_centre {

// "ส***" of "สมชาย …": the first letter and nothing of the length.
std::string masked_name(std::string_view name);
// "***1234": the last four digits.
std::string masked_phone(std::string_view phone);

// Secret or anonymous: nothing says who it is.
bool is_hidden(const ReporterRow& reporter);

// What the desk sees; of the secret and the anonymous only that they are.
MaskedReporter masked(const ReporterRow& reporter, const CaseId& shown_in);

// Whether a text tells who a secret reporter is: name, telephone or national id, however spaced.
bool tells_secret(std::string_view text, const std::vector<ReporterRow>& reporters);

}  // namespace changwat::service_centre
