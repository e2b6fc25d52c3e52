// libFuzzer target: forms, dates, degrees and texts of channels; and what is written as XML reads
// back the same. Built and run by tests/fuzz/run.

#include <cstddef>
#include <cstdint>

#include <expat.h>

#include "base/utf8.hpp"

#include "platform/documents/xml_writer.hpp"
#include "platform/http/uri.hpp"

#include "modules/service_centre/channels/import_cases.hpp"

namespace {

using namespace changwat;
namespace sc = service_centre;

std::string text_of_xml(const std::string& xml) {
  std::string out;
  const auto parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &out);
  XML_SetCharacterDataHandler(parser, [](void* to, const char* text, int length) {
    static_cast<std::string*>(to)->append(text, static_cast<std::size_t>(length));
  });
  CHECK(XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1) == XML_STATUS_OK);
  XML_ParserFree(parser);
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto form = http::uri::parse_query(bytes)) {
    CHECK(form->size() <= http::uri::query_pairs_max);
    for (const auto& [name, value] : *form) CHECK(utf8::valid(name) && utf8::valid(value));
  }
  (void)sc::buddhist_date(bytes);
  (void)sc::thai_date_in(bytes);
  (void)sc::report_moment(bytes);
  if (const auto read = sc::degrees(bytes)) CHECK(Decimal::parse(read->text()) == read);
  CHECK(sc::cut(bytes, 10).size() <= 40);
  (void)sc::title_of(bytes, "-");
  if (const auto text = Text<0, 8000>::parse(bytes)) {
    documents::XmlWriter xml;
    xml.element("description", text->text());
    CHECK(text_of_xml(xml.finish()) == text->text());
  }
  return 0;
}
