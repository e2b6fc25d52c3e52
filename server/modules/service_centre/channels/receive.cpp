// How a message of any channel becomes a case, and what its sender is told.

#include "platform/auth/encoding.hpp"
#include "platform/documents/attachments.hpp"

#include "modules/service_centre/channels/store_channels.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"

namespace changwat::service_centre {
namespace {

store::FileRow file_row(const CaseRow& row, const ChannelFile& file, std::size_t number) {
  const auto key = Key::parse("file-" + std::to_string(number));
  CHECK(key);
  store::FileRow out;
  out.case_id = row.case_id;
  out.key = *key;
  out.purpose = FilePurpose::report;
  const auto name = Text<1, 200>::parse(cut(file.name, 200));
  out.name =
      name && documents::plain_name(name->text()) ? *name : *Text<1, 200>::parse(key->text());
  out.bytes = static_cast<std::int64_t>(file.bytes.size());
  out.media_type = documents::media_type_of(file.bytes).value_or("");
  out.sha256 = auth::hex_encode(auth::sha256(file.bytes));
  out.uploaded_at = row.received_at;
  out.by = StepBy::citizen;
  out.content = {file.bytes};
  return out;
}

Result<Done> add_files(db::Connection& db, const CaseRow& row,
                       const std::vector<ChannelFile>& files) {
  std::vector<documents::Attached> present;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto file = file_row(row, files[i], i + 1);
    if (!is_evidence_type(file.media_type)) return errors::unsupported_media_type;
    TRY(documents::acceptable(file.content.bytes, file.media_type, file.key, present));
    present.push_back({file.key, file.bytes});
    store::add(db, file);
  }
  return Done{};
}

}  // namespace

Result<Receipt> ServiceCentre::receive(const Call& call, const ChannelMessage& message) {
  const auto& area = message.in.place.area;
  TRY(may_as_citizen(call, "case.report", area));
  if (message.source_key) {
    const auto known = database_.read([&](db::Connection& db) {
      return store::by_source(db, area.province(), message.source, *message.source_key);
    });
    if (known) return receipt_of(*known);
  }
  return add_case(
      as_nobody(call), "case.report", message.in, Origin::real,
      [&](Tx& tx, const CaseRow& row) -> Result<Done> {
        const auto key = message.source_key.value_or(*SourceKey::parse(row.case_id.text()));
        if (store::by_source(tx.db, row.province, message.source, key)) return errors::conflict;
        store::add(tx.db,
                   SourceRow{row.province, message.source, key, row.case_id, message.media_url});
        TRY(add_files(tx.db, row, message.files));
        if (message.sender)
          store::add(tx.db, OutboxRow{OutboxId::make(call.now), row.province, row.district,
                                      message.source, *message.sender, OutboxWords::received,
                                      row.case_id, OutboxState::waiting, call.now, std::nullopt});
        return Done{};
      });
}

// ---- the outbox, for the process that sends

std::vector<OutboxMessage> ServiceCentre::to_be_sent(const Key& source,
                                                     std::int64_t count_max) const {
  return database_.snapshot([&](db::Connection& db) {
    std::vector<OutboxMessage> out;
    for (const auto& row : store::waiting(db, source, count_max)) {
      std::optional<Receipt> receipt;
      if (row.case_id)
        if (auto made = receipt_of(*store::find(db, *row.case_id)); made.ok()) receipt = *made;
      out.push_back(
          {row.message_id, row.source, row.district, row.recipient, words_of(row.words, receipt)});
    }
    return out;
  });
}

bool ServiceCentre::settle(const OutboxId& id, OutboxState state, Instant now) {
  return database_.write([&](db::Connection& db) { return store::settle(db, id, state, now); });
}

void ServiceCentre::forget_channels(Instant before) {
  database_.write([&](db::Connection& db) { return store::forget_channels(db, before) > 0; });
}

}  // namespace changwat::service_centre
