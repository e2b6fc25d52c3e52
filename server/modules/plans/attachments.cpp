// Files of requests: sent and removed while the request is written or its dossier completed.

#include "platform/documents/attachments.hpp"

#include "platform/auth/encoding.hpp"
#include "platform/http/attachment.hpp"

#include "modules/plans/plans.hpp"
#include "modules/plans/store.hpp"

namespace changwat::plans {
namespace {

struct ChangeFileChanged {
  Key key;
  std::string sha256;  // empty: removed
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ChangeFileChanged, (), (key, sha256, bytes))

std::vector<documents::Attached> attached(const std::vector<ChangeFile>& files) {
  std::vector<documents::Attached> out;
  for (const auto& file : files) out.push_back({file.key, file.bytes});
  return out;
}

}  // namespace

Result<Change> Plans::put_file(Call& call, const Path<ChangeFilePath>& path,
                               const Query<ChangeFileQuery>& query, const Upload& upload) {
  const auto digest = auth::hex_encode(auth::sha256(upload.bytes));  // outside of the act
  return acts_.run<Change>(call, "change.attach", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.edit"));
    const auto name = query->name.value_or(*Text<1, 200>::parse(path->key.text()));
    if (!documents::plain_name(name.text()))
      return Problem(
          {{"?name", "wrong_value", "ชื่อไฟล์ต้องไม่มีเครื่องหมาย / \\ \"", "must be a plain file name"}});
    TRY(documents::acceptable(upload.bytes, upload.media_type, path->key,
                              attached(store::files(tx.db, path->change_id))));
    std::string office_th;
    for (const auto& office : call.caller->offices)
      if (office.office_id == step.permit.office_id) office_th = office.title_th;
    const store::FileRow file{path->change_id,
                              path->key,
                              name,
                              static_cast<std::int64_t>(upload.bytes.size()),
                              upload.media_type,
                              digest,
                              call.now,
                              office_th,
                              {std::string(upload.bytes)}};
    store::put(tx.db, file);
    return finish(tx, call, "change.attach", step, step.row, name.text(),
                  {to_json(ChangeFileChanged{file.key, file.sha256, file.bytes})});
  });
}

Result<Done> Plans::remove_file(Call& call, const Path<ChangeFilePath>& path) {
  return acts_.run<Done>(call, "change.detach", [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.edit"));
    if (!store::remove_file(tx.db, path->change_id, path->key)) return errors::not_found;
    finish(tx, call, "change.detach", step, step.row, path->key.text(),
           {to_json(ChangeFileChanged{path->key, "", 0})});
    return Done{};
  });
}

Result<http::Response> Plans::get_file(Call& call, const Path<ChangeFilePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<http::Response> {
    TRY(readable(db, call, path->change_id));
    auto file = store::file(db, path->change_id, path->key);
    if (!file) return errors::not_found;
    return http::attachment(
        file->media_type,
        documents::content_disposition(file->key, file->name.text(), file->media_type),
        std::move(file->content.bytes));
  });
}

}  // namespace changwat::plans
