#include "platform/documents/package.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include <expat.h>
#include <minizip/unzip.h>

namespace changwat::documents {
namespace {

constexpr int no_case = 2;  // minizip's word for comparing names without case
constexpr std::size_t parts_max = 10'000;
constexpr std::size_t depth_max = 64;
constexpr std::size_t token_bytes_max = std::size_t{1} << 20;
constexpr std::size_t ratio_free_bytes = std::size_t{8} << 20;
constexpr std::size_t relationships_max = 10'000;

Problem damaged(std::string th, std::string en) {
  return {unreadable_document, std::move(th), std::move(en)};
}

Problem damaged_part(const std::string& part) {
  return damaged("ส่วน " + part + " ของแฟ้มเสียหาย", "The part " + part + " of the file is damaged.");
}

Problem unpacks_too_large() {
  return {document_too_large, "ข้อมูลในแฟ้มเมื่อคลายการบีบอัดมีขนาดใหญ่เกินกำหนด",
          "The file's content is larger than allowed once unpacked."};
}

// ---- minizip over memory ----------------------------------------------------------------------

struct MemoryFile {
  std::string_view bytes;
  std::size_t at = 0;
};

voidpf ZCALLBACK memory_open(voidpf opaque, const void*, int) {
  return opaque;
}

uLong ZCALLBACK memory_read(voidpf, voidpf stream, void* buffer, uLong size) {
  auto& file = *static_cast<MemoryFile*>(stream);
  const std::size_t count = std::min<std::size_t>(size, file.bytes.size() - file.at);
  std::memcpy(buffer, file.bytes.data() + file.at, count);
  file.at += count;
  return static_cast<uLong>(count);
}

uLong ZCALLBACK memory_write(voidpf, voidpf, const void*, uLong) {
  return 0;
}

ZPOS64_T ZCALLBACK memory_tell(voidpf, voidpf stream) {
  return static_cast<MemoryFile*>(stream)->at;
}

long ZCALLBACK memory_seek(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  auto& file = *static_cast<MemoryFile*>(stream);
  const ZPOS64_T base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? file.at
                        : origin == ZLIB_FILEFUNC_SEEK_END ? file.bytes.size()
                                                           : 0;
  if (offset > file.bytes.size() || base + offset > file.bytes.size()) return -1;
  file.at = static_cast<std::size_t>(base + offset);
  return 0;
}

int ZCALLBACK memory_close(voidpf, voidpf) {
  return 0;
}
int ZCALLBACK memory_error(voidpf, voidpf) {
  return 0;
}

// ---- expat with guards ------------------------------------------------------------------------

std::string_view local(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class XmlStream {
 public:
  explicit XmlStream(PartHandler& handler) : parser_(XML_ParserCreate(nullptr)), handler_(handler) {
    if (!parser_) throw std::bad_alloc();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, on_open, on_close);
    XML_SetCharacterDataHandler(parser_, on_text);
    XML_SetStartDoctypeDeclHandler(parser_, on_doctype);
  }
  ~XmlStream() { XML_ParserFree(parser_); }
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  bool feed(const char* data, std::size_t size, bool last) {
    fed_ += size;
    if (XML_Parse(parser_, data, static_cast<int>(size), last) != XML_STATUS_OK) return false;
    // Expat looks at an unfinished token from its start again with every piece: a token without
    // an end would cost the square of its length.
    const XML_Index seen = XML_GetCurrentByteIndex(parser_);
    return last || seen < 0 || fed_ - static_cast<std::size_t>(seen) <= token_bytes_max;
  }

  bool ended_by_handler() const { return ended_; }
  bool has_doctype() const { return doctype_; }

 private:
  static XmlStream& self(void* user) { return *static_cast<XmlStream*>(user); }

  void stop() { XML_StopParser(parser_, XML_FALSE); }

  static void on_open(void* user, const char* name, const char** attributes) {
    XmlStream& xml = self(user);
    if (xml.ended_) return;
    if (++xml.depth_ > depth_max) return xml.stop();
    if (xml.handler_.open(local(name), Attributes(attributes))) return;
    xml.ended_ = true;
    xml.stop();
  }
  static void on_close(void* user, const char* name) {
    XmlStream& xml = self(user);
    if (xml.ended_)
      return;  // the end of <c/> still arrives after its beginning has ended the reading
    --xml.depth_;
    if (xml.handler_.close(local(name))) return;
    xml.ended_ = true;
    xml.stop();
  }
  static void on_text(void* user, const char* data, int size) {
    XmlStream& xml = self(user);
    if (!xml.ended_) xml.handler_.text({data, static_cast<std::size_t>(size)});
  }
  static void on_doctype(void* user, const char*, const char*, const char*, int) {
    self(user).doctype_ = true;
    self(user).stop();
  }

  XML_Parser parser_;
  PartHandler& handler_;
  std::size_t fed_ = 0;
  std::size_t depth_ = 0;
  bool ended_ = false;
  bool doctype_ = false;
};

class RelationshipHandler : public PartHandler {
 public:
  bool open(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship" || attributes.get("TargetMode") == "External") return true;
    found.push_back({std::string(attributes.get("Id")), std::string(attributes.get("Type")),
                     std::string(attributes.get("Target"))});
    return found.size() < relationships_max;
  }
  bool close(std::string_view) override { return true; }
  void text(std::string_view) override {}

  std::vector<Relationship> found;
};

}  // namespace

std::optional<std::string_view> Attributes::find(std::string_view local_name) const {
  for (const char** pair = pairs_; *pair; pair += 2) {
    if (local(*pair) == local_name) return std::string_view(pair[1]);
  }
  return std::nullopt;
}

struct Package::Zip {
  explicit Zip(std::string_view bytes) : memory{bytes, 0} {
    zlib_filefunc64_def functions{};
    functions.zopen64_file = memory_open;
    functions.zread_file = memory_read;
    functions.zwrite_file = memory_write;
    functions.ztell64_file = memory_tell;
    functions.zseek64_file = memory_seek;
    functions.zclose_file = memory_close;
    functions.zerror_file = memory_error;
    functions.opaque = &memory;
    handle = unzOpen2_64("", &functions);
  }
  ~Zip() {
    if (handle) unzClose(handle);
  }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  MemoryFile memory;
  unzFile handle = nullptr;
};

Package::Package(std::string_view bytes, const Limits& limits)
    : zip_(std::make_unique<Zip>(bytes)), limits_(limits) {}
Package::~Package() = default;

Result<std::unique_ptr<Package>> Package::open(std::string_view bytes, const Limits& limits) {
  std::unique_ptr<Package> package(new Package(bytes, limits));
  unz_global_info64 info{};
  if (!package->zip_->handle || unzGetGlobalInfo64(package->zip_->handle, &info) != UNZ_OK) {
    return damaged("แฟ้ม .xlsx ไม่สมบูรณ์ อาจส่งมาไม่ครบ โปรดส่งใหม่",
                   "The .xlsx file is incomplete; perhaps the upload broke off. Send it again.");
  }
  if (info.number_entry > parts_max) return unpacks_too_large();
  return package;
}

bool Package::has(const std::string& part) {
  return !part.empty() && unzLocateFile(zip_->handle, part.c_str(), no_case) == UNZ_OK;
}

Result<PartEnd> Package::read(const std::string& part, PartHandler& handler) {
  if (!has(part)) return PartEnd::absent;
  unz_file_info64 info{};
  if (unzGetCurrentFileInfo64(zip_->handle, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) {
    return damaged_part(part);
  }
  if (info.flag & 1) {
    return damaged("แฟ้มมีรหัสผ่าน โปรดบันทึกโดยไม่ตั้งรหัสผ่าน",
                   "The file has a password. Save it without one.");
  }
  if (info.uncompressed_size > limits_.uncompressed_bytes) return unpacks_too_large();
  if (unzOpenCurrentFile(zip_->handle) != UNZ_OK) return damaged_part(part);
  auto end = stream(part, handler, static_cast<std::size_t>(info.compressed_size));
  const bool checksum_wrong = unzCloseCurrentFile(zip_->handle) == UNZ_CRCERROR;
  if (end.ok() && *end == PartEnd::whole && checksum_wrong) return damaged_part(part);
  return end;
}

Result<PartEnd> Package::stream(const std::string& part, PartHandler& handler,
                                std::size_t packed_bytes) {
  XmlStream xml(handler);
  std::array<char, 64 * 1024> piece;
  std::size_t unpacked = 0;
  while (true) {
    const int count = unzReadCurrentFile(zip_->handle, piece.data(), piece.size());
    if (count < 0) return damaged_part(part);
    const auto size = static_cast<std::size_t>(count);
    unpacked += size;
    unpacked_bytes_ += size;
    if (unpacked_bytes_ > limits_.uncompressed_bytes) return unpacks_too_large();
    if (unpacked > ratio_free_bytes && unpacked / limits_.compression_ratio > packed_bytes) {
      return unpacks_too_large();
    }
    const bool fed = xml.feed(piece.data(), size, count == 0);
    if (xml.ended_by_handler()) return PartEnd::ended_by_handler;
    if (xml.has_doctype()) {
      return damaged("แฟ้มมีการประกาศ DTD ซึ่งไม่อนุญาต",
                     "The file declares a DTD, which is not allowed.");
    }
    if (!fed) return damaged_part(part);
    if (count == 0) return PartEnd::whole;
  }
}

std::string resolve_target(std::string_view folder, std::string_view target) {
  std::string whole(target);
  if (target.starts_with('/')) {
    whole.erase(0, 1);
  } else {
    whole = std::string(folder) + whole;
  }
  std::vector<std::string_view> steps;
  for (std::string_view rest = whole; !rest.empty();) {
    const auto slash = rest.find('/');
    const std::string_view step = rest.substr(0, slash);
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    if (step == ".." && !steps.empty())
      steps.pop_back();
    else if (!step.empty() && step != "." && step != "..")
      steps.push_back(step);
  }
  std::string path;
  for (const auto step : steps) path += (path.empty() ? "" : "/") + std::string(step);
  return path;
}

Result<std::vector<Relationship>> read_relationships(Package& package, const std::string& part) {
  RelationshipHandler handler;
  TRY(package.read(part, handler));
  return std::move(handler.found);
}

}  // namespace changwat::documents
