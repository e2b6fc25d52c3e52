#pragma once
// Commands about cases: import of registers and mail, and the outbox of channels.

#include "program/application.hpp"
#include "program/commands.hpp"

namespace changwat::program {

void import_cases(Application& application, const Settings& settings, const Import& what);
// Files of single messages, or Maildirs, whose new messages are moved to "cur".
void import_mail(Application& application, const Import& what);

}  // namespace changwat::program
