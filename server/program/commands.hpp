#pragma once
// The commands besides serve. Each prints what it did, throws std::exception with a sentence for
// the user when it could not, and returns the exit code.

#include <filesystem>
#include <string>
#include <vector>

#include "program/settings.hpp"

namespace changwat::program {

// Creates or upgrades the record: migrations, areas, clusters, programme facts; with `demo` also
// the demonstration accounts and the example province. May be repeated: adds only what is missing.
int init(const Settings& settings, bool demo);

struct Import {
  std::string kind;  // areas, local-governments, boundaries, projects, cases, mail
  std::vector<std::filesystem::path> files;  // one, but of mail
  std::string attribution;                   // of boundaries: whose they are
  bool apply = false;
  std::string district, province;  // of cases and mail: codes
};
int import_file(const Settings& settings, const Import& what);
int export_kind(const Settings& settings, const std::string& kind, const std::string& format,
                const std::filesystem::path& out, int fiscal_year, const std::string& area);

// What waits to be sent on a channel, one JSON object a line, 200 at most; and what became of it.
int outbox(const Settings& settings, const std::string& source);
int settle_outbox(const Settings& settings, const std::string& id, bool failed);

int openapi();
// Verifies an export with the given public keys, or with those of the export itself when none is
// given.
int verify_ledger(const std::filesystem::path& file, const std::vector<std::string>& keys,
                  const std::filesystem::path& known_head);
// "Who may sign this?", as words or as JSON.
struct WhoMayWords {
  std::string act, area, amount_baht, on, kind, funding, method, profile, project;
  std::vector<std::string> facts;  // "name=true"
  bool json = false;
};
int who_may(const Settings& settings, const WhoMayWords& words);
// Makes the chain of every entry of an export again, from the law files of its days; exit code 1 if
// one does not hold.
int recheck_authority(const std::filesystem::path& file,
                      const std::vector<std::filesystem::path>& laws);
int doctor(const Settings& settings);
int backup(const Settings& settings, const std::filesystem::path& file);

}  // namespace changwat::program
