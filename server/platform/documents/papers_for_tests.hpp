#pragma once
// Papers as an office would issue them, for tests, fuzzing and bench. Their content is invented or
// taken from the programme's published resolutions; they name no person.

#include <string>
#include <string_view>

#include "platform/documents/paper.hpp"

namespace changwat::documents::paper::for_tests {

// A literal as a word of a paper.
struct Said {
  std::string_view text;
  template <class T>
  operator T() const {  // NOLINT: that is its use
    auto parsed = T::parse(text);
    CHECK(parsed.has_value());
    return std::move(*parsed);
  }
};
inline Said said(std::string_view text) {
  return {text};
}

inline const std::string long_paragraph =
    "สำนักงาน ก.พ.ร. ขอเรียนว่า อ.ก.พ.ร. เกี่ยวกับการส่งเสริมและพัฒนาระบบการบริหารราชการในส่วนภูมิภาคและท้องถิ่น "
    "ในการประชุมครั้งที่ 1/2564 เมื่อวันพฤหัสบดีที่ 18 กุมภาพันธ์ 2564 ได้มีมติเห็นชอบกับแนวทางการดำเนินงานการพัฒนารูปแบบ"
    "การเพิ่มประสิทธิภาพการบริหารราชการในจังหวัดให้มีการทำงานที่มีผลสัมฤทธิ์สูง "
    "เพื่อมุ่งสร้างความเข้มแข็งในการบริหารราชการเชิงพื้นที่ "
    "เกิดผลลัพธ์แก่ประชาชนและการบริหารงานในพื้นที่อย่างมีคุณภาพ ทั้งนี้ ให้จังหวัดส่งข้อเสนอภายในวันที่ 12 มีนาคม 2564";

inline Letter letter() {
  Letter letter;
  letter.number = Line(said("นร 1201/ว 15"));
  letter.origin = {said("สำนักงาน ก.พ.ร."), said("ถนนพิษณุโลก เขตดุสิต"), said("กรุงเทพฯ 10300")};
  letter.dated_on = Date::of(2021, 2, 22);
  letter.subject = said("การเพิ่มประสิทธิภาพการบริหารราชการในจังหวัดให้มีการทำงานที่มีผลสัมฤทธิ์สูง");
  letter.salutation = said("เรียน");
  letter.addressee = said("ผู้ว่าราชการจังหวัดราชบุรี");
  letter.references = {said("คำสั่งกระทรวงมหาดไทย ที่ 478/2564 ลงวันที่ 22 กุมภาพันธ์ 2564")};
  letter.enclosures = {said("แนวทางการดำเนินงาน จำนวน 1 ชุด"), said("แบบข้อเสนอ จำนวน 1 ชุด")};
  letter.body = {
      said("ตามที่สำนักงาน ก.พ.ร. ได้คัดเลือกพื้นที่เพื่อการศึกษาจำนวน 6 จังหวัด "
           "โดยคัดเลือกจากประเด็นที่เป็นบทบาทหลักของจังหวัด "
           "เช่น การท่องเที่ยว อุตสาหกรรม เกษตรกรรม ภัยพิบัติน้ำท่วม และได้เห็นชอบแผนขับเคลื่อนนำร่อง นั้น"),
      said(long_paragraph), said("จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการต่อไป จะขอบคุณยิ่ง")};
  letter.closing = said("ขอแสดงความนับถือ");
  letter.signature.posts = {said("เลขาธิการ ก.พ.ร.")};
  letter.contact = {said("กองพัฒนาระบบบริหารราชการในส่วนภูมิภาค"), said("โทร. 0 2356 9999"),
                    said("ไปรษณีย์อิเล็กทรอนิกส์ saraban1@office.go.th")};
  letter.speed = Speed::most_urgent;
  return letter;
}

inline Order order() {
  Order order;
  order.issuer = said("จังหวัดราชบุรี");
  order.number = Line(said("478/2564"));
  order.subject = said("มอบอำนาจการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ");
  order.recitals = {
      said("เพื่อให้การจัดซื้อจัดจ้างตามโครงการของจังหวัดเป็นไปด้วยความรวดเร็วและใกล้ชิดกับพื้นที่ "
           "ผู้ว่าราชการจังหวัดจึงมอบอำนาจให้"
           "หัวหน้าหน่วยงานปฏิบัติราชการแทน ดังต่อไปนี้")};
  order.clauses = {
      {said("ให้ปลัดจังหวัดมีอำนาจดำเนินการจัดซื้อจัดจ้างในวงเงินครั้งหนึ่งไม่เกิน 1,200,000.50 บาท "
            "(หนึ่งล้านสองแสนบาทห้าสิบสตางค์) สำหรับ"),
       {said("โครงการพัฒนาแหล่งน้ำเพื่อการเกษตร"),
        said("โครงการส่งเสริมการท่องเที่ยวชุมชนในพื้นที่อำเภอสวนผึ้งและอำเภอบ้านคา "
             "รวมทั้งการจ้างที่ปรึกษาเพื่อการนั้น")}},
      {said("ผู้รับมอบอำนาจจะมอบอำนาจต่อไปอีกมิได้"), {}},
      {said("ให้รายงานผลการใช้อำนาจต่อผู้ว่าราชการจังหวัดทุกสิ้นเดือน ภายในวันที่ 5 ของเดือนถัดไป"), {}}};
  order.in_force = {said("ทั้งนี้ ตั้งแต่วันที่ 1 มีนาคม 2564 เป็นต้นไป")};
  order.signed_on = Date::of(2021, 2, 22);
  order.signature.posts = {said("ผู้ว่าราชการจังหวัดราชบุรี")};
  return order;
}

inline Memorandum memorandum() {
  Memorandum memo;
  memo.agency = said("สำนักงานจังหวัดราชบุรี กลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด โทร. 12345");
  memo.number = Line(said("รบ 0017.2/123"));
  memo.dated_on = Date::of(2021, 3, 1);
  memo.subject = said("ขออนุมัติเปลี่ยนแปลงรายละเอียดโครงการ");
  memo.salutation = said("เรียน");
  memo.addressee = said("ผู้ว่าราชการจังหวัดราชบุรี");
  memo.body = {said(long_paragraph), said("จึงเรียนมาเพื่อโปรดพิจารณา")};
  memo.signature.posts = {said("หัวหน้าสำนักงานจังหวัดราชบุรี")};
  memo.speed = Speed::urgent;
  return memo;
}

inline Minutes minutes() {
  Minutes minutes;
  minutes.body = said("อ.ก.พ.ร. เกี่ยวกับการส่งเสริมและพัฒนาระบบการบริหารราชการในส่วนภูมิภาคและท้องถิ่น");
  minutes.session = said("1/2564");
  minutes.held_on = *Date::of(2021, 2, 18);
  minutes.place = said("ห้องประชุม 1 ชั้น 5 สำนักงาน ก.พ.ร.");
  for (int i = 1; i <= 12; ++i)
    minutes.present.push_back(
        {said("ผู้แทนหน่วยงานที่ " + std::to_string(i)),
         i % 3 == 0 ? std::optional<Line>(said("ผู้ทรงคุณวุฒิด้านการบริหารราชการส่วนภูมิภาคและท้องถิ่น"))
                    : std::optional<Line>(said("ผู้อำนวยการกอง")),
         std::optional<Line>(said(i == 1 ? "ประธาน"
                                  : i == 12 ? "อนุกรรมการและเลขานุการ"
                                            : "อนุกรรมการ"))});
  minutes.absent = {{said("ผู้แทนหน่วยงานที่ 13"), std::optional<Line>(said("ติดราชการ")), std::nullopt}};
  minutes.begun_at = said("10.00");
  minutes.opening = {said("ประธานกล่าวเปิดประชุม และดำเนินการประชุมตามระเบียบวาระ ดังนี้")};
  minutes.parts.resize(6);
  minutes.parts[0].items = {
      {said("การแต่งตั้งคณะทำงานขับเคลื่อน"), {said(long_paragraph)}, {said("รับทราบ")}}};
  minutes.parts[1].items = {{said("รับรองรายงานการประชุม ครั้งที่ 2/2563"), {}, {said("รับรอง")}}};
  minutes.parts[4].items = {
      {said("แนวทางการดำเนินงานจังหวัดที่มีผลสัมฤทธิ์สูง"),
       {said(long_paragraph), said(long_paragraph)},
       {said("เห็นชอบในหลักการ และให้ฝ่ายเลขานุการปรับแก้ตามความเห็นของที่ประชุมก่อนแจ้งจังหวัด"),
        said("มอบหมายให้คณะทำงานทั้ง 3 คณะให้ข้อเสนอแนะแก่จังหวัด")}},
      {said("การมอบอำนาจการจัดซื้อจัดจ้าง"), {said(long_paragraph)}, {said("อนุมัติ")}}};
  minutes.ended_at = said("12.30");
  return minutes;
}

inline TableReport report(int rows) {
  TableReport report;
  report.title = said("รายงานผลการเบิกจ่ายงบประมาณโครงการตามแผนปฏิบัติราชการประจำปี");
  report.subtitles = {said("ประจำเดือนมีนาคม 2564 (ปีงบประมาณ พ.ศ. 2564)"), said("จังหวัดราชบุรี")};
  report.dated_on = Date::of(2021, 4, 5);
  report.columns = {{said("ลำดับ"), 6, Align::centre},
                    {said("โครงการ"), 40, Align::left},
                    {said("หน่วยงานรับผิดชอบ"), 24, Align::left},
                    {said("งบประมาณ (บาท)"), 15, Align::right},
                    {said("เบิกจ่ายร้อยละ"), 11, Align::right}};
  for (int i = 1; i <= rows; ++i)
    report.rows.push_back(
        {{said(std::to_string(i)),
          said(i % 4 == 0 ? "ก่อสร้างระบบส่งน้ำด้วยพลังงานแสงอาทิตย์พร้อมถังเก็บน้ำและระบบกระจายน้ำ"
                          : "ส่งเสริมการท่องเที่ยวชุมชน"),
          said("สำนักงานพัฒนาชุมชนจังหวัด"), said("1,234,500.00"), said("45.25")}});
  report.totals = {{{said(""), said("รวมทั้งสิ้น"), said(""), said("98,765,400.00"), said("51.70")}}};
  report.notes = {said("หมายเหตุ ข้อมูล ณ วันที่ 31 มีนาคม 2564")};
  return report;
}

}  // namespace changwat::documents::paper::for_tests
