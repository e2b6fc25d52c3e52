#pragma once
// What an installation is told: by configuration file, environment and flags, later ones winning.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/identity/identity.hpp"

namespace changwat::program {

struct Settings {
  std::filesystem::path data = "var";  // the record (SQLite), the ledger's key, backups
  std::string database;                // postgresql://…; empty: SQLite in the data folder
  std::filesystem::path share;         // data/ and web/dist of this version
  std::string listen = "127.0.0.1:8080";
  std::string origin = "changwat";  // the ledger's name
  std::string public_url;           // how browsers reach it; empty: http:// and --listen
  unsigned io_threads = 2;
  std::vector<std::string> trusted_proxies;
  std::filesystem::path providers;  // JSON file of OpenID providers; empty: none
  std::filesystem::path line;       // JSON file of LINE accounts with their secrets; empty: none
  std::string log_level = "info";

  std::string database_url() const {
    return database.empty() ? (data / "changwat.db").string() : database;
  }
  bool uses_sqlite() const { return database.empty(); }
  std::string address() const { return listen.substr(0, listen.rfind(':')); }
  Result<std::uint16_t> port() const;
  // Nobody but this machine can reach the program: it listens on loopback, and neither a public
  // address nor a proxy in front of it is named. Only then are demonstration accounts let in.
  bool on_loopback() const;
};

// The folder that holds data/ and web/dist: beside the program's installation, or the source tree
// it was built from.
std::filesystem::path default_share();

}  // namespace changwat::program
