#pragma once
// A file that somebody sent, as it is given back: to be kept, and never run as a page of ours.

#include <string>

#include "platform/http/http.hpp"

namespace changwat::http {

// `disposition` as documents::content_disposition writes it.
inline Response attachment(std::string media_type, std::string disposition, std::string bytes) {
  Response response;
  response.content_type = std::move(media_type);
  response.headers = {{"Content-Disposition", std::move(disposition)},
                      {"Content-Security-Policy", "sandbox; default-src 'none'"}};
  response.body = std::move(bytes);
  return response;
}

}  // namespace changwat::http
