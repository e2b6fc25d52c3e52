#pragma once
// The channel by which programs of others report and read cases: Open311 GeoReport v2.
//
// Who calls it: routes below /open311/v2, in JSON and XML. Categories that data/service_centre/
// open311.json offers are services; a jurisdiction is a province or district by its code, and
// address_id is the code of an area. Reading needs nothing; reporting needs an API token as
// api_key. What is told of a case: that it is, its service, state, days and district; and all the
// rest only where it was reported by this channel, its reporter is neither secret nor anonymous,
// nobody is accused and the text tells no reporter. Threads: any. Source:
// wiki.open311.org/GeoReport_v2 and Service_Discovery.

#include <functional>

#include "modules/service_centre/channels/open311_model.hpp"
#include "modules/service_centre/channels/store_channels.hpp"
#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {

struct Open311Service {
  Key category;
  Label group_th;
  Label description_th;
  std::vector<Label> keywords_th;
  Label source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(Open311Service, (),
                      (category, group_th, description_th, keywords_th, source, verified))

// data/service_centre/open311.json; a row must name a category of the book.
Result<std::vector<Open311Service>> read_open311_services(std::string_view text, const Book& book);

// A request of the standard, whatever its method. Parameters are read leniently, as it says: what
// is empty is absent, and what is not known is passed over.
struct Open311Asked {
  open311::Format format = open311::Format::json;
  std::string id;       // of the path, without the format
  http::Values query;   // and the members of the form
  bool is_form = true;  // of a POST: sent as the standard wants it, and well formed
};

// CODE.json, ID.xml: read by Open311Asked; named here for the contract.
struct Open311Path {
  Text<1, 200> file;
};
BOOST_DESCRIBE_STRUCT(Open311Path, (), (file))

struct Open311Options {
  std::string public_url;
  // Who holds an API token that may write; none or a problem: nobody.
  std::function<Result<std::optional<Caller>>(std::string_view token, Instant now)> key_holder;
  // How fast one holder of a token may report.
  auth::BucketRule intake{.capacity = 200, .per_second = 2};
};

class Open311 {
 public:
  Open311(ServiceCentre& centre, db::Database& database, const areas::Areas& areas,
          std::vector<Open311Service> services, Open311Options options);

  Result<http::Response> discovery(Call& call, const Open311Asked& asked);
  Result<http::Response> services(Call& call, const Open311Asked& asked);
  Result<http::Response> definition(Call& call, const Path<Open311Path>& path,
                                    const Open311Asked& asked);
  Result<http::Response> report(Call& call, const Open311Asked& asked);
  Result<http::Response> requests(Call& call, const Open311Asked& asked);
  Result<http::Response> request(Call& call, const Path<Open311Path>& path,
                                 const Open311Asked& asked);
  Result<http::Response> token(Call& call, const Path<Open311Path>& path,
                               const Open311Asked& asked);

  void add_routes(RouteTable& table);

 private:
  // Nothing, or what the standard wants to be told.
  using Faults = std::vector<open311::Error>;

  const Open311Service* find(std::string_view code) const;
  std::string name_of(const Key& category, Date on) const;
  // The area of jurisdiction_id; none if it is not given. Adds to the faults.
  std::optional<AreaCode> jurisdiction(const Open311Asked& asked, bool required,
                                       Faults& faults) const;
  Result<ChannelMessage> message_of(const Open311Asked& asked, Instant now, Faults& faults) const;
  CasePlace place_of(const Open311Asked& asked, Faults& faults) const;
  NewReporter reporter_of(const Open311Asked& asked, Faults& faults) const;
  store::PublicAsked asked_of(const Open311Asked& asked, Instant now, Faults& faults) const;
  std::vector<open311::ServiceRequest> told(db::Connection& db, const store::PublicAsked& asked,
                                            Instant now) const;
  open311::ServiceRequest told(db::Connection& db, const store::PublicRow& row, Date on) const;

  ServiceCentre& centre_;
  db::Database& database_;
  const areas::Areas& areas_;
  const std::vector<Open311Service> services_;
  const Open311Options options_;
  auth::RateLimiter intake_;
};

}  // namespace changwat::service_centre

namespace changwat::http {

template <>
struct ReadArgument<service_centre::Open311Asked> {
  static Result<service_centre::Open311Asked> read(const Incoming& in);
  static void describe(Schemas&, boost::json::object& operation);
};

}  // namespace changwat::http
