#pragma once
// What a reader can take and already has, as a handler's argument: for answers kept ready in
// memory.

#include <string>

#include "platform/http/routes.hpp"

#include "modules/indicators/board.hpp"

namespace changwat::indicators {

struct Negotiation {
  bool gzip = false;          // Accept-Encoding allows it
  std::string if_none_match;  // as sent
};

// The bytes in the form that suits the reader, or 304 where the reader has them.
http::Response respond(const Sendable& bytes, const Negotiation& reader, std::string content_type);

}  // namespace changwat::indicators

namespace changwat::http {

template <>
struct ReadArgument<indicators::Negotiation> {
  static Result<indicators::Negotiation> read(const Incoming& in);
  static void describe(Schemas&, boost::json::object&) {}
};

}  // namespace changwat::http
