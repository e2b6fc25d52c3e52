#pragma once
// Law: the instruments and powers of data/law, read once at start, immutable, any thread.
//
// A power is in force on a day when it, its instrument and all instruments that one is under are.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/authority/model.hpp"

namespace changwat::authority {

// What the files say, in the order of their names.
struct LawFiles {
  std::vector<RoleRow> roles;
  std::vector<ActRow> acts;
  Terms terms;
  std::vector<Instrument> instruments;
  std::string digest;  // SHA-256 over names and bytes of the files, hex
};

// The days that a Date knows: limits of what is not limited.
inline const Date days_begin = *Date::of(1800, 1, 1);
inline const Date days_end = *Date::of(2299, 12, 31);

using Bits = std::uint32_t;  // one for each word of a vocabulary
inline constexpr Bits any_word = ~Bits{0};

// What a power or a grant of it is limited to: a word of each vocabulary must be among the bits.
struct WordLimits {
  Bits kinds = any_word;
  Bits fundings = any_word;
  Bits methods = any_word;

  WordLimits operator&(const WordLimits& other) const {
    return {kinds & other.kinds, fundings & other.fundings, methods & other.methods};
  }
  bool within(const WordLimits& other) const { return (*this & other) == *this; }
  friend bool operator==(const WordLimits&, const WordLimits&) = default;
};

using PowerNumber = std::uint16_t;  // index of a power in the Law

// A power with all that its limits come to.
struct LawPower {
  PowerNumber number = 0;
  const Power* power = nullptr;
  std::vector<const Instrument*> instruments;  // its own, then those it rests on
  Date first_day, last_day;                    // in force, both included
  WordLimits words;
  Bits facts = 0;       // that matter
  Bits facts_true = 0;  // of these, those that must be true
  bool verified = false;

  bool in_force(Date day) const { return first_day <= day && day <= last_day; }
  bool held_by(std::string_view role) const;
  bool grantable_to(std::string_view role) const;
};

class Law {
 public:
  // Problem: invalid_input, each field error named by file and JSON pointer, if a word is not known
  // or stands twice.
  static Result<Law> make(LawFiles files);
  Law(Law&&) = default;
  Law& operator=(Law&&) = default;

  const std::string& digest() const { return files_.digest; }
  const LawFiles& files() const { return files_; }
  const std::vector<LawPower>& powers() const { return powers_; }
  const LawPower& power(PowerNumber number) const { return powers_[number]; }

  // nullptr if there is none of that name.
  const LawPower* find(std::string_view power) const;
  const Instrument* instrument(std::string_view key) const;
  const RoleRow* role(std::string_view key) const;
  const ActRow* act(std::string_view key) const;
  // In the order of the files; empty for an act that no power names.
  const std::vector<PowerNumber>& powers_to(std::string_view act) const;

  // 0 for a word that the vocabulary lacks.
  static Bits bit(const Vocabulary& vocabulary, std::string_view key);
  // All bits if there is no list.
  static Bits bits(const Vocabulary& vocabulary, const std::optional<Words>& keys);

 private:
  explicit Law(LawFiles files);
  void compile();

  LawFiles files_;
  std::vector<LawPower> powers_;
  std::map<std::string, std::vector<PowerNumber>, std::less<>> by_act_;
};

// Reads the YAML files of a folder like data/law. Problem: invalid_input or malformed_request, the
// file named first.
Result<Law> read_law(const std::filesystem::path& folder);

}  // namespace changwat::authority
