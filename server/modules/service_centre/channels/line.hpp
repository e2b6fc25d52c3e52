#pragma once
// The channel of LINE: text, place and pictures that a citizen sends to a district's official
// account become a case once they write จบ.
//
// Who calls it: LINE, by POST /channels/line/{district}, each delivery signed with the secret of
// the district's channel; nothing is read of a body whose signature is wrong. An event that comes
// again does nothing. Nothing is sent from here: answers wait in the outbox. A conversation that is
// not a case yet is kept for a time only. Threads: any. Source: developers.line.biz, Messaging API:
// webhooks and their signature, webhook event objects.

#include "modules/service_centre/channels/store_channels.hpp"
#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {

inline constexpr ErrorKind signature_wrong{"signature_wrong", 403, "ลายเซ็นของคำขอไม่ถูกต้อง",
                                           "The signature of this request is not right."};

struct LineAccount {
  AreaCode district;
  Text<1, 200> channel_secret;
};
BOOST_DESCRIBE_STRUCT(LineAccount, (), (district, channel_secret))

struct LinePath {
  AreaCode district;
};
BOOST_DESCRIBE_STRUCT(LinePath, (), (district))

// A body as it came, with what the sender signed it with.
struct LineDelivery {
  std::string_view bytes;
  std::string signature;  // X-Line-Signature
};

// What one event says, as far as we care; every text is cut to its limit.
struct LineEvent {
  enum class Kind { text, place, picture, other };
  Kind kind = Kind::other;
  SourceKey event_id;
  Recipient sender;
  std::string text;  // of a place: its name and address
  std::optional<Decimal> latitude, longitude;
};

// The events of a body, at most 100, without those that name no sender or no id. malformed_request
// if it is no such body.
Result<std::vector<LineEvent>> read_line_events(std::string_view body);

class LineChannel {
 public:
  LineChannel(ServiceCentre& centre, db::Database& database, std::vector<LineAccount> accounts);

  Result<http::Response> deliver(Call& call, const Path<LinePath>& path,
                                 const LineDelivery& delivery);

  void add_routes(RouteTable& table);

 private:
  Result<Done> take(const Call& call, const AreaCode& district, const LineEvent& event);
  Result<Done> finish(const Call& call, const store::DraftRow& draft);

  ServiceCentre& centre_;
  db::Database& database_;
  const std::vector<LineAccount> accounts_;
  auth::RateLimiter senders_;
};

}  // namespace changwat::service_centre

namespace changwat::http {

template <>
struct ReadArgument<service_centre::LineDelivery> {
  static Result<service_centre::LineDelivery> read(const Incoming& in) {
    return service_centre::LineDelivery{in.request.body,
                                        std::string(in.request.head.header("x-line-signature"))};
  }
  static void describe(Schemas& schemas, boost::json::object& operation) {
    ReadArgument<Upload>::describe(schemas, operation);
  }
};

}  // namespace changwat::http
