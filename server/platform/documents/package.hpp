#pragma once
// A zip of XML parts in memory, read part by part as XML events, with every guard that a file from
// a stranger needs: size, compression ratio, nesting, no DTD, no entities, no endless token.
//
// Used inside this room only. One Package belongs to one thread. Sources: ECMA-376 part 2; the zip
// application note; expat's advice on untrusted input.

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/documents/sheet.hpp"

namespace changwat::documents {

// The attributes of an element, by local name. Views live as long as the call.
class Attributes {
 public:
  explicit Attributes(const char** pairs) : pairs_(pairs) {}
  std::optional<std::string_view> find(std::string_view local_name) const;
  std::string_view get(std::string_view local_name) const { return find(local_name).value_or(""); }

 private:
  const char** pairs_;
};

// What reads a part. Names come without their prefix. Returning false ends the reading of the part.
class PartHandler {
 public:
  virtual ~PartHandler() = default;
  virtual bool open(std::string_view name, const Attributes& attributes) = 0;
  virtual bool close(std::string_view name) = 0;
  virtual void text(std::string_view piece) = 0;
};

enum class PartEnd { whole, ended_by_handler, absent };

class Package {
 public:
  // The bytes must outlive the package.
  static Result<std::unique_ptr<Package>> open(std::string_view bytes, const Limits& limits);
  ~Package();

  // Name without a leading slash, compared without case as the standard wants.
  bool has(const std::string& part);
  Result<PartEnd> read(const std::string& part, PartHandler& handler);

 private:
  Package(std::string_view bytes, const Limits& limits);
  Result<PartEnd> stream(const std::string& part, PartHandler& handler, std::size_t packed_bytes);

  struct Zip;
  std::unique_ptr<Zip> zip_;
  Limits limits_;
  std::size_t unpacked_bytes_ = 0;
};

// "xl/" + "worksheets/sheet1.xml"; an absolute target stands for itself, ".." goes up.
std::string resolve_target(std::string_view folder, std::string_view target);

// A relationships part: id, type, target as written.
struct Relationship {
  std::string id;
  std::string type;
  std::string target;
};
Result<std::vector<Relationship>> read_relationships(Package& package, const std::string& part);

}  // namespace changwat::documents
