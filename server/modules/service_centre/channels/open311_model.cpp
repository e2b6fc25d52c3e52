#include "modules/service_centre/channels/open311_model.hpp"

#include "platform/documents/xml_writer.hpp"

#include "modules/service_centre/life.hpp"

namespace changwat::service_centre::open311 {
namespace {

// A member `long_` is called "long", which C++ keeps for itself.
template <class F>
void each_member(const auto& value, F f) {
  for_each_member(value, f);
}
template <class F>
void each_member(const ServiceRequest& r, F f) {
  f("service_request_id", r.service_request_id);
  f("status", r.status);
  f("status_notes", r.status_notes);
  f("service_name", r.service_name);
  f("service_code", r.service_code);
  f("description", r.description);
  f("agency_responsible", r.agency_responsible);
  f("service_notice", r.service_notice);
  f("requested_datetime", r.requested_datetime);
  f("updated_datetime", r.updated_datetime);
  f("expected_datetime", r.expected_datetime);
  f("address", r.address);
  f("address_id", r.address_id);
  f("zipcode", r.zipcode);
  f("lat", r.lat);
  f("long", r.long_);
  f("media_url", r.media_url);
}

// What one of a list is called in XML.
constexpr std::string_view one_of(const std::vector<Service>&) {
  return "service";
}
constexpr std::string_view one_of(const std::vector<Attribute>&) {
  return "attribute";
}
constexpr std::string_view one_of(const std::vector<AttributeValue>&) {
  return "value";
}
constexpr std::string_view one_of(const std::vector<Error>&) {
  return "error";
}
constexpr std::string_view one_of(const std::vector<Endpoint>&) {
  return "endpoint";
}
constexpr std::string_view one_of(const std::vector<std::string>&) {
  return "format";
}
constexpr std::string_view one_of(const auto&) {
  return "request";
}

template <class T>
void put_xml(documents::XmlWriter& xml, std::string_view name, const T& value) {
  if constexpr (is_optional<T>) {
    if (value)
      put_xml(xml, name, *value);
    else
      xml.element(name, "");
  } else if constexpr (std::is_same_v<T, std::string>) {
    xml.element(name, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    xml.element(name, value ? "true" : "false");
  } else if constexpr (std::is_arithmetic_v<T>) {
    std::string digits;
    json::write_number(digits, value);
    xml.element(name, digits);
  } else if constexpr (is_vector<T>) {
    xml.open(name);
    for (const auto& one : value) put_xml(xml, one_of(value), one);
    xml.close();
  } else {
    xml.open(name);
    each_member(value, [&](const char* member, const auto& inner) { put_xml(xml, member, inner); });
    xml.close();
  }
}

template <class T>
void put_json(std::string& out, const T& value) {
  if constexpr (is_vector<T>) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i) out += ',';
      put_json(out, value[i]);
    }
    out += ']';
  } else if constexpr (std::is_same_v<T, ServiceRequest>) {
    char before = '{';
    each_member(value, [&](const char* name, const auto& member) {
      out += before;
      before = ',';
      json::write_string(out, name);
      out += ':';
      write_json(out, member);
    });
    out += '}';
  } else {
    write_json(out, value);
  }
}

template <class T>
std::string put(Format format, std::string_view root, const T& value) {
  if (format == Format::json) {
    std::string out;
    put_json(out, value);
    return out;
  }
  documents::XmlWriter xml;
  put_xml(xml, root, value);
  return xml.finish();
}

}  // namespace

std::string written(Format format, const std::vector<Service>& services) {
  return put(format, "services", services);
}
std::string written(Format format, const ServiceDefinition& definition) {
  return put(format, "service_definition", definition);
}
std::string written(Format format, const std::vector<Accepted>& requests) {
  return put(format, "service_requests", requests);
}
std::string written(Format format, const std::vector<Token>& tokens) {
  return put(format, "service_requests", tokens);
}
std::string written(Format format, const std::vector<ServiceRequest>& requests) {
  return put(format, "service_requests", requests);
}
std::string written(Format format, const std::vector<Error>& errors) {
  return put(format, "errors", errors);
}
std::string written(Format format, const Discovery& discovery) {
  return put(format, "discovery", discovery);
}

std::string_view status_of(CaseState state) {
  return is_settled(state) ? "closed" : "open";
}

std::string_view notes_of(CaseState state) {
  switch (state) {
    case CaseState::received:
      return "รับเรื่องแล้ว";
    case CaseState::screening:
      return "กำลังคัดกรองเรื่อง";
    case CaseState::assigned:
      return "ส่งให้หน่วยงานแล้ว";
    case CaseState::accepted:
      return "หน่วยงานรับเรื่องแล้ว";
    case CaseState::in_progress:
      return "กำลังดำเนินการ";
    case CaseState::resolved:
    case CaseState::reviewing:
      return "ดำเนินการแล้ว รอตรวจก่อนยุติเรื่อง";
    case CaseState::closed:
      return "ยุติเรื่องแล้ว";
    case CaseState::mediation:
      return "อยู่ระหว่างไกล่เกลี่ย";
    case CaseState::sent_up:
      return "ส่งต่อศูนย์ระดับเหนือขึ้นไป";
    case CaseState::rejected:
      return "ไม่รับเรื่อง";
    case CaseState::merged:
      return "รวมเข้ากับเรื่องอื่นที่แจ้งไว้แล้ว";
    case CaseState::withdrawn:
      return "ผู้แจ้งถอนเรื่อง";
  }
  return "";
}

}  // namespace changwat::service_centre::open311
