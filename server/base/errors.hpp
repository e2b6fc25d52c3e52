#pragma once
// What can go wrong in an expected way: a kind of error is a constant that somebody reacts to.
//
// A kind has a stable `code` (part of the API), the HTTP status it travels with, and a Thai and an
// English sentence that say what to do next. Kinds that every module uses stand here; a module that
// needs its own declares it in its rules.hpp. Never reuse a code for another meaning.

#include <string_view>

namespace changwat {

struct ErrorKind {
  std::string_view code;  // snake_case, stable, unique in the program
  int status;             // HTTP status, 400..599
  std::string_view th;
  std::string_view en;
};

namespace errors {
inline constexpr ErrorKind invalid_input{
    "invalid_input", 422, "ข้อมูลบางช่องไม่ถูกต้อง โปรดแก้ไขตามที่ระบุในแต่ละช่อง",
    "Some fields are not right. Correct the fields listed and send again."};
inline constexpr ErrorKind malformed_request{"malformed_request", 400,
                                             "อ่านคำขอไม่ได้ โปรดตรวจรูปแบบข้อมูล",
                                             "The request cannot be read. Check its format."};
inline constexpr ErrorKind sign_in_required{"sign_in_required", 401, "โปรดเข้าสู่ระบบก่อน",
                                            "Sign in first."};
inline constexpr ErrorKind forbidden{"forbidden", 403, "ตำแหน่งของท่านไม่มีอำนาจทำเรื่องนี้",
                                     "None of your offices may do this."};
inline constexpr ErrorKind not_found{"not_found", 404, "ไม่พบรายการที่ขอ", "There is no such record."};
inline constexpr ErrorKind method_not_allowed{"method_not_allowed", 405, "ที่อยู่นี้ไม่รับวิธีเรียกแบบนี้",
                                              "This address does not take this method."};
inline constexpr ErrorKind conflict{"conflict", 409, "มีรายการนี้อยู่แล้ว หรือขัดกับรายการอื่น",
                                    "This exists already or conflicts with another record."};
inline constexpr ErrorKind wrong_state{"wrong_state", 409, "สถานะของเรื่องขณะนี้ยังทำรายการนี้ไม่ได้",
                                       "The record's present state does not allow this act."};
inline constexpr ErrorKind changed_meanwhile{
    "changed_meanwhile", 412, "มีผู้อื่นแก้ไขรายการนี้ไปแล้ว โปรดเปิดใหม่แล้วแก้ไขอีกครั้ง",
    "Somebody else changed this record. Load it again and repeat your change."};
inline constexpr ErrorKind if_match_required{
    "if_match_required", 428, "การแก้ไขต้องระบุรุ่นของรายการที่เปิดอยู่ (If-Match)",
    "A change must name the version it was made from (If-Match)."};
inline constexpr ErrorKind too_large{"too_large", 413, "ข้อมูลที่ส่งมามีขนาดใหญ่เกินกำหนด",
                                     "What was sent is larger than allowed."};
inline constexpr ErrorKind unsupported_media_type{"unsupported_media_type", 415, "ไม่รับข้อมูลชนิดนี้",
                                                  "This type of content is not accepted."};
inline constexpr ErrorKind too_many_requests{"too_many_requests", 429,
                                             "มีการเรียกถี่เกินไป โปรดรอสักครู่แล้วลองใหม่",
                                             "Too many requests. Wait a moment and try again."};
inline constexpr ErrorKind internal{
    "internal", 500, "ระบบขัดข้อง ได้บันทึกไว้แล้ว โปรดลองใหม่ภายหลัง",
    "Something broke on our side and was recorded. Try again later."};
inline constexpr ErrorKind unavailable{"unavailable", 503, "ระบบยังไม่พร้อมให้บริการ โปรดลองใหม่ภายหลัง",
                                       "The service is not available. Try again later."};
}  // namespace errors
}  // namespace changwat
