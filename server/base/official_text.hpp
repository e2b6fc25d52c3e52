#pragma once
// How figures and days are written on Thai official papers. Pure; any thread.
//
// base/time.hpp has the everyday forms of dates, and thai::digits.

#include <string>
#include <string_view>

#include "base/money.hpp"
#include "base/time.hpp"

namespace changwat::thai {

// The amount in words, as it stands in brackets behind the figure: "หนึ่งล้านสองแสนบาทห้าสิบสตางค์",
// "สิบเอ็ดบาทถ้วน", "ห้าสิบสตางค์", "ศูนย์บาทถ้วน". A final one behind any other digit is เอ็ด, also before
// ล้าน; ล้าน is said again for each six digits.
std::string baht_words(Satang amount);

std::string official_date(Date date);  // "๑๒ มีนาคม ๒๕๖๔"

// Running text in Thai digits. A word that holds a Latin letter keeps its own: an address like
// "office1@x.go.th" in Thai digits would lead nowhere.
std::string digits_in_prose(std::string_view text);

}  // namespace changwat::thai
