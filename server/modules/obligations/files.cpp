// Proofs as files: sent once, never replaced and never removed.

#include "platform/auth/encoding.hpp"
#include "platform/documents/attachments.hpp"
#include "platform/http/attachment.hpp"

#include "modules/obligations/obligations.hpp"
#include "modules/obligations/rules.hpp"
#include "modules/obligations/steps.hpp"
#include "modules/obligations/store.hpp"

namespace changwat::obligations {
namespace {

struct ProofFileAdded {
  Key key;
  std::string sha256;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ProofFileAdded, (), (key, sha256, bytes))

std::vector<documents::Attached> attached(const std::vector<ObligationFile>& files) {
  std::vector<documents::Attached> out;
  for (const auto& file : files) out.push_back({file.key, file.bytes});
  return out;
}

Result<Done> not_there_yet(const std::vector<ObligationFile>& files, const Key& key) {
  for (const auto& file : files)
    if (file.key == key)
      return Problem(errors::conflict, "มีไฟล์รหัสนี้แล้ว หลักฐานที่ส่งแล้วแทนที่ไม่ได้",
                     "There is a file with this key; a proof is never replaced.");
  return Done{};
}

}  // namespace

Result<ObligationDetail> Obligations::put_file(Call& call, const Path<ObligationFilePath>& path,
                                               const Query<ObligationFileQuery>& query,
                                               const Upload& upload) {
  const auto digest = auth::hex_encode(auth::sha256(upload.bytes));  // outside of the act
  return acts_.run<ObligationDetail>(
      call, "obligation.attach", [&](Tx& tx) -> Result<ObligationDetail> {
        auto [row, permit] = TRY(begin(tx.db, call, path->obligation_id, "obligation.prove"));
        if (row.state == State::released) return wrong_state(row.state);
        const auto name = query->name.value_or(*Text<1, 200>::parse(path->key.text()));
        if (!documents::plain_name(name.text()))
          return Problem({{"?name", "wrong_value", "ชื่อไฟล์ต้องไม่มีเครื่องหมาย / \\ \"",
                           "must be a plain file name"}});
        const auto present = store::files(tx.db, path->obligation_id);
        TRY(not_there_yet(present, path->key));
        TRY(documents::acceptable(upload.bytes, upload.media_type, path->key, attached(present)));
        auto step = step_of(call, &permit, row, "obligation.attach", name);
        const store::FileRow file{path->obligation_id,
                                  path->key,
                                  name,
                                  static_cast<std::int64_t>(upload.bytes.size()),
                                  upload.media_type,
                                  digest,
                                  call.now,
                                  step.office_th,
                                  {std::string(upload.bytes)}};
        store::add(tx.db, file);
        finish(tx, call, &permit, row, std::move(step),
               to_json(ProofFileAdded{file.key, file.sha256, file.bytes}));
        return view(tx.db, std::move(row), call.now.bangkok_date());
      });
}

Result<http::Response> Obligations::get_file(Call& call, const Path<ObligationFilePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<http::Response> {
    TRY(readable(db, call, path->obligation_id));
    auto file = store::file(db, path->obligation_id, path->key);
    if (!file) return errors::not_found;
    return http::attachment(
        file->media_type,
        documents::content_disposition(file->key, file->name.text(), file->media_type),
        std::move(file->content.bytes));
  });
}

}  // namespace changwat::obligations
