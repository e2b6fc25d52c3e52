#pragma once
// Answers kept ready in memory: plain and gzipped bytes with a tag, and the reader's side, what it
// can take and already has, as a handler's argument. Pure; any thread.

#include <memory>
#include <string>

#include "platform/http/routes.hpp"

namespace changwat::http {

// Bytes as they are sent, plain and gzipped.
struct Sendable {
  std::shared_ptr<const std::string> plain;
  std::shared_ptr<const std::string> gzip;
  std::string tag;  // of the content, without quotes
};

std::string content_tag(std::string_view bytes);
Sendable sendable(std::string bytes);

struct Negotiation {
  bool gzip = false;          // Accept-Encoding allows it
  std::string if_none_match;  // as sent
};

// The bytes in the form that suits the reader, or 304 where the reader has them.
Response respond(const Sendable& bytes, const Negotiation& reader, std::string content_type);

template <>
struct ReadArgument<Negotiation> {
  static Result<Negotiation> read(const Incoming& in);
  static void describe(Schemas&, boost::json::object&) {}
};

}  // namespace changwat::http
