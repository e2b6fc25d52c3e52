#pragma once
// `changwat user …`: accounts, offices and who holds them. Each prints what it did, and throws
// std::exception with a sentence for the user when it could not.

#include <string>

#include "program/settings.hpp"

namespace changwat::program {

// What was said on the command line; empty: nothing.
struct UserWords {
  std::string username, name_th, name_en;
  std::string role, area, title_th, title_en;
  std::string office, holding;  // ids
  std::string from, to;         // days
  std::string acting;           // a ground
  std::string order, reason, provider, search;
  bool locked = false, json = false;
};

int add_user(const Settings& settings, const UserWords& words);
int set_password(const Settings& settings, const UserWords& words);
int list_users(const Settings& settings, const UserWords& words);
int add_office(const Settings& settings, const UserWords& words);
int list_offices(const Settings& settings, const UserWords& words);
int hold_office(const Settings& settings, const UserWords& words);
int end_holding(const Settings& settings, const UserWords& words);
int link_identity(const Settings& settings, const UserWords& words);
int unlock_user(const Settings& settings, const UserWords& words);

}  // namespace changwat::program
