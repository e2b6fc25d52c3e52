#pragma once
// The SQL of obligations: tables obligation, obligation_step, obligation_file.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/obligations/model.hpp"
#include "modules/obligations/rules.hpp"

namespace changwat::obligations::store {

using Within = std::optional<std::vector<AreaCode>>;  // only these provinces; none: all

std::optional<ObligationRow> obligation(db::Connection& db, const ObligationId& id);
// Of one subject, in the same order.
std::vector<ObligationRow> of_subject(db::Connection& db, const Subject& subject);
// Of several subjects of a kind, the oldest first, of one act by kind.
std::vector<ObligationRow> of_subjects(db::Connection& db, const Key& kind,
                                       const std::vector<SubjectId>& ids);
// What is owed by its last day, then what is owed without one by age, then what waits for its
// proof, then what is done; one more than the limit.
std::vector<ObligationRow> obligations(db::Connection& db, const ObligationQuery& query,
                                       const Within& within, Date today);
// Owed or served, behind an id, in the order of ids.
std::vector<ObligationRow> open(db::Connection& db, const std::optional<ObligationId>& behind,
                                const Within& within, std::int64_t limit);
std::int64_t overdue(db::Connection& db, const AreaCode& province, const Key& subject_kind,
                     Date today);
void add(db::Connection& db, const ObligationRow& row);
void change(db::Connection& db, const ObligationRow& row);

std::vector<ObligationStep> steps(db::Connection& db, const ObligationId& id);  // the oldest first
void add(db::Connection& db, ObligationStep step);  // gives it its position

std::vector<Course> courses(db::Connection& db, const std::optional<AreaCode>& province);

struct FileRow {
  ObligationId obligation_id;
  Key key;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;
  Instant uploaded_at;
  std::string office_th;
  db::Blob content;
};
BOOST_DESCRIBE_STRUCT(FileRow, (),
                      (obligation_id, key, name, bytes, media_type, sha256, uploaded_at, office_th,
                       content))

std::vector<ObligationFile> files(db::Connection& db, const ObligationId& id);  // without content
std::optional<FileRow> file(db::Connection& db, const ObligationId& id, const Key& key);
void add(db::Connection& db, const FileRow& file);

}  // namespace changwat::obligations::store
