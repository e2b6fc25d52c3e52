#include "modules/authority/recheck.hpp"

#include <algorithm>
#include <cstdlib>

#include <boost/json.hpp>

namespace changwat::authority {
namespace {

constexpr std::size_t faults_kept = 100;
// A grant is used when it is asked about. Acts wait for the writer; longer than this none does.
constexpr std::int64_t wait_max_ms = 300'000;

struct Sentence {
  std::string_view code, th, en;
};
constexpr std::string_view act_of_withdrawal = "identity.withdraw_holding";

constexpr Sentence sentences[] = {
    {"not_json", "ห่วงโซ่อำนาจอ่านไม่ได้", "The chain of authority cannot be read."},
    {"no_chain", "ผู้ดำรงตำแหน่งกระทำโดยไม่ระบุอำนาจ", "A person acted in an office without a chain."},
    {"law_not_given", "ไม่มีแฟ้มกฎหมายของวันนั้น ให้ระบุด้วย --law",
     "The law files of that day are not given; name them with --law."},
    {"unknown_office", "ไม่มีตำแหน่งนี้ในบัญชีรายการ", "The ledger knows no such office."},
    {"other_office", "ตำแหน่ง บทบาท หรือพื้นที่ไม่ตรงกับทะเบียน",
     "Office, role or area are not those of the register."},
    {"not_holder", "ผู้กระทำไม่ได้ดำรงตำแหน่งในวันนั้น", "The actor did not hold the office on that day."},
    {"other_act", "อำนาจที่อ้างเป็นของการกระทำอื่น", "The chain is that of another act."},
    {"other_province", "พื้นที่ในห่วงโซ่อำนาจไม่ใช่จังหวัดของรายการ",
     "The chain is about another province than the entry."},
    {"unknown_power", "กฎหมายไม่มีอำนาจนี้", "The law has no such power."},
    {"not_covered", "อำนาจตามกฎหมายไม่ครอบคลุมการกระทำนี้ในวันนั้น",
     "The power did not cover this act on that day."},
    {"not_vested", "กฎหมายไม่ได้ให้อำนาจแก่ตำแหน่งนี้", "The law does not vest the power in this office."},
    {"unknown_grant", "ไม่มีการมอบอำนาจนี้ในบัญชีรายการ", "The ledger knows no such grant."},
    {"grant_not_in_force", "การมอบอำนาจไม่มีผลหรือไม่ครอบคลุม",
     "The grant was not in force, or does not cover it."},
    {"decided_at_another_time", "เวลาที่พิจารณาอำนาจห่างจากเวลาที่บันทึก",
     "Authority was asked at another time than the entry was recorded."},
    {"chain_differs", "ห่วงโซ่อำนาจไม่ตรงกับที่คำนวณใหม่", "The chain is not the one that is made again."},
    {"grant_exceeds", "การมอบอำนาจเกินกว่าที่ผู้มอบมี", "The grant exceeds what the grantor had."},
    {"holder_did_not_leave", "ผู้มอบยังดำรงตำแหน่งอยู่",
     "The grant ended with a holder who had not left."},
    {"relied_on_withdrawn_holding", "กระทำโดยอาศัยการดำรงตำแหน่งที่ถูกถอนในภายหลัง แต่ชอบตามทะเบียนของวันนั้น",
     "Relied on a withdrawn holding: lawful by the record of its day, which was withdrawn later."},
    {"relied_on_changed_holding",
     "กระทำในวันที่การดำรงตำแหน่งซึ่งแก้ไขภายหลังไม่ครอบคลุมแล้ว แต่ชอบตามทะเบียนของวันนั้น",
     "Relied on a holding whose days were changed later: lawful by the record of its day."},
};

struct EntryLine {
  ledger::Entry entry;
  std::string leaf_hash;
};
BOOST_DESCRIBE_STRUCT(EntryLine, (), (entry, leaf_hash))

// A member of a JSON object as text; none if absent or null.
std::optional<std::string> text_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (!value || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<boost::json::object> object_of(const std::string& text) {
  auto value = json::parse(text);
  if (!value.ok() || !value->is_object()) return std::nullopt;
  return value->get_object();
}

const Sentence& sentence_of(std::string_view code) {
  const auto found = std::find_if(std::begin(sentences), std::end(sentences),
                                  [&](const Sentence& s) { return s.code == code; });
  CHECK(found != std::end(sentences));
  return *found;
}

bool is_grant_entry(const ledger::Entry& entry) {
  return entry.subject_kind == "power_grant";
}

}  // namespace

Recheck::Recheck(std::vector<Law> laws) {
  for (auto& law : laws) laws_.push_back(std::make_unique<LawOfDay>(std::move(law)));
}

void Recheck::take(const ledger::Entry& entry) {
  ++report_.entries;
  check(entry);
  if (entry.subject_kind == "office") learn_office(entry);
  if (entry.subject_kind == "office_holding") learn_holding(entry);
}

void Recheck::check(const ledger::Entry& entry) {
  const auto authority = object_of(entry.authority);
  if (!authority) return fault(entry, "not_json");
  if (!authority->contains("power")) {
    if (entry.actor_office_id.empty()) {
      ++report_.without_office;
      if (is_grant_entry(entry))
        if (const auto end = read_json<GrantEnd>(entry.change); end.ok()) end_grant(entry, *end);
      return;
    }
    // Before there were chains, an entry named act, role, reach and source.
    if (authority->contains("reach")) return void(++report_.older_form);
    return fault(entry, "no_chain");
  }
  const auto chain = from_json_value<Chain>(*authority);
  if (!chain.ok()) return fault(entry, "not_json");
  auto wrong = fault_of(entry, *chain);
  if (wrong.empty() && is_grant_entry(entry)) wrong = fault_of_grant(entry, *chain);
  if (!wrong.empty()) return fault(entry, wrong);
  ++report_.holding;
  const auto on = chain->at.bangkok_date();
  held(entry.actor_id, entry.actor_office_id, on)->uses.push_back({entry.sequence, entry.act, on});
}

std::string Recheck::fault_of(const ledger::Entry& entry, const Chain& chain) {
  const auto day_law = std::find_if(laws_.begin(), laws_.end(), [&](const auto& candidate) {
    return candidate->law.digest() == chain.law;
  });
  if (day_law == laws_.end()) return "law_not_given";
  const auto& law = (*day_law)->law;
  const auto& book = (*day_law)->book;

  const auto* office = offices().find(entry.actor_office_id);
  if (!office) return "unknown_office";
  if (chain.office_id != office->office_id || chain.role != office->role ||
      chain.office_area != office->area)
    return "other_office";
  const auto* holding = held(entry.actor_id, office->office_id, chain.at.bangkok_date());
  if (!holding) return "not_holder";
  if (law.act(entry.act) && chain.act != entry.act && !is_grant_entry(entry)) return "other_act";
  if (entry.province && chain.object.area &&
      chain.object.area->province().text() != *entry.province)
    return "other_province";

  const auto* power = law.find(chain.power);
  if (!power) return "unknown_power";
  const Question question{chain.act, chain.object, chain.at};
  const auto asked = ask(law, question);
  if (!power->in_force(asked.day)) return "not_covered";
  const auto& acts = power->power->acts;
  if (!is_grant_entry(entry)) {
    const bool named = std::any_of(acts.begin(), acts.end(),
                                   [&](const Key& act) { return act.text() == chain.act; });
    if (!named || !obstacles(*power, asked).none()) return "not_covered";
  }

  auto grant = GrantBook::none;
  if (chain.grants.empty()) {
    if (!vested(*power, office->role, office->area,
                is_grant_entry(entry) ? Place(office->area) : asked.place))
      return "not_vested";
  } else {
    grant = book.find(chain.grants.back().grant_id);
    if (grant == GrantBook::none) return "unknown_grant";
    const auto& row = book.row(grant);
    if (book.office_id(row.holder) != office->office_id || row.power != power->number)
      return "grant_not_in_force";
    const bool covers = is_grant_entry(entry) ? row.extent.in_force(asked.at)
                                              : obstacles(book, row.extent, asked).none();
    if (!covers) return "grant_not_in_force";
    const auto recorded = Instant::parse(entry.recorded_at);
    if (!recorded || std::abs(recorded->unix_ms() - asked.at) > wait_max_ms)
      return "decided_at_another_time";
  }
  const HeldOffice as{office->office_id, office->role, office->area, "", "", holding->acting};
  if (to_json(permit(law, book, *power, as, grant, question).basis) != to_json(chain))
    return "chain_differs";
  return "";
}

std::string Recheck::fault_of_grant(const ledger::Entry& entry, const Chain& chain) {
  if (const auto end = read_json<GrantEnd>(entry.change); end.ok()) {
    end_grant(entry, *end);
    return "";
  }
  const auto grant = read_json<Grant>(entry.change);
  if (!grant.ok()) return "not_json";
  std::string wrong;
  for (const auto& law : laws_) {
    if (law->law.digest() == chain.law && !law->book.faults(*grant, offices()).empty())
      wrong = "grant_exceeds";
  }
  if (grant->from_office_id.text() != entry.actor_office_id) wrong = "other_office";
  if (!wrong.empty()) return wrong;  // it permits nothing here either
  for (const auto& law : laws_) law->book.add(*grant, offices());
  grants_.emplace(grant->grant_id, *grant);
  return "";
}

void Recheck::end_grant(const ledger::Entry& entry, const GrantEnd& end) {
  for (const auto& law : laws_) law->book.end(end.grant_id, end.ended_at);
  if (!entry.actor_office_id.empty()) return;
  const auto grant = grants_.find(end.grant_id);
  if (grant == grants_.end()) return fault(entry, "unknown_grant");
  if (held(grant->second.granted_by, grant->second.from_office_id, end.ended_at.bangkok_date()))
    fault(entry, "holder_did_not_leave");
}

void Recheck::learn_office(const ledger::Entry& entry) {
  const auto change = object_of(entry.change);
  if (!change) return;
  OfficeRow row{entry.subject_id, text_of(*change, "role").value_or(""), std::nullopt,
                text_of(*change, "title_th").value_or(""),
                text_of(*change, "title_en").value_or("")};
  if (const auto area = text_of(*change, "area")) row.area = AreaCode::parse(*area);
  std::erase_if(office_rows_, [&](const OfficeRow& old) { return old.office_id == row.office_id; });
  office_rows_.push_back(std::move(row));
  offices_.reset();
}

void Recheck::learn_holding(const ledger::Entry& entry) {
  const auto change = object_of(entry.change);
  if (!change) return;
  const auto from = Date::parse(text_of(*change, "from_date").value_or(""));
  if (!from) return;
  Holding holding{text_of(*change, "office_id").value_or(""),
                  text_of(*change, "person_id").value_or(""), false, *from};
  if (const auto* acting = change->if_contains("acting"); acting && acting->is_bool())
    holding.acting = acting->get_bool();
  if (const auto to = text_of(*change, "to_date")) holding.to_date = Date::parse(*to);
  holding.withdrawn = entry.act == act_of_withdrawal;
  auto& standing = holdings_[holding.office_id][entry.subject_id];
  holding.uses = std::move(standing.uses);
  standing = std::move(holding);
}

Recheck::Holding* Recheck::held(std::string_view person, std::string_view office, Date on) {
  const auto of_office = holdings_.find(office);
  if (of_office == holdings_.end()) return nullptr;
  for (auto& [id, holding] : of_office->second)
    if (holding.person_id == person && holding.stands(on)) return &holding;
  return nullptr;
}

// Of the acts under a holding, those that it does not cover any more.
void Recheck::name_reliance(const Holding& holding) {
  for (const auto& use : holding.uses) {
    if (holding.stands(use.on)) continue;
    const auto& said = sentence_of(holding.withdrawn ? "relied_on_withdrawn_holding"
                                                     : "relied_on_changed_holding");
    report_.relied.push_back({use.sequence, use.act, std::string(said.code), std::string(said.th),
                              std::string(said.en)});
  }
}

RecheckReport Recheck::finish() {
  for (const auto& [office, of_office] : holdings_)
    for (const auto& [id, holding] : of_office) name_reliance(holding);
  std::sort(report_.relied.begin(), report_.relied.end(),
            [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
  report_.relied_count = static_cast<std::int64_t>(report_.relied.size());
  if (report_.relied.size() > faults_kept) report_.relied.resize(faults_kept);
  return std::move(report_);
}

const Offices& Recheck::offices() {
  if (!offices_) offices_ = std::make_unique<Offices>(office_rows_);
  return *offices_;
}

void Recheck::fault(const ledger::Entry& entry, std::string_view code) {
  ++report_.fault_count;
  if (report_.faults.size() >= faults_kept) return;
  const auto& said = sentence_of(code);
  report_.faults.push_back(
      {entry.sequence, entry.act, std::string(code), std::string(said.th), std::string(said.en)});
}

RecheckReport recheck_export(std::istream& in, std::vector<Law> laws) {
  Recheck recheck(std::move(laws));
  std::string line;
  while (std::getline(in, line))
    if (const auto read = read_json<EntryLine>(line); read.ok()) recheck.take(read->entry);
  return recheck.finish();
}

}  // namespace changwat::authority
