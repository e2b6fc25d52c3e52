// Files of applications: sent and removed while the application is written, read by those who may
// read it.

#include "platform/documents/attachments.hpp"

#include "platform/auth/encoding.hpp"
#include "platform/http/attachment.hpp"

#include "modules/programme/programme.hpp"
#include "modules/programme/store.hpp"

namespace changwat::programme {
namespace {

struct FileChange {
  Key key;
  std::string sha256;  // empty: removed
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(FileChange, (), (key, sha256, bytes))

std::string pointer_of(const Key& key) {
  return "/files/" + key.text();
}

std::vector<documents::Attached> attached(const std::vector<StoredFile>& files) {
  std::vector<documents::Attached> out;
  for (const auto& file : files) out.push_back({file.key, file.bytes});
  return out;
}

Result<Text<1, 200>> name_of(const Query<FileQuery>& query, const Key& key) {
  if (!query->name) return *Text<1, 200>::parse(key.text());
  if (!documents::plain_name(query->name->text()))
    return Problem(
        {{"?name", "wrong_value", "ชื่อไฟล์ต้องไม่มีเครื่องหมาย / \\ \"", "must be a plain file name"}});
  return *query->name;
}

}  // namespace

Result<Application> Programme::put_file(Call& call, const Path<FilePath>& path,
                                        const Query<FileQuery>& query, const Upload& upload) {
  const auto digest =
      auth::hex_encode(auth::sha256(upload.bytes));  // outside of the act: others wait for it
  return acts_.run<Application>(call, "application.attach", [&](Tx& tx) -> Result<Application> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.edit"));
    const auto name = TRY(name_of(query, path->key));
    TRY(documents::acceptable(upload.bytes, upload.media_type, path->key,
                              attached(store::files(tx.db, path->application_id))));
    const auto& office = office_of(call, step.permit);
    const store::FileRow file{path->application_id,
                              path->key,
                              name,
                              static_cast<std::int64_t>(upload.bytes.size()),
                              upload.media_type,
                              digest,
                              call.now,
                              call.caller->person_id,
                              office.title_th,
                              office.title_en,
                              {std::string(upload.bytes)}};
    store::put(tx.db, file);
    const FileChange change{file.key, file.sha256, file.bytes};
    return finish(tx, call, "application.attach", step, step.row,
                  {{to_json(change)}, {pointer_of(file.key)}, {}});
  });
}

Result<Done> Programme::remove_file(Call& call, const Path<FilePath>& path) {
  return acts_.run<Done>(call, "application.detach", [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.edit"));
    if (!store::remove_file(tx.db, path->application_id, path->key)) return errors::not_found;
    finish(tx, call, "application.detach", step, step.row,
           {{to_json(FileChange{path->key, "", 0})}, {pointer_of(path->key)}, {}});
    return Done{};
  });
}

Result<http::Response> Programme::get_file(Call& call, const Path<FilePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<http::Response> {
    TRY(readable(db, call, path->application_id));
    auto file = store::file(db, path->application_id, path->key);
    if (!file) return errors::not_found;
    return http::attachment(
        file->media_type,
        documents::content_disposition(file->key, file->name.text(), file->media_type),
        std::move(file->content.bytes));
  });
}

}  // namespace changwat::programme
