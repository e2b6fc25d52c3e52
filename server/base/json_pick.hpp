#pragma once
// One member of a larger document: for reviewed files of which each module reads its part.

#include <boost/json/object.hpp>

#include "base/json.hpp"

namespace changwat::json {

// The member is needed and read strictly; the others are passed over.
template <class T>
void pick(Reading& reading, const boost::json::object& document, std::string_view name, T& out) {
  reading.enter(name);
  if (const auto* found = document.if_contains({name.data(), name.size()}))
    read(reading, *found, out);
  else
    reading.wrong("required", "ต้องระบุช่องนี้", "is required");
  reading.leave();
}

}  // namespace changwat::json
