#include "modules/service_centre/channels/mail.hpp"

#include "platform/auth/encoding.hpp"
#include "platform/documents/attachments.hpp"

#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::size_t text_characters_max = 7'500;  // a case takes 8,000, with our remark

NewReporter sender_of(const mail::Message& message) {
  NewReporter out;
  out.email = Email::parse(message.from_address);
  const auto& name = message.from_name.empty() ? message.from_address : message.from_name;
  out.name = Text<1, 200>::parse(cut(name, 200));
  if (!out.name) out.type = ReporterType::anonymous;
  return out;
}

bool is_taken(const mail::Attachment& file) {
  const auto type = documents::media_type_of(file.bytes);
  return type && is_evidence_type(*type) && file.bytes.size() <= documents::file_bytes_max;
}

}  // namespace

ChannelMessage mail_case(const mail::Message& message, std::string_view bytes,
                         const AreaCode& district, const Book& book) {
  const auto& rules = book.lists.intake;
  ChannelMessage out{.source = *Key::parse("mail")};
  out.source_key = SourceKey::parse(message.message_id);
  if (!out.source_key)
    out.source_key = SourceKey::parse("sha256:" + auth::hex_encode(auth::sha256(bytes)));
  if (!message.automatic) out.sender = Recipient::parse(cut(message.from_address, 300));
  auto left_out = message.left_out;
  for (const auto& file : message.attachments) {
    if (is_taken(file))
      out.files.push_back({file.name, file.bytes});
    else
      ++left_out;
  }
  auto text = cut(message.text, text_characters_max);
  if (left_out > 0) text += "\n(มีไฟล์แนบอีก " + std::to_string(left_out) + " แฟ้มที่ระบบไม่รับ)";
  out.in.kind = rules.citizen_kind;
  out.in.category = rules.citizen_category;
  out.in.importance = rules.citizen_importance;
  out.in.channel = *Key::parse("email");
  out.in.title = title_of(message.subject, message.text.empty() ? "-" : message.text);
  out.in.detail = Detail::parse(text).value_or(Detail());
  out.in.place.area = district;
  out.in.reporters.push_back(sender_of(message));
  return out;
}

}  // namespace changwat::service_centre
