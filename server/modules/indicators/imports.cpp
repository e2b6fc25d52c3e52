#include "modules/indicators/imports.hpp"

#include <algorithm>

#include "platform/auth/encoding.hpp"
#include "platform/documents/sheet.hpp"

#include "modules/indicators/import_sheet.hpp"
#include "modules/indicators/indicators.hpp"

namespace changwat::indicators {
namespace {

// What the ledger keeps of a portion, for each province: which file, how many, and the digest of
// exactly what was written.
struct PortionChange {
  ImportId import_id;
  std::string sheet_sha256;
  std::int64_t portion = 0;
  std::int64_t written = 0;
  std::string content_sha256;
};
BOOST_DESCRIBE_STRUCT(PortionChange, (),
                      (import_id, sheet_sha256, portion, written, content_sha256))

constexpr const char* act_of(ImportKind kind) {
  return kind == ImportKind::kpi_values ? "kpi.import" : "kpi.define";
}

std::string digest(std::string_view bytes) {
  return auth::hex_encode(auth::sha256(bytes));
}

// Everything but the values that are in the record already.
ImportContext context_of(const Call& call, const ImportQuery& query, const areas::Register& names) {
  ImportContext context;
  context.kind = query.kind;
  context.now = call.now;
  context.province = query.province;
  context.fiscal_year = query.fiscal_year;
  context.source_class = query.source_class.value_or(SourceClass::self_reported);
  for (const auto& area : names.areas()) {
    if (area.level != AreaLevel::province || area.valid_to) continue;
    for (const auto& name : {area.code.text(), area.name_th.text(), area.name_en.text()})
      context.provinces.emplace(folded_name(name), area.code);
  }
  return context;
}

void add_names(ImportContext& context, const std::vector<Kpi>& kpis) {
  for (const auto& kpi : kpis) {
    auto& named = context.kpis[kpi.province];
    named[kpi.code.text()].push_back(&kpi);
    for (const auto& name : {kpi.name_th.text(), kpi.name_en.text()}) {
      auto& same = named[folded_name(name)];
      // Two indicators of one name in one year cannot be told apart by it: the first holds.
      const bool taken = std::any_of(same.begin(), same.end(),
                                     [&](const Kpi* other) { return other->code != kpi.code; });
      if (!name.empty() && !taken) same.push_back(&kpi);
    }
  }
}

template <class T>
std::vector<store::PortionRow> portions_of(const ImportId& id, const std::vector<T>& items) {
  std::vector<store::PortionRow> out;
  for (std::size_t at = 0; at < items.size(); at += portion_items_max) {
    const auto end = std::min(items.size(), at + portion_items_max);
    const std::vector<T> part(items.begin() + static_cast<std::ptrdiff_t>(at),
                              items.begin() + static_cast<std::ptrdiff_t>(end));
    out.push_back({id, std::ssize(out), to_json(part), std::nullopt});
  }
  return out;
}

struct Written {
  PortionOutcome outcome;
  std::map<AreaCode, std::int64_t> by_province;
  std::vector<KpiId> touched;
};

void refuse(Written& written, const std::string& reference, const Problem& problem) {
  if (written.outcome.refused.size() >= wrong_cells_max) return;
  const bool own_words = !problem.th.empty();
  written.outcome.refused.push_back({reference,
                                     own_words ? problem.th : std::string(problem.kind->th),
                                     own_words ? problem.en : std::string(problem.kind->en)});
}

// The record may have moved on since the preview: each row is decided anew.
void write(Tx& tx, const ImportedValue& item, const std::string& office_id, Instant now,
           Written& written) {
  auto in = item.value;
  const auto before = store::last_row(tx.db, item.province, item.kpi_id, in.period);
  const bool holds = before && !before->withdrawn;
  if (holds && before->value == in.value) {
    ++written.outcome.unchanged;
    return;
  }
  if (holds && in.reason) in.corrects = before->value_id;
  const auto by =
      before ? store::office_of(tx.db, item.province, item.kpi_id, *before) : std::string();
  const auto row = next_revision(in, before, by, now);
  if (!row.ok()) return refuse(written, item.reference, row.problem());
  store::add(tx.db, item.province, item.kpi_id, *row, office_id);
  ++written.outcome.written;
  ++written.by_province[item.province];
  written.touched.push_back(item.kpi_id);
}

bool same_definition(const Kpi& a, const Kpi& b) {
  return to_json(definition_of(a)) == to_json(definition_of(b)) && a.yearly_value == b.yearly_value;
}

void write(Tx& tx, const ImportedKpi& item, Instant now, Written& written) {
  const auto& in = item.kpi;
  auto kpi = kpi_of(in, in.province, in.fiscal_year, now);
  const auto before = store::kpi(tx.db, in.province, in.fiscal_year, in.code);
  if (before && before->application_id)
    return refuse(written, item.reference, Problem(errors::wrong_state));
  if (before) {
    kpi.kpi_id = before->kpi_id;
    kpi.yearly_value = in.yearly_value.value_or(before->yearly_value);
    kpi.demonstration = before->demonstration;
    kpi.version = before->version + 1;
    if (same_definition(*before, kpi)) {
      ++written.outcome.unchanged;
      return;
    }
    store::change(tx.db, kpi);
  } else {
    if (store::kpis_of(tx.db, in.province).size() >= kpis_of_province_max)
      return refuse(written, item.reference,
                    Problem(errors::conflict, "จังหวัดมีตัวชี้วัดครบจำนวนสูงสุดแล้ว",
                            "The province has as many KPIs as it may have."));
    kpi.yearly_value = in.yearly_value.value_or(YearlyValue::last);
    store::add(tx.db, kpi);
  }
  ++written.outcome.written;
  ++written.by_province[in.province];
  written.touched.push_back(kpi.kpi_id);
}

const AreaCode& province_of(const ImportedValue& item) {
  return item.province;
}
const AreaCode& province_of(const ImportedKpi& item) {
  return item.kpi.province;
}

}  // namespace

Result<Created<ImportAnswer>> Indicators::preview(Call& call, const Query<ImportQuery>& query,
                                                  const Upload& sheet) {
  if (!call.caller) return errors::sign_in_required;
  const auto* act = act_of(query->kind);
  const auto provinces = authority_.provinces(call, act);
  if (provinces && provinces->empty()) return authority_.decide(call, act, {}).problem();
  auto context = context_of(call, query.value, *areas_.now());
  if (!context.province && provinces && provinces->size() == 1)
    context.province = provinces->front();
  if (context.province) TRY(authority_.decide(call, act, {context.province}));
  context.may_import = [&](const AreaCode& code) { return authority_.may(call, act, {code}); };

  const auto name = query->name ? query->name->text() : std::string();
  auto reading = TRY(database_.snapshot([&](db::Connection& db) -> Result<ImportReading> {
    const auto kpis = provinces && provinces->size() == 1 ? store::kpis_of(db, provinces->front())
                                                          : store::all_kpis(db);
    add_names(context, kpis);
    context.reported = [&](const Kpi& kpi, const KpiPeriod& period) -> std::optional<Decimal> {
      const auto last = store::last_row(db, kpi.province, kpi.kpi_id, period);
      return last && !last->withdrawn ? std::optional(last->value) : std::nullopt;
    };
    SheetReader reader(context);
    documents::ReadOptions options;
    if (query->sheet) options.sheet = query->sheet->text();
    options.limits.file_bytes = import_bytes_max;
    const auto info = TRY(documents::read_sheet(
        sheet.bytes, name, options, [&](const documents::Row& row) { return reader.on_row(row); }));
    auto finished = TRY(reader.finish());
    finished.answer.sheet = info.sheet;
    return finished;
  }));
  auto answer = std::move(reading.answer);
  answer.import_id = ImportId::make(call.now);
  answer.kind = query->kind;
  answer.file_name = name;
  answer.expires_at = call.now.plus_ms(import_kept_ms);
  const auto portions = query->kind == ImportKind::kpi_values
                            ? portions_of(answer.import_id, reading.values)
                            : portions_of(answer.import_id, reading.kpis);
  const store::ImportRow row{answer.import_id,
                             call.caller->person_id,
                             std::string(enum_name(query->kind)),
                             name,
                             digest(sheet.bytes),
                             answer.wrong,
                             to_json(answer),
                             call.now,
                             answer.expires_at,
                             std::nullopt};
  // Not an act: a preview changes no record, and it is forgotten after a day.
  bool too_many = false;
  database_.write([&](db::Connection& db) {
    store::forget_expired(db, call.now);
    too_many = store::imports_waiting(db, call.caller->person_id) >= imports_waiting_max;
    if (too_many) return true;
    store::add(db, row);
    for (const auto& portion : portions) store::add(db, portion);
    return true;
  });
  if (too_many)
    return Problem(
        errors::too_many_requests, "ท่านมีแฟ้มที่รอยืนยันครบ 20 แฟ้มแล้ว โปรดยืนยันหรือรอให้หมดอายุ",
        "Twenty of your sheets wait to be confirmed. Confirm them or wait until they expire.");
  return Created<ImportAnswer>{std::move(answer)};
}

Result<store::ImportRow> Indicators::own_import(db::Connection& db, const Call& call,
                                                const ImportId& id) const {
  if (!call.caller) return errors::sign_in_required;
  const auto found = store::import(db, id);
  // Somebody else's sheet is nobody's business, nor is that it exists.
  if (!found || found->person_id != call.caller->person_id || found->expires_at < call.now)
    return Problem(errors::not_found, "ไม่พบแฟ้มนี้ หรือหมดอายุแล้ว (เก็บไว้ 24 ชั่วโมง) โปรดส่งใหม่",
                   "There is no such sheet, or it has expired (after 24 hours). Send it again.");
  return *found;
}

Result<ImportAnswer> Indicators::get_import(Call& call, const Path<ImportPath>& path) {
  const auto row = TRY(
      database_.read([&](db::Connection& db) { return own_import(db, call, path->import_id); }));
  auto answer = TRY(read_json<ImportAnswer>(row.preview));
  if (row.confirmed_at) answer.state = ImportState::confirmed;
  return answer;
}

Result<std::optional<PortionOutcome>> Indicators::outcome_of(const ImportId& id,
                                                             std::int64_t number) const {
  const auto portion =
      database_.read([&](db::Connection& db) { return store::portion(db, id, number); });
  if (!portion || !portion->outcome) return std::optional<PortionOutcome>();
  return std::optional(TRY(read_json<PortionOutcome>(*portion->outcome)));
}

Result<PortionOutcome> Indicators::write_portion(const Call& call, const store::ImportRow& import,
                                                 std::int64_t number) {
  const auto kind = *enum_value<ImportKind>(import.kind);
  const auto write_items = [&](Tx& tx, const auto& items,
                               const std::string& content) -> Result<PortionOutcome> {
    std::map<AreaCode, authority::Permit> permits;
    for (const auto& item : items) {
      const auto& province = province_of(item);
      if (!permits.contains(province))
        permits[province] = TRY(authority_.decide(call, act_of(kind), {province}));
    }
    Written written;
    for (const auto& item : items) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(item)>, ImportedValue>)
        write(tx, item, permits[item.province].office_id, call.now, written);
      else
        write(tx, item, call.now, written);
    }
    for (const auto& [province, permit] : permits)
      tx.record(
          {.subject_kind = "kpi_import",
           .subject_id = import.import_id.text(),
           .province = province,
           .office_id = permit.office_id,
           .authority = permit.chain(),
           .change = {to_json(PortionChange{import.import_id, import.digest, number,
                                            written.by_province[province], digest(content)})}});
    store::set_outcome(tx.db, {import.import_id, number, {}, to_json(written.outcome)});
    tell_boards(tx, std::move(written.touched));
    return std::move(written.outcome);
  };
  if (auto known = TRY(outcome_of(import.import_id, number))) return *known;
  auto written =
      acts_.run<PortionOutcome>(call, act_of(kind), [&](Tx& tx) -> Result<PortionOutcome> {
        const auto portion = store::portion(tx.db, import.import_id, number);
        if (!portion || portion->outcome) return errors::conflict;
        if (kind == ImportKind::kpi_values)
          return write_items(tx, TRY(read_json<std::vector<ImportedValue>>(portion->content)),
                             portion->content);
        return write_items(tx, TRY(read_json<std::vector<ImportedKpi>>(portion->content)),
                           portion->content);
      });
  if (written.ok() || !written.problem().is(errors::conflict)) return written;
  // The same sheet was confirmed at the same moment by another request: its outcome is ours.
  if (auto known = TRY(outcome_of(import.import_id, number))) return *known;
  return written;
}

Result<ImportOutcome> Indicators::confirm(Call& call, const Path<ImportPath>& path,
                                          const ConfirmImport& in) {
  const auto [import, portions] = TRY(database_.snapshot(
      [&](db::Connection& db) -> Result<std::pair<store::ImportRow, std::int64_t>> {
        auto row = TRY(own_import(db, call, path->import_id));
        return std::pair(std::move(row), store::portion_count(db, path->import_id));
      }));
  if (import.wrong > 0 && !in.skip_wrong.value_or(false))
    return Problem(
        errors::wrong_state,
        "ยังมีช่องที่ผิด " + std::to_string(import.wrong) +
            " ช่อง โปรดแก้แฟ้มแล้วส่งใหม่ หรือยืนยันโดยข้ามช่องที่ผิด (skip_wrong)",
        std::to_string(import.wrong) +
            " cells are wrong. Correct the sheet and send it again, or confirm with skip_wrong.");
  // Each portion is an act of its own and knows whether it was written: what a crash or a repeated
  // call finds done stays done. So the answer needs no Idempotency-Key.
  auto each_call = call;
  each_call.idempotency_key.clear();
  ImportOutcome outcome;
  outcome.import_id = path->import_id;
  outcome.skipped = import.wrong;
  for (std::int64_t number = 0; number < portions; ++number) {
    auto part = TRY(write_portion(each_call, import, number));
    outcome.written += part.written;
    outcome.unchanged += part.unchanged;
    for (auto& refused : part.refused)
      if (outcome.refused.size() < wrong_cells_max) outcome.refused.push_back(std::move(refused));
  }
  if (!import.confirmed_at)
    database_.write([&](db::Connection& db) {  // not an act: the portions were
      store::confirm(db, path->import_id, call.now);
      return true;
    });
  return outcome;
}

}  // namespace changwat::indicators
