#pragma once
// What arrives on the wire, read: where a request's head ends, what it says, and chunked bodies.
// Pure: no sockets, no clock. The grammar is Beast's parser; what Beast forgives is refused here
// (RFC 9112 sections 2.2, 3.2, 5.2, 6.1, 6.3): everything that two HTTP readers in a row could
// understand differently is how requests are smuggled past the first of them.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "platform/http/http.hpp"

namespace changwat::http {

// Finds the end of a head that arrives in pieces, without reading a byte twice.
class HeadScanner {
 public:
  struct Found {
    std::size_t length = 0;  // of the head with its empty line; 0: not all of it is here yet
    int status = 0;          // not 0: refuse with this status
  };

  // `bytes` is all that has arrived of this head: what was given before, and more.
  Found scan(std::string_view bytes, const Limits& limits);
  void reset() { *this = {}; }

 private:
  std::size_t line_start_ = 0;
  std::size_t scanned_ = 0;
  std::size_t lines_ = 0;
};

// How the message is framed and what the connection does afterwards.
struct Framing {
  bool http_1_1 = true;
  bool keep_alive = true;
  bool chunked = false;
  bool expect_continue = false;
};

// Reads one whole head. Views in `head` point into `bytes`. Returns 0, or the status to refuse
// with; `head` then holds what was read so far, for the log.
int parse_head(std::string_view bytes, const Limits& limits, Head& head, Framing& framing);

// Takes a chunked body apart. Trailers are read and dropped: nobody may add a header after the
// decisions that headers carry have been made.
class ChunkedDecoder {
 public:
  explicit ChunkedDecoder(std::size_t body_bytes_max);
  ~ChunkedDecoder();
  ChunkedDecoder(const ChunkedDecoder&) = delete;
  ChunkedDecoder& operator=(const ChunkedDecoder&) = delete;

  struct Step {
    std::size_t consumed = 0;
    int status = 0;  // not 0: refuse with this status
    bool done = false;
  };
  // Appends to `body` what the bytes hold. Unconsumed bytes are given again, with more behind them.
  Step put(std::string_view bytes, std::string& body);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace changwat::http
