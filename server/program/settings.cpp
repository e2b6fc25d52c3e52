#include "program/settings.hpp"

#include <charconv>

namespace changwat::program {

Result<std::uint16_t> Settings::port() const {
  const auto colon = listen.rfind(':');
  std::uint16_t port = 0;
  const auto* end = listen.data() + listen.size();
  const auto read = colon == std::string::npos
                        ? std::from_chars_result{end, std::errc::invalid_argument}
                        : std::from_chars(listen.data() + colon + 1, end, port);
  if (read.ec != std::errc() || read.ptr != end)
    return Problem(errors::invalid_input, "--listen ต้องเป็น HOST:PORT",
                   "--listen must be HOST:PORT, like 127.0.0.1:8080");
  return port;
}

bool Settings::on_loopback() const {
  if (!public_url.empty() || !trusted_proxies.empty()) return false;
  const auto host = address();
  return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

std::filesystem::path default_share() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto installed = self.parent_path().parent_path() / "share" / "changwat";
  if (!error && std::filesystem::exists(installed / "data", error)) return installed;
  return CHANGWAT_SOURCE_DIR;
}

}  // namespace changwat::program
