#pragma once
// For auditors: does every act of a ledger rest on the authority that it names? From an export and
// the law files alone: replays offices, holdings, grants and their endings, and makes the chain of
// each entry again. Pure; one thread. Whether the export is whole and unchanged is another check
// (ledger/verify.hpp), to be made first.

#include <istream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "modules/authority/decide.hpp"
#include "modules/ledger/model.hpp"

namespace changwat::authority {

struct RecheckFault {
  std::int64_t sequence = 0;  // of the entry
  std::string act;
  std::string code;  // stable
  std::string th;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(RecheckFault, (), (sequence, act, code, th, en))

struct RecheckReport {
  std::int64_t entries = 0;
  std::int64_t holding = 0;         // chains made again and found the same
  std::int64_t without_office = 0;  // acts of the installation, on the own account, by law alone
  std::int64_t older_form = 0;      // of a release whose entries named a row, not a chain
  std::int64_t fault_count = 0;
  std::vector<RecheckFault> faults;  // the first 100
  // Lawful by the record of their day, but that record was withdrawn or changed since: no fault,
  // and for somebody to look at.
  std::int64_t relied_count = 0;
  std::vector<RecheckFault> relied;  // the first 100, in the order of the ledger
};
BOOST_DESCRIBE_STRUCT(RecheckReport, (),
                      (entries, holding, without_office, older_form, fault_count, faults,
                       relied_count, relied))

class Recheck {
 public:
  // Each the law of some time; entries name theirs by its digest.
  explicit Recheck(std::vector<Law> laws);

  // In the order of the ledger.
  void take(const ledger::Entry& entry);
  RecheckReport finish();

 private:
  struct LawOfDay {
    explicit LawOfDay(Law read) : law(std::move(read)), book(law) {}
    Law law;
    GrantBook book;
  };
  struct Use {  // an act whose actor held the office by this holding, as it stood then
    std::int64_t sequence = 0;
    std::string act;
    Date on;
  };
  struct Holding {
    std::string office_id;
    std::string person_id;
    bool acting = false;
    Date from_date;
    std::optional<Date> to_date;
    bool withdrawn = false;
    std::vector<Use> uses;

    bool stands(Date on) const {
      return !withdrawn && from_date <= on && (!to_date || on <= *to_date);
    }
  };

  void learn_office(const ledger::Entry& entry);
  void learn_holding(const ledger::Entry& entry);
  void check(const ledger::Entry& entry);
  // The faults of a chain, empty if it can be made again just so.
  std::string fault_of(const ledger::Entry& entry, const Chain& chain);
  std::string fault_of_grant(const ledger::Entry& entry, const Chain& chain);
  void end_grant(const ledger::Entry& entry, const GrantEnd& end);
  // The holding as the ledger has it so far; nullptr if there is none on that day.
  Holding* held(std::string_view person, std::string_view office, Date on);
  void name_reliance(const Holding& holding);
  const Offices& offices();
  void fault(const ledger::Entry& entry, std::string_view code);

  std::vector<std::unique_ptr<LawOfDay>> laws_;
  std::vector<OfficeRow> office_rows_;
  std::unique_ptr<Offices> offices_;  // of office_rows_; none: to be made
  std::map<std::string, std::map<std::string, Holding>, std::less<>> holdings_;  // by office, id
  std::map<GrantId, Grant> grants_;
  RecheckReport report_;
};

// Reads the lines of an export; what is no entry is passed over.
RecheckReport recheck_export(std::istream& in, std::vector<Law> laws);

}  // namespace changwat::authority
