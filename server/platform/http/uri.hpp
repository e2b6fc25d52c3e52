#pragma once
// Percent-encoding of path and query pieces (RFC 3986 section 2.1; query pairs as in the WHATWG URL
// standard, application/x-www-form-urlencoded). Pure functions, any thread.
//
// Decoding is strict, because two readers that repair bad input differently are how a check in one
// place is walked around in another: a bad escape, a NUL, and anything that is not well-formed
// UTF-8 (overlong forms, surrogates, stray continuation bytes) is refused as a whole.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace changwat::http::uri {

enum class Plus { literal, space };  // what '+' means: itself in a path, a space in a query

// One piece decoded; nullopt if it is refused. Decode after splitting at '/', '&' and '=', never
// before: "%2F" in a segment is a character, not a separator.
std::optional<std::string> decode(std::string_view piece, Plus plus = Plus::literal);

inline constexpr std::size_t query_pairs_max = 200;

using Pairs = std::vector<std::pair<std::string, std::string>>;

// "a=1&b=&c" is {a,1} {b,""} {c,""}, in order, repeats kept, empty pieces skipped. nullopt if a
// piece is refused or there are more than query_pairs_max.
std::optional<Pairs> parse_query(std::string_view query);

// The inverse of decode(): everything but RFC 3986 "unreserved" is escaped.
std::string encode(std::string_view text);

}  // namespace changwat::http::uri
