#pragma once
// A secret of the installation that stands in a file of the data folder and not in the record: who
// reads the record cannot make with it what was made with the key.

#include <filesystem>
#include <string>

namespace changwat::program {

// 32 bytes; the first time they are made, at random, and the file readable by its owner only.
// Throws std::runtime_error that names the file.
std::string secret_key(const std::filesystem::path& file);

}  // namespace changwat::program
