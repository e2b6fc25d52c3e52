#include "program/secret_key.hpp"

#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include "platform/auth/encoding.hpp"

namespace changwat::program {
namespace {

constexpr std::size_t key_bytes = 32;

void write_new(const std::filesystem::path& file, const std::string& text) {
  const int descriptor =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::runtime_error("cannot write " + file.string());
  const bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (written) return;
  ::unlink(file.c_str());
  throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

std::string secret_key(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    std::filesystem::create_directories(file.parent_path());
    write_new(file, auth::base64url_encode(auth::random_bytes(key_bytes)) + "\n");
  }
  std::ifstream in(file, std::ios::binary);
  std::string line;
  std::getline(in, line);
  auto key = auth::base64url_decode(line);
  if (!key || key->size() != key_bytes) throw std::runtime_error(file.string() + " is no key file");
  return *std::move(key);
}

}  // namespace changwat::program
