#include "modules/service_centre/demo.hpp"

#include <algorithm>

namespace changwat::service_centre {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

template <class T>
T as_word(std::string_view text) {
  const auto parsed = T::parse(text);
  CHECK(parsed.has_value());
  return *parsed;
}

Remark remark(std::string_view text) {
  return as_word<Remark>(std::string(text) + " (ข้อมูลสาธิต)");
}

class Loader {
 public:
  Loader(ServiceCentre& centre, Counter& counter, const DemoFiles& files, const CallerOf& caller_of,
         Instant now)
      : centre_(centre), counter_(counter), files_(files), caller_of_(caller_of), now_(now) {}

  Result<Done> open(const DemoCounter& in) {
    SetCounterTimes times{in.district, now_.bangkok_date(), {}};
    for (const auto weekday : in.weekdays)
      for (const auto& starts : in.starts) times.times.push_back({weekday, starts, in.places});
    auto call = TRY(call_by(caller_of_, "chief." + in.district.text(), now_));
    TRY(counter_.set_times(call, times));
    return Done{};
  }

  Result<Done> load(const DemoCase& in) {
    begin(in);
    auto call = TRY(desk());
    const auto receipt = TRY(centre_.take(call, case_of(in), Origin::demonstration));
    path_.value.case_id = receipt.case_id;
    code_ = receipt.tracking_code;
    if (in.services) TRY(appoint());
    return go(in);
  }

 private:
  void begin(const DemoCase& in) {
    at_ = now_.plus_ms(-in.days_ago * day_ms);
    district_ = in.area.at(AreaLevel::district).text();
    agency_ = in.agency ? in.agency->text() : std::string();
  }
  // At the first time that is free; none within a month: no appointment.
  Result<Done> appoint() {
    auto call = TRY(call_by(caller_of_, "district." + district_, now_));
    for (int ahead = 1; ahead < 30; ++ahead) {
      const auto on = now_.bangkok_date().plus_days(ahead);
      const auto offered = TRY(counter_.get_free_times(call, {{as_word<AreaCode>(district_), on}}));
      for (const auto& time : offered.times) {
        if (time.free == 0) continue;
        TRY(centre_.book_appointment(call, path_, {on, time.starts}));
        return Done{};
      }
    }
    return Done{};
  }
  // Some time goes by, but never beyond now.
  void later(std::int64_t hours) { at_ = std::min(at_.plus_ms(hours * hour_ms), now_); }
  Result<Call> desk() const { return call_by(caller_of_, "district." + district_, at_); }
  Result<Call> chief() const { return call_by(caller_of_, "chief." + district_, at_); }
  Result<Call> agency() const { return call_by(caller_of_, agency_, at_); }
  Call citizen() const {
    Call call;
    call.now = at_;
    call.if_match_any = true;
    return call;
  }

  NewCase case_of(const DemoCase& in) const {
    NewCase out;
    out.kind = in.kind;
    out.category = in.category;
    out.channel = in.channel;
    out.importance = in.importance;
    out.title = in.title;
    out.detail = in.detail;
    out.place.area = in.area;
    out.place.landmark = in.landmark;
    if (in.latitude && in.longitude) {
      out.place.position = Position{*in.latitude, *in.longitude};
      out.place.given = PlaceGiven::map;
    }
    NewReporter reporter;
    reporter.type = in.reporter;
    if (in.reporter != ReporterType::anonymous) {
      reporter.name = as_word<Text<1, 200>>("ผู้แจ้งสมมติ (สาธิต)");
      reporter.phone = as_word<Phone>("020000000");
    }
    out.reporters.push_back(reporter);
    out.services = in.services;
    return out;
  }

  Result<Done> go(const DemoCase& in) {
    using D = DemoCourse;
    const auto course = in.course;
    if (course == D::received) return Done{};
    later(20);
    auto call = TRY(desk());
    TRY(centre_.screen(call, path_, {}));
    if (course == D::screening) return Done{};
    later(4);
    call = TRY(desk());
    switch (course) {
      case D::rejected:
        TRY(centre_.reject(call, path_, {remark("ไม่มีข้อมูลพอให้ตรวจสอบ")}));
        return Done{};
      case D::withdrawn:
        TRY(centre_.withdraw(call, path_, {remark("ผู้แจ้งตกลงกับคู่กรณีได้แล้ว")}));
        return Done{};
      case D::sent_up:
        TRY(centre_.send_up(call, path_, {remark("เกินอำนาจของอำเภอ")}));
        return Done{};
      case D::mediation:
        TRY(centre_.mediate(call, path_, {}));
        return Done{};
      case D::handled:
      case D::answered:
      case D::closed_by_word:
        return here(course);
      default:
        return there(in, course);
    }
  }

  // By the centre itself.
  Result<Done> here(DemoCourse course) {
    auto call = TRY(desk());
    TRY(centre_.take_charge(call, path_, {}));
    TRY(centre_.handle(call, path_, {}));
    if (course == DemoCourse::handled) return Done{};
    later(20);
    call = TRY(desk());
    TRY(centre_.record_result(call, path_, {remark("ดำเนินการแล้ว")}));
    const bool answered = course == DemoCourse::answered;
    TRY(centre_.tell(call, path_,
                     {remark(answered ? "ตอบคำถามแล้ว โปรดดูประกาศของอำเภอ"
                                      : "ดำเนินการแล้ว โปรดยืนยันหากแก้ไขเรียบร้อย")}));
    if (!answered) {
      auto own = citizen();
      TRY(centre_.confirm(own, {code_, remark("ไม่มีการทวงถามอีก")}));
    }
    return close({answered ? ClosingGround::answer_given : ClosingGround::citizen_word,
                  {},
                  {},
                  remark("แจ้งผลแล้ว")},
                 true);
  }

  // By an agency.
  Result<Done> there(const DemoCase& in, DemoCourse course) {
    using D = DemoCourse;
    auto office = TRY(agency());
    auto call = TRY(desk());
    const auto given =
        TRY(centre_.assign(call, path_,
                           {as_word<OfficeRef>(office.caller->offices.at(0).office_id),
                            as_word<Note>("โปรดตรวจสอบและรายงานผล (ข้อมูลสาธิต)"), std::nullopt}));
    const Path<CaseAssignmentPath> to{{given.case_id, given.assignments.back().assignment_id}};
    if (course == D::assigned || course == D::late) return Done{};
    later(24);
    office = TRY(agency());
    if (course == D::returned) {
      TRY(centre_.give_back(office, to, {remark("อยู่นอกเขตรับผิดชอบ")}));
      return Done{};
    }
    TRY(centre_.accept(office, to, {}));
    if (course == D::accepted) return Done{};
    later(24);
    office = TRY(agency());
    TRY(centre_.progress(office, to, {remark("ออกตรวจพื้นที่แล้ว")}));
    if (course == D::in_progress) return Done{};
    TRY(attach("before", FilePurpose::before, in));
    later(48);
    TRY(attach("after", FilePurpose::after, in));
    office = TRY(agency());
    TRY(centre_.report_result(office, to, {remark("แก้ไขแล้วเสร็จ")}));
    TRY(close({ClosingGround::evidence, as_word<Key>("before"), as_word<Key>("after"),
               remark("หน่วยงานแก้ไขแล้ว มีภาพก่อนและหลัง")},
              course != D::reviewing));
    if (course != D::reopened) return Done{};
    later(72);
    auto own = citizen();
    TRY(centre_.reopen_own(own, {code_, remark("เป็นอีกแล้ว")}));
    return Done{};
  }

  Result<Done> attach(std::string_view key, FilePurpose purpose, const DemoCase& in) {
    CaseFileQuery query;
    query.name = as_word<Text<1, 200>>(std::string(key) + " (สาธิต).jpg");
    query.purpose = purpose;
    query.taken_at = at_;
    query.latitude = in.latitude;
    query.longitude = in.longitude;
    auto office = TRY(agency());
    const auto& bytes = purpose == FilePurpose::before ? files_.before : files_.after;
    TRY(centre_.put_file(office, {{path_->case_id, as_word<Key>(key)}}, {query},
                         {bytes, "image/jpeg"}));
    return Done{};
  }

  Result<Done> close(const ProposeClosing& how, bool to_the_end) {
    later(20);
    auto call = TRY(desk());
    TRY(centre_.propose_closing(call, path_, how));
    if (!to_the_end) return Done{};
    later(4);
    auto second = TRY(chief());
    TRY(centre_.close(second, path_, {}));
    return Done{};
  }

  ServiceCentre& centre_;
  Counter& counter_;
  const DemoFiles& files_;
  const CallerOf& caller_of_;
  const Instant now_;
  Instant at_;
  std::string district_, agency_;
  Path<CasePath> path_;
  TrackingCode code_;
};

}  // namespace

Result<Done> load_demo(ServiceCentre& centre, Counter& counter, const DemoFiles& files,
                       const CallerOf& caller_of, Instant now) {
  const auto demo = TRY(read_json<Demo>(files.cases_json));
  Loader loader(centre, counter, files, caller_of, now);
  for (const auto& one : demo.counters) TRY(loader.open(one));
  for (const auto& one : demo.cases) TRY(loader.load(one));
  return Done{};
}

}  // namespace changwat::service_centre
