#pragma once
// The commands besides serve. Each prints what it did, throws std::exception with a sentence for
// the user when it could not, and returns the exit code.

#include <filesystem>
#include <string>

#include "program/settings.hpp"

namespace changwat::program {

// Creates or upgrades the record: migrations, areas, clusters, programme facts; with `demo` also
// the demonstration accounts and the example province. May be repeated: adds only what is missing.
int init(const Settings& settings, bool demo);

struct Import {
  std::string kind;  // areas, local-governments, boundaries
  std::filesystem::path file;
  std::string attribution;  // of boundaries: whose they are
  bool apply = false;
};
int import_file(const Settings& settings, const Import& what);
int export_kind(const Settings& settings, const std::string& kind, const std::string& format,
                const std::filesystem::path& out, int fiscal_year);

int openapi();
// Verifies an export with the given public keys, or with those of the export itself when none is
// given.
int verify_ledger(const std::filesystem::path& file, const std::vector<std::string>& keys,
                  const std::filesystem::path& known_head);
int doctor(const Settings& settings);
int backup(const Settings& settings, const std::filesystem::path& file);

}  // namespace changwat::program
