#pragma once
// Small words of the HTTP room that its files share: comparisons without case, lists, phrases.

#include <string_view>

namespace changwat::http {

// ASCII only, as header names and tokens are.
bool equal_without_case(std::string_view left, std::string_view right);

std::string_view trim(std::string_view text);  // spaces and tabs

// Takes the next element off the front of a comma-separated list, trimmed; may be empty.
std::string_view take_element(std::string_view& list);

std::string_view reason_phrase(int status);  // "Not Found"; "Status" for one we do not know

}  // namespace changwat::http
