#pragma once
// Whether a record is real, or was invented for the demonstration and is marked so for ever.

namespace changwat {

enum class Origin { real, demonstration };

}  // namespace changwat
