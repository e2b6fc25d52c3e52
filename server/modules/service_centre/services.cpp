#include "modules/service_centre/services.hpp"

#include <algorithm>

#include "platform/search/normal.hpp"

#include "modules/service_centre/book_files.hpp"
#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {
namespace {

template <class Row>
const Row* row_of(const std::vector<Row>& rows, Key Row::*code, const Key& wanted) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.*code == wanted; });
  return found == rows.end() ? nullptr : &*found;
}

std::vector<FieldError> faults(const Catalogue& catalogue) {
  std::vector<FieldError> wrong;
  const auto where = std::string("catalogue.json /services");
  for (const auto& row : catalogue.services) {
    if (!catalogue.group(row.group)) wrong.push_back(lacking(where, row.group));
    if (row.law && !catalogue.law(*row.law)) wrong.push_back(lacking(where, *row.law));
    if (!row.papers) continue;
    for (const auto& asked : *row.papers)
      if (!catalogue.paper(asked.paper)) wrong.push_back(lacking(where, asked.paper));
  }
  return wrong;
}

// The words that are looked for, each in one spelling.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  const auto normal = search::normal_text(text);
  for (std::size_t at = 0; at < normal.size();) {
    const auto end = std::min(normal.find(' ', at), normal.size());
    if (end > at) out.push_back(normal.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool matches(const ServiceRow& row, const std::vector<std::string>& words) {
  if (words.empty()) return true;
  const auto name = search::normal_text(row.name_th.text() + " \n " + row.name_en.text());
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return name.find(word) != std::string::npos; });
}

}  // namespace

Result<Catalogue> Catalogue::read(const std::filesystem::path& folder) {
  Catalogue out;
  const auto catalogue = TRY(object_in(folder / "catalogue.json"));
  out.laws = TRY(member<std::vector<ServiceLaw>>(catalogue, "laws", "catalogue.json"));
  out.groups = TRY(member<std::vector<ServiceGroup>>(catalogue, "groups", "catalogue.json"));
  out.services = TRY(member<std::vector<ServiceRow>>(catalogue, "services", "catalogue.json"));
  const auto papers = TRY(object_in(folder / "papers.json"));
  out.papers = TRY(member<std::vector<CataloguePaper>>(papers, "papers", "papers.json"));
  if (auto wrong = faults(out); !wrong.empty()) return Problem(std::move(wrong));
  return out;
}

const ServiceRow* Catalogue::find(const Key& service, Date on) const {
  for (const auto& row : services)
    if (row.service == service && in_force(row, on)) return &row;
  return nullptr;
}
const ServiceRow* Catalogue::find(const Key& service) const {
  return row_of(services, &ServiceRow::service, service);
}
const CataloguePaper* Catalogue::paper(const Key& code) const {
  return row_of(papers, &CataloguePaper::paper, code);
}
const ServiceLaw* Catalogue::law(const Key& code) const {
  return row_of(laws, &ServiceLaw::law, code);
}
const ServiceGroup* Catalogue::group(const Key& code) const {
  return row_of(groups, &ServiceGroup::group, code);
}

ServiceList services_of(const Catalogue& catalogue, const ServicesQuery& query, Date on) {
  ServiceList out{catalogue.groups, {}};
  const auto words = words_of(query.q ? std::string_view(*query.q) : std::string_view());
  for (const auto& row : catalogue.services) {
    if (!in_force(row, on) || (query.group && row.group != *query.group) || !matches(row, words))
      continue;
    out.items.push_back({row.service, row.group, row.name_th, row.name_en, row.duration, row.fee,
                         std::nullopt, row.verified});
    if (row.papers) out.items.back().paper_count = std::ssize(*row.papers);
  }
  return out;
}

CatalogueService service_of(const Catalogue& catalogue, const ServiceRow& row) {
  CatalogueService out;
  out.service = row.service;
  out.group = *catalogue.group(row.group);
  out.name_th = row.name_th;
  out.name_en = row.name_en;
  out.duration = row.duration;
  out.fee = row.fee;
  if (row.law) out.law = *catalogue.law(*row.law);
  if (row.papers) {
    out.papers.emplace();
    for (const auto& asked : *row.papers) {
      const auto& paper = *catalogue.paper(asked.paper);
      out.papers->push_back(
          {paper.paper, paper.kind, paper.name_th, paper.name_en, asked.required, paper.verified});
    }
  }
  out.steps_th = row.steps_th;
  out.steps_en = row.steps_en;
  out.certificate_th = row.certificate_th;
  out.certificate_en = row.certificate_en;
  out.valid_from = row.valid_from;
  out.valid_to = row.valid_to;
  out.source = row.source;
  out.verified = row.verified;
  out.note = row.note;
  return out;
}

// ---- handlers

Result<ServiceList> ServiceCentre::list_services(Call& call, const Query<ServicesQuery>& query) {
  return services_of(book_.catalogue, query.value, call.now.bangkok_date());
}

Result<CatalogueService> ServiceCentre::get_service(Call&, const Path<ServicePath>& path) {
  const auto* row = book_.catalogue.find(path->service);
  if (!row) return errors::not_found;
  return service_of(book_.catalogue, *row);
}

}  // namespace changwat::service_centre
