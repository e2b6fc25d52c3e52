#include <cstdio>
#include <cstdlib>

#include "base/result.hpp"

namespace changwat {

void check_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "%s:%d: this must hold and does not: %s\n", file, line, condition);
  std::abort();
}

}  // namespace changwat
