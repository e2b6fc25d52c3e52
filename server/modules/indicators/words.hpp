#pragma once
// Words of indicators for people: sentences in both languages, and numbers as one reads them.
//
// What decides is computed on exact decimals; here they are only shown. Pure; any thread.

#include <string>

#include <boost/describe.hpp>

#include "base/decimal.hpp"

namespace changwat::indicators {

// The same in both languages.
struct Sentence {
  std::string th;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(Sentence, (), (th, en))

// A number for reading: "1,234,567.5", "64.83", "0.0123". Two places, or, below 1, as many as show
// three digits; at most the six that there are.
std::string readable(Decimal value);

// A percentage that is held against a threshold, with two places, cut and not rounded: 99.999 is
// "99.99", so that what is shown never seems to have reached what was not reached.
std::string readable_percent(Decimal value);

}  // namespace changwat::indicators
