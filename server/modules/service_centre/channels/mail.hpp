#pragma once
// The channel of electronic mail: a message that was delivered becomes a case of a district. Pure.
//
// Who calls it: the command `import mail`, with files or a Maildir into which a mail server
// delivers. Who sent a message is what it says: an address is no proof of a person.

#include "platform/mail/message.hpp"

#include "modules/service_centre/book.hpp"
#include "modules/service_centre/channels/channel.hpp"

namespace changwat::service_centre {

// `bytes`: of the whole message; its digest is its name where it has no Message-ID. Files that are
// no JPEG, PNG or PDF are left out, and the text says so.
ChannelMessage mail_case(const mail::Message& message, std::string_view bytes,
                         const AreaCode& district, const Book& book);

}  // namespace changwat::service_centre
