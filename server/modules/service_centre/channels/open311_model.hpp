#pragma once
// What Open311 GeoReport v2 travels as, in JSON and XML from one description. Pure.
//
// Source: GeoReport v2 (wiki.open311.org/GeoReport_v2, frozen). JSON is its "Spark" mapping: a list
// is an array of the objects that the XML wraps one by one. Names are the standard's.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

#include "modules/service_centre/channels/channel.hpp"

namespace changwat::service_centre::open311 {

struct Service {
  std::string service_code;
  std::string service_name;
  std::string description;
  bool metadata = true;  // it has a definition
  std::string type = "realtime";
  std::string keywords;  // with commas between
  std::string group;
};
BOOST_DESCRIBE_STRUCT(Service, (),
                      (service_code, service_name, description, metadata, type, keywords, group))

struct AttributeValue {
  std::string key;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(AttributeValue, (), (key, name))

struct Attribute {
  bool variable = true;
  std::string code;
  std::string datatype;
  bool required = false;
  std::string datatype_description;
  std::int64_t order = 1;
  std::string description;
  std::vector<AttributeValue> values;
};
BOOST_DESCRIBE_STRUCT(Attribute, (),
                      (variable, code, datatype, required, datatype_description, order, description,
                       values))

struct ServiceDefinition {
  std::string service_code;
  std::vector<Attribute> attributes;
};
BOOST_DESCRIBE_STRUCT(ServiceDefinition, (), (service_code, attributes))

struct Accepted {
  std::string service_request_id;
  std::optional<std::string> service_notice;
  std::optional<std::string> account_id;
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (service_request_id, service_notice, account_id))

struct Token {
  std::string service_request_id;
  std::string token;
};
BOOST_DESCRIBE_STRUCT(Token, (), (service_request_id, token))

struct ServiceRequest {
  std::string service_request_id;
  std::string status;  // open, closed
  std::optional<std::string> status_notes;
  std::string service_name;
  std::string service_code;
  std::optional<std::string> description;
  std::optional<std::string> agency_responsible;
  std::optional<std::string> service_notice;
  std::string requested_datetime;
  std::string updated_datetime;
  std::optional<std::string> expected_datetime;
  std::optional<std::string> address;
  std::optional<std::string> address_id;  // code of the area
  std::optional<std::string> zipcode;
  std::optional<double> lat;
  std::optional<double> long_;
  std::optional<std::string> media_url;
};

struct Error {
  std::int64_t code = 400;
  std::string description;
};
BOOST_DESCRIBE_STRUCT(Error, (), (code, description))

struct Endpoint {
  std::string specification;
  std::string url;
  std::string changeset;
  std::string type;
  std::vector<std::string> formats;
};
BOOST_DESCRIBE_STRUCT(Endpoint, (), (specification, url, changeset, type, formats))

struct Discovery {
  std::string changeset;
  std::string contact;
  std::string key_service;
  std::vector<Endpoint> endpoints;
};
BOOST_DESCRIBE_STRUCT(Discovery, (), (changeset, contact, key_service, endpoints))

enum class Format { json, xml };

std::string written(Format format, const std::vector<Service>& services);
std::string written(Format format, const ServiceDefinition& definition);
std::string written(Format format, const std::vector<Accepted>& requests);
std::string written(Format format, const std::vector<Token>& tokens);
std::string written(Format format, const std::vector<ServiceRequest>& requests);
std::string written(Format format, const std::vector<Error>& errors);
std::string written(Format format, const Discovery& discovery);

// open or closed, and what the state is called to a citizen.
std::string_view status_of(CaseState state);
std::string_view notes_of(CaseState state);

}  // namespace changwat::service_centre::open311
