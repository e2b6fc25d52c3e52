#include "platform/mail/message.hpp"

#include <memory>

#include <gmime/gmime.h>

#include "base/utf8.hpp"

#include "platform/documents/encoding.hpp"

namespace changwat::mail {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
struct Free {
  void operator()(void* memory) const { g_free(memory); }
};
struct FreeOptions {
  void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
struct FreeIterator {
  void operator()(GMimePartIter* iterator) const { g_mime_part_iter_free(iterator); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

void start_library() {
  static const bool started = (g_mime_init(), true);
  (void)started;
}

std::string_view view(const char* text) {
  return text ? std::string_view(text) : std::string_view();
}

// UTF-8 without control characters; what is not UTF-8 is read as Thai of Windows, or not at all.
std::string clean(std::string_view raw, std::size_t bytes_max, bool lines) {
  std::string converted;
  if (!utf8::valid(raw)) {
    const auto decoded = documents::decode_text(raw);
    if (!decoded.ok()) return {};
    converted = decoded->text();
    raw = converted;
  }
  std::string out;
  while (!raw.empty()) {
    const auto before = raw;
    const auto point = utf8::next(raw);
    if (!point) break;
    const auto piece = before.substr(0, before.size() - raw.size());
    if (out.size() + piece.size() > bytes_max) break;
    if (*point == '\n' && !lines) out += ' ';
    const bool control = *point < 0x20 || (*point >= 0x7F && *point < 0xA0);
    if (!control || (lines && (*point == '\n' || *point == '\t'))) out += piece;
  }
  return out;
}

std::string header(GMimeMessage* message, const char* name) {
  return std::string(view(g_mime_object_get_header(GMIME_OBJECT(message), name)));
}

bool is_automatic(GMimeMessage* message) {
  const auto submitted = header(message, "Auto-Submitted");
  const auto precedence = header(message, "Precedence");
  if (!submitted.empty() && g_ascii_strncasecmp(submitted.c_str(), "no", 2) != 0) return true;
  if (header(message, "Return-Path").find("<>") != std::string::npos) return true;
  for (const char* word : {"bulk", "junk", "list", "auto_reply"})
    if (g_ascii_strcasecmp(precedence.c_str(), word) == 0) return true;
  return false;
}

void read_sender(GMimeMessage* message, const Limits& limits, Message& out) {
  auto* list = g_mime_message_get_from(message);
  if (!list || internet_address_list_length(list) == 0) return;
  auto* first = internet_address_list_get_address(list, 0);
  out.from_name = clean(view(internet_address_get_name(first)), limits.line_bytes, false);
  if (INTERNET_ADDRESS_IS_MAILBOX(first))
    out.from_address =
        clean(view(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first))),
              limits.line_bytes, false);
}

// The content as it was before it was packed for the way.
std::string unpacked(GMimePart* part) {
  auto* content = g_mime_part_get_content(part);
  if (!content) return {};
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string text_of(GMimePart* part, const Limits& limits) {
  auto* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
  const bool told = type && g_mime_content_type_get_parameter(type, "charset");
  if (told) {
    const std::unique_ptr<char, Free> text(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
    if (utf8::valid(view(text.get()))) return clean(view(text.get()), limits.text_bytes, true);
  }
  return clean(unpacked(part), limits.text_bytes, true);
}

class PartReader {
 public:
  PartReader(const Limits& limits, Message& out) : limits_(limits), out_(out) {}

  void read(GMimePart* part) {
    auto* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const bool plain =
        type && GMIME_IS_TEXT_PART(part) && g_mime_content_type_is_type(type, "text", "plain");
    const bool attached = g_mime_part_is_attachment(part);
    if (plain && !attached) {
      if (!has_text_) out_.text = text_of(part, limits_);
      has_text_ = true;
      return;
    }
    if (type && g_mime_content_type_is_type(type, "text", "*") && !attached) return;
    attach(part);
  }

 private:
  void attach(GMimePart* part) {
    auto bytes = unpacked(part);
    if (out_.attachments.size() >= limits_.attachments ||
        bytes_ + bytes.size() > limits_.attachment_bytes) {
      ++out_.left_out;
      return;
    }
    bytes_ += bytes.size();
    out_.attachments.push_back(
        {clean(view(g_mime_part_get_filename(part)), limits_.line_bytes, false), std::move(bytes)});
  }

  const Limits& limits_;
  Message& out_;
  bool has_text_ = false;
  std::size_t bytes_ = 0;
};

void read_parts(GMimeMessage* message, const Limits& limits, Message& out) {
  PartReader reader(limits, out);
  const std::unique_ptr<GMimePartIter, FreeIterator> at(
      g_mime_part_iter_new(GMIME_OBJECT(message)));
  if (!g_mime_part_iter_is_valid(at.get())) return;
  std::size_t parts = 0;
  do {
    auto* part = g_mime_part_iter_get_current(at.get());
    if (part && GMIME_IS_PART(part)) reader.read(GMIME_PART(part));
  } while (++parts < limits.parts && g_mime_part_iter_next(at.get()));
}

}  // namespace

Result<Message> read_message(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.bytes) return errors::too_large;
  start_library();
  const std::unique_ptr<GMimeParserOptions, FreeOptions> options(g_mime_parser_options_new());
  const char* fallbacks[] = {"utf-8", "windows-874", nullptr};
  g_mime_parser_options_set_fallback_charsets(options.get(), fallbacks);
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options.get()));
  if (!message) return no_message;
  Message out;
  out.message_id = clean(view(g_mime_message_get_message_id(message.get())), 250, false);
  out.subject = clean(view(g_mime_message_get_subject(message.get())), limits.line_bytes, false);
  read_sender(message.get(), limits, out);
  if (out.from_address.empty()) return no_message;
  out.automatic = is_automatic(message.get());
  read_parts(message.get(), limits, out);
  return out;
}

}  // namespace changwat::mail
