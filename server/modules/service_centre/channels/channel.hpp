#pragma once
// The face of every channel by which cases come in from elsewhere: how a message becomes a case,
// and how its sender is told.
//
// An adapter (one file a channel) makes a ChannelMessage of what it read and hands it to
// ServiceCentre::receive, which asks authority in the capacity of a citizen, makes the case and
// keeps where it came from, all in one act. What the sender is told waits in the outbox; a process
// beside the program sends it (docs/operations.md).

#include <optional>
#include <string>
#include <vector>

#include "modules/service_centre/work_model.hpp"

namespace changwat::service_centre {

using SourceKey = Text<1, 300>;  // of a message or row, in the system that it came from
using Recipient = Text<1, 300>;  // whom that channel can reach: an address, a user's name there
using MediaUrl = Text<1, 1000>;  // of a picture that stands elsewhere
using OutboxId = Id<struct OutboxTag>;
using DraftId = Id<struct ChannelDraftTag>;

// A JPEG, PNG or PDF; anything else is no file of a case.
struct ChannelFile {
  std::string name;
  std::string bytes;
};

struct ChannelMessage {
  Key source;                           // the adapter: open311, line, mail
  std::optional<SourceKey> source_key;  // the same again makes no second case; none: it has no name
  NewCase in;
  std::vector<ChannelFile> files = {};
  std::optional<MediaUrl> media_url = {};
  std::optional<Recipient> sender = {};  // told through the outbox; none: told by the answer alone
};

struct SourceRow {
  AreaCode province;
  Key source;
  SourceKey source_key;
  CaseId case_id;
  std::optional<MediaUrl> media_url;
};
BOOST_DESCRIBE_STRUCT(SourceRow, (), (province, source, source_key, case_id, media_url))

// ---- the outbox

enum class OutboxWords {
  received,      // number and tracking code of the case
  how_to_report  // what to send, to whom the channel does not know yet
};
BOOST_DESCRIBE_ENUM(OutboxWords, received, how_to_report)

enum class OutboxState { waiting, sent, failed };
BOOST_DESCRIBE_ENUM(OutboxState, waiting, sent, failed)

struct OutboxRow {
  OutboxId message_id;
  AreaCode province;
  AreaCode district;
  Key source;
  Recipient recipient;
  OutboxWords words = OutboxWords::received;
  std::optional<CaseId> case_id;
  OutboxState state = OutboxState::waiting;
  Instant created_at;
  std::optional<Instant> sent_at;
};
BOOST_DESCRIBE_STRUCT(OutboxRow, (),
                      (message_id, province, district, source, recipient, words, case_id, state,
                       created_at, sent_at))

// As the sending process gets it.
struct OutboxMessage {
  OutboxId message_id;
  Key source;
  AreaCode district;
  Recipient recipient;
  std::string text_th;
};
BOOST_DESCRIBE_STRUCT(OutboxMessage, (), (message_id, source, district, recipient, text_th))

// ---- imports

inline constexpr std::int64_t import_batch_max = 5'000;  // cases in one act

// The file that a batch of imported cases comes from.
struct ImportedFile {
  Key source;     // its layout
  AreaCode area;  // province or district to which all its cases belong
  std::string name;
  std::string sha256;
};

// What is told of a case that came in, or how to report.
std::string words_of(OutboxWords words, const std::optional<Receipt>& receipt);

// The first line of a text, cut to a title; `otherwise` when there is none.
Title title_of(std::string_view text, std::string_view otherwise);

// Degrees with any number of places, cut to six; none: not a number of degrees.
std::optional<Decimal> degrees(std::string_view text);

// How many code points of a text, whole ones, not cut inside.
std::string cut(std::string_view text, std::size_t code_points);

}  // namespace changwat::service_centre
