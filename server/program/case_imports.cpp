#include "program/case_imports.hpp"

#include <algorithm>
#include <functional>
#include <iostream>

#include "platform/auth/encoding.hpp"

#include "modules/service_centre/channels/import_cases.hpp"
#include "modules/service_centre/channels/mail.hpp"

#include "program/must.hpp"

namespace changwat::program {
namespace {

namespace sc = service_centre;

constexpr std::size_t messages_max = 1'000;  // of a Maildir in one run; the rest comes next time

AreaCode area_of(const Application& application, const Import& what, bool district_wanted) {
  const auto& text = what.district.empty() && !district_wanted ? what.province : what.district;
  const auto level = what.district.empty() ? AreaLevel::province : AreaLevel::district;
  const auto code = AreaCode::parse(text);
  if (code && code->level() == level && application.areas.exists(*code)) return *code;
  throw std::runtime_error(district_wanted ? "say with --district CODE which district gets them"
                                           : "say with --district CODE or --province CODE whose "
                                             "cases these are");
}

// Gathers cases into batches of an act's size.
class Batches {
 public:
  explicit Batches(std::function<void(const std::vector<sc::ImportedCase>&)> on_batch)
      : on_batch_(std::move(on_batch)) {}
  void add(sc::ImportedCase&& one) {
    batch_.push_back(std::move(one));
    if (std::ssize(batch_) == sc::import_batch_max) finish();
  }
  void finish() {
    if (!batch_.empty()) on_batch_(batch_);
    batch_.clear();
  }

 private:
  std::function<void(const std::vector<sc::ImportedCase>&)> on_batch_;
  std::vector<sc::ImportedCase> batch_;
};

void tell(const sc::ImportSummary& summary) {
  for (const auto& fault : summary.faults)
    std::cout << fault.pointer << ": " << fault.th << " / " << fault.en << "\n";
  if (summary.wrong_rows > 0)
    std::cout << "rows with a wrong cell, which are left out: " << summary.wrong_rows << "\n";
}

}  // namespace

void import_cases(Application& application, const Settings& settings, const Import& what) {
  auto& centre = application.service_centre;
  const auto call = program_call();
  const auto area = area_of(application, what, false);
  const auto bytes = read_file(what.files.front());
  const auto words =
      must(sc::ImportWords::read(share_text(settings, "data/service_centre/import_words.json")),
           "import_words.json");
  const auto areas = application.areas.now();
  const auto name = what.files.front().filename().string();
  const auto read = [&](Batches& batches) {
    auto summary =
        must(sc::read_cases(bytes, name, *areas, area, centre.book(), words, call.now,
                            [&](sc::ImportedCase&& one) { batches.add(std::move(one)); }));
    batches.finish();
    return summary;
  };
  // Once to look, and once more to write: nothing is written before the whole file was read.
  std::int64_t right = 0;
  Batches looking([&](const auto& batch) { right += std::ssize(batch); });
  const auto summary = read(looking);
  tell(summary);
  std::cout << summary.rows << " rows of layout " << summary.source.text() << ", " << right
            << " right\n";
  if (!what.apply) {
    std::int64_t here = 0;
    Batches comparing([&](const auto& batch) {
      here += std::ssize(centre.known_imports(area.province(), summary.source, batch));
    });
    read(comparing);
    std::cout << here << " are here already\nnothing was written; add --apply to do it\n";
    return;
  }
  const sc::ImportedFile from{summary.source, area, name, auth::hex_encode(auth::sha256(bytes))};
  std::int64_t added = 0;
  Batches writing(
      [&](const auto& batch) { added += must(centre.import_cases(call, from, batch)); });
  read(writing);
  std::cout << added << " new cases, " << right - added << " were here already\ndone\n";
}

// ---- mail

namespace {

bool is_maildir(const std::filesystem::path& path) {
  return std::filesystem::is_directory(path / "new") && std::filesystem::is_directory(path / "cur");
}

std::vector<std::filesystem::path> messages_of(const std::filesystem::path& path) {
  if (!is_maildir(path)) return {path};
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(path / "new"))
    if (entry.is_regular_file() && !entry.is_symlink()) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  if (out.size() > messages_max) out.resize(messages_max);
  return out;
}

// As a reader of mail does: seen, and flagged when somebody has to look at it.
void put_away(const std::filesystem::path& file, bool taken) {
  const auto folder = file.parent_path();
  if (folder.filename() != "new" || !is_maildir(folder.parent_path())) return;
  std::filesystem::rename(
      file, folder.parent_path() / "cur" / (file.filename().string() + (taken ? ":2,S" : ":2,FS")));
}

// What became of it, for the person at the command; a sender is not told here.
std::string take(Application& application, const std::filesystem::path& file,
                 const AreaCode& district, bool apply, bool& taken) {
  taken = false;
  if (std::filesystem::file_size(file) > mail::Limits().bytes) return "too large";
  const auto bytes = read_file(file);
  const auto message = mail::read_message(bytes);
  if (!message.ok()) return std::string(message.problem().kind->en);
  if (message->automatic) return "not taken: an automatic answer";
  const auto in = sc::mail_case(*message, bytes, district, application.service_centre.book());
  taken = true;
  if (!apply) return "“" + in.in.title.text() + "”, " + std::to_string(in.files.size()) + " files";
  const auto made = application.service_centre.receive(program_call(), in);
  taken = made.ok();
  return made.ok() ? "case " + made->number.text() : std::string(made.problem().kind->en);
}

}  // namespace

void import_mail(Application& application, const Import& what) {
  const auto district = area_of(application, what, true);
  std::int64_t count = 0, good = 0;
  for (const auto& path : what.files) {
    const auto files = messages_of(path);
    for (const auto& file : files) {
      bool taken = false;
      std::cout << file.filename().string() << ": "
                << take(application, file, district, what.apply, taken) << "\n";
      if (what.apply) put_away(file, taken);
      ++count;
      good += taken;
    }
  }
  std::cout << count << " messages read, " << good << (what.apply ? " taken" : " to be taken")
            << "\n";
  std::cout << (what.apply ? "done\n" : "nothing was written; add --apply to do it\n");
}

int outbox(const Settings& settings, const std::string& source) {
  Application application(settings);
  const auto key = Key::parse(source);
  if (!key) throw std::runtime_error("say which channel: line or mail");
  const auto messages = application.service_centre.to_be_sent(*key, 200);
  for (const auto& message : messages) std::cout << to_json(message) << "\n";
  return 0;
}

int settle_outbox(const Settings& settings, const std::string& id, bool failed) {
  Application application(settings);
  const auto message = sc::OutboxId::parse(id);
  const auto state = failed ? sc::OutboxState::failed : sc::OutboxState::sent;
  if (!message || !application.service_centre.settle(*message, state, clock_now()))
    throw std::runtime_error("no message of this id waits to be sent");
  return 0;
}

}  // namespace changwat::program
