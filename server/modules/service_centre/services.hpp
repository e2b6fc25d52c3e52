#pragma once
// The catalogue of services (data/service_centre/catalogue.json and papers.json): what a district
// gives, under which law, on which papers, in what time, for what fee. Read once with the book.
// Immutable; any thread.
//
// What was not read stands as absent and is never taken for "none": papers, steps, certificate.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace changwat::service_centre {

using Label = Text<1, 600>;

template <class Row>
bool in_force(const Row& row, Date on) {
  return (!row.valid_from || *row.valid_from <= on) && (!row.valid_to || on <= *row.valid_to);
}

struct ServiceLaw {
  Key law;
  Label name_th;
  Label name_en;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ServiceLaw, (), (law, name_th, name_en, source, verified, note))

struct ServiceGroup {
  Key group;
  Label name_th;
  Label name_en;
  std::int64_t services_in_source = 0;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ServiceGroup, (),
                      (group, name_th, name_en, services_in_source, source, verified, note))

enum class PaperKind { paper, thing, person };  // what has to be brought
BOOST_DESCRIBE_ENUM(PaperKind, paper, thing, person)

struct CataloguePaper {
  Key paper;
  PaperKind kind = PaperKind::paper;
  Label name_th;
  Label name_en;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(CataloguePaper, (), (paper, kind, name_th, name_en, source, verified, note))

enum class ServiceTimeUnit { minute, hour, day, working_day };  // never turned into each other
BOOST_DESCRIBE_ENUM(ServiceTimeUnit, minute, hour, day, working_day)

struct ServiceTime {
  std::int64_t amount = 0;
  ServiceTimeUnit unit = ServiceTimeUnit::day;
};
BOOST_DESCRIBE_STRUCT(ServiceTime, (), (amount, unit))

enum class FeeKind {
  free,
  fixed,       // `satang` says how much
  varies,      // see the note
  not_stated,  // the source has a dash
  not_known    // there is one, and the amount was not read
};
BOOST_DESCRIBE_ENUM(FeeKind, free, fixed, varies, not_stated, not_known)

struct ServiceFee {
  FeeKind kind = FeeKind::not_known;
  std::optional<Satang> satang;
};
BOOST_DESCRIBE_STRUCT(ServiceFee, (), (kind, satang))

struct AskedPaper {
  Key paper;
  bool required = true;  // false: asked for in some cases
};
BOOST_DESCRIBE_STRUCT(AskedPaper, (), (paper, required))

struct ServiceRow {
  Key service;
  Key group;
  Label name_th;
  Label name_en;
  std::optional<ServiceTime> duration;
  ServiceFee fee;
  std::optional<Key> law;
  std::optional<std::vector<AskedPaper>> papers;  // none: not read
  std::optional<Label> steps_th;
  std::optional<Label> steps_en;
  std::optional<Label> certificate_th;  // what the applicant gets
  std::optional<Label> certificate_en;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ServiceRow, (),
                      (service, group, name_th, name_en, duration, fee, law, papers, steps_th,
                       steps_en, certificate_th, certificate_en, valid_from, valid_to, source,
                       verified, note))

struct Catalogue {
  std::vector<ServiceLaw> laws;
  std::vector<ServiceGroup> groups;
  std::vector<CataloguePaper> papers;
  std::vector<ServiceRow> services;

  // From the folder data/service_centre. Problem: as Book::read, also when a service names a group,
  // law or paper that is not there.
  static Result<Catalogue> read(const std::filesystem::path& folder);

  // nullptr: there is none, or (of services) none in force on the day.
  const ServiceRow* find(const Key& service, Date on) const;
  const ServiceRow* find(const Key& service) const;  // also one that ended
  const CataloguePaper* paper(const Key& code) const;
  const ServiceLaw* law(const Key& code) const;
  const ServiceGroup* group(const Key& code) const;
};

// ---- as it is told

struct ServicesQuery {
  std::optional<Key> group;
  std::optional<Text<0, 100>> q;  // words of the name, each of which is in it
};
BOOST_DESCRIBE_STRUCT(ServicesQuery, (), (group, q))

struct ServiceSummary {
  Key service;
  Key group;
  Label name_th;
  Label name_en;
  std::optional<ServiceTime> duration;
  ServiceFee fee;
  std::optional<std::int64_t> paper_count;  // none: not read
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(ServiceSummary, (),
                      (service, group, name_th, name_en, duration, fee, paper_count, verified))

struct ServiceList {
  std::vector<ServiceGroup> groups;  // all, whatever was asked for
  std::vector<ServiceSummary> items;
};
BOOST_DESCRIBE_STRUCT(ServiceList, (), (groups, items))

struct ServicePath {
  Key service;
};
BOOST_DESCRIBE_STRUCT(ServicePath, (), (service))

struct PaperOfService {
  Key paper;
  PaperKind kind = PaperKind::paper;
  Label name_th;
  Label name_en;
  bool required = true;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(PaperOfService, (), (paper, kind, name_th, name_en, required, verified))

struct CatalogueService {
  Key service;
  ServiceGroup group;
  Label name_th;
  Label name_en;
  std::optional<ServiceTime> duration;
  ServiceFee fee;
  std::optional<ServiceLaw> law;
  std::optional<std::vector<PaperOfService>> papers;
  std::optional<Label> steps_th;
  std::optional<Label> steps_en;
  std::optional<Label> certificate_th;
  std::optional<Label> certificate_en;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(CatalogueService, (),
                      (service, group, name_th, name_en, duration, fee, law, papers, steps_th,
                       steps_en, certificate_th, certificate_en, valid_from, valid_to, source,
                       verified, note))

// Services in force on the day, in the catalogue's order.
ServiceList services_of(const Catalogue& catalogue, const ServicesQuery& query, Date on);
CatalogueService service_of(const Catalogue& catalogue, const ServiceRow& row);

}  // namespace changwat::service_centre
