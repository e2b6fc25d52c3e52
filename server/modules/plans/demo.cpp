#include "modules/plans/demo.hpp"

#include "platform/documents/attachments.hpp"

namespace changwat::plans {
namespace {

template <class T>
T as_word(std::string_view text) {
  const auto parsed = T::parse(text);
  CHECK(parsed.has_value());
  return *parsed;
}

constexpr std::string_view source = "ข้อมูลสาธิต: สมมติทั้งหมด / Demonstration: invented throughout";

struct When {
  int month, day, hour;
  Instant instant() const { return Instant::bangkok(*Date::of(2021, month, day), hour, 0, 0); }
};

class Loader {
 public:
  Loader(Plans& plans, committees::Committees& committees, const CallerOf& caller_of)
      : plans_(plans), committees_(committees), caller_of_(caller_of) {}

  Result<Done> load(const Demo& demo) {
    std::optional<ProjectRow> ends_here, goes_up;
    for (const auto& project : demo.projects) {
      const auto row = TRY(record(project));
      if (project.code == demo.request_decided_here) ends_here = row;
      if (project.code == demo.request_sent_up) goes_up = row;
    }
    if (!ends_here || !goes_up)
      return Problem(errors::not_found, "ไม่พบโครงการของคำขอสาธิต",
                     "A project of a demonstration's request is not there.");
    TRY(meet(demo.committee, ends_here->province));
    TRY(one_ends_in_the_province(*ends_here));
    return one_goes_up(*goes_up);
  }

 private:
  Result<Call> as(const std::string& username, When when) const {
    return call_by(caller_of_, username, when.instant());
  }
  Result<Call> office(When when) const { return as("office." + province_, when); }
  Result<Call> governor(When when) const { return as("governor." + province_, when); }

  Result<ProjectRow> record(const DemoProject& in) {
    const auto call = TRY(as("office." + in.province.text(), {1, 15, 10}));
    return plans_.record(call,
                         {in.province, in.fiscal_year, in.code, in.budget_class, in.funding,
                          in.content, as_word<Text<1, 500>>(source)},
                         Origin::demonstration);
  }

  Result<Done> meet(const Key& committee, const AreaCode& province) {
    auto call = TRY(as("office." + province.text(), {5, 10, 16}));
    committees::NewMeeting in;
    in.body = committee;
    in.number = as_word<committees::MeetingNumber>("3/2564");
    in.on_date = *Date::of(2021, 5, 10);
    in.chair_title_th = as_word<committees::Title>("ผู้ว่าราชการจังหวัด (ข้อมูลสาธิต)");
    in.chair_title_en = as_word<committees::Title>("Governor (demonstration)");
    in.source = as_word<committees::Source>(source);
    meeting_ = TRY(committees_.add_meeting(call, in, Origin::demonstration)).meeting_id;
    return Done{};
  }

  Result<Change> draft(const ProjectRow& project, ChangeContent content) {
    province_ = project.province.text();
    NewChange in;
    in.project_id = project.project_id;
    const auto begun = TRY(plans_.begin_change(TRY(office({5, 3, 9})), in, Origin::demonstration));
    path_.value.change_id = begun.change_id;
    auto call = TRY(office({5, 3, 11}));
    TRY(plans_.edit_change(call, path_, {std::move(content)}));
    const auto pdf = documents::one_line_pdf("Demonstration: bill of quantities");
    return plans_.put_file(call, {{begun.change_id, as_word<Key>("bill_of_quantities")}},
                           {{Text<1, 200>::parse("ประมาณราคา (สาธิต).pdf")}},
                           {pdf, "application/pdf"});
  }

  Result<Change> until_resolved(std::string_view number, std::string_view text) {
    auto call = TRY(office({5, 3, 15}));
    TRY(plans_.submit(call, path_, {}));
    call = TRY(office({5, 4, 14}));
    TRY(plans_.settle_classification(call, path_, {}));
    call = TRY(governor({5, 11, 10}));
    return plans_.resolve(call, path_,
                          {meeting_, as_word<ItemNumber>(number), CommitteeDecision::approve,
                           as_word<Text<1, 4000>>(text), std::nullopt});
  }

  // Another method and period, and some money from one line to a new one.
  Result<Done> one_ends_in_the_province(const ProjectRow& project) {
    ChangeContent content;
    content.after = project.content.value;
    auto& after = content.after;
    after.activities[0].method_th = as_word<Text<0, 500>>("เฉพาะเจาะจง");
    after.activities[1].ends = Month::parse("2021-08");
    auto& wells = after.budget[0];
    wells.unit_price_satang = Satang::of_baht(143'000);
    wells.amount_satang = *Satang::of_baht(60 * 143'000);
    BudgetLine training;
    training.activity = 1;
    training.item_th = as_word<Text<0, 1000>>("อบรมผู้เลี้ยงเรื่องการดูแลบ่อบำบัด");
    training.amount_satang = *Satang::of_baht(60 * 2'000);
    after.budget.push_back(training);
    content.reason_th = as_word<Reason>(
        "ประกาศคัดเลือกแล้วไม่มีผู้ยื่นข้อเสนอ จึงขอเปลี่ยนวิธีจัดหา และนำเงินที่ลดได้ไปอบรมผู้เลี้ยง (ข้อมูลสาธิต)");
    content.effect_kpi_th = as_word<Reason>("คงเดิม 60 แห่ง (ข้อมูลสาธิต)");
    content.effect_beneficiaries_th =
        as_word<Reason>("ผู้เลี้ยง 60 รายเท่าเดิม และได้รับการอบรมเพิ่ม (ข้อมูลสาธิต)");
    content.effect_money_th = as_word<Reason>("วงเงินรวมเท่าเดิม (ข้อมูลสาธิต)");
    TRY(draft(project, std::move(content)));
    TRY(until_resolved("4.1", "เห็นชอบให้เปลี่ยนแปลงรายละเอียดโครงการ (ข้อมูลสาธิต)"));
    auto call = TRY(office({5, 12, 9}));
    TRY(plans_.apply(call, path_, {}));
    call = TRY(office({5, 18, 11}));
    TRY(plans_.report(call, path_,
                      {*Date::of(2021, 5, 18), as_word<Text<1, 200>>("หนังสือสาธิต ที่ 1/2564")}));
    TRY(plans_.close(call, path_, {}));
    return Done{};
  }

  // A lower target: the province may not decide this itself.
  Result<Done> one_goes_up(const ProjectRow& project) {
    ChangeContent content;
    content.after = project.content.value;
    content.after.kpis[0].target = Decimal::parse("320");
    content.after.output_th = as_word<Reason>("แปลงที่ได้รับการรับรอง 320 แปลง");
    content.reason_th =
        as_word<Reason>("แปลงใน 1 อำเภอประสบภัยแล้งจนไม่มีผลผลิตให้ตรวจรับรองในรอบปีนี้ (ข้อมูลสาธิต)");
    content.effect_kpi_th = as_word<Reason>("ลดจาก 400 เหลือ 320 แปลง (ข้อมูลสาธิต)");
    content.effect_beneficiaries_th = as_word<Reason>("เกษตรกร 80 ครัวเรือนเลื่อนไปปีถัดไป (ข้อมูลสาธิต)");
    content.effect_money_th = as_word<Reason>("วงเงินเท่าเดิม ใช้อบรมแปลงที่เหลือให้เข้มขึ้น (ข้อมูลสาธิต)");
    TRY(draft(project, std::move(content)));
    TRY(until_resolved("4.2", "เห็นชอบให้เสนอคณะอนุกรรมการประจำภาคพิจารณา (ข้อมูลสาธิต)"));
    auto call = TRY(governor({5, 14, 9}));
    TRY(plans_.send_up(call, path_,
                       {as_word<Text<1, 200>>("หนังสือสาธิต ที่ 2/2564 ลงวันที่ 14 พฤษภาคม 2564")}));
    return Done{};
  }

  Plans& plans_;
  committees::Committees& committees_;
  const CallerOf& caller_of_;
  std::string province_;
  Path<ChangePath> path_;
  MeetingId meeting_;
};

}  // namespace

Result<Done> load_demo(Plans& plans, committees::Committees& committees,
                       std::string_view projects_json, const CallerOf& caller_of) {
  const auto demo = TRY(read_json<Demo>(projects_json));
  return Loader(plans, committees, caller_of).load(demo);
}

}  // namespace changwat::plans
