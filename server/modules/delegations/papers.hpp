#pragma once
// What the papers of an order say: pure, from the templates and what is known of the order.

#include <optional>
#include <string>
#include <vector>

#include "modules/delegations/model.hpp"

namespace changwat::delegations {

struct Signer {
  std::string name_th;
  bool acting = false;
};

struct PaperFacts {
  const OrderContent& content;
  std::string province_th;
  std::optional<ProjectSummary> project;
  std::string funding_th;  // of the project, in the words of the law
  std::optional<OfficeRow> grantor;
  std::optional<OfficeRow> delegate;
  std::vector<OrderPower> powers;
  std::optional<Date> signed_on;  // none: a draft
  std::optional<Signer> signer;
};

Filling filling_of(const PaperFacts& facts);
paper::Order order_paper(const KindRow& kind, const PaperFacts& facts);
paper::Letter letter_paper(const LetterWording& letter, const PaperFacts& facts);

// The order by which the grants were made, as the register of grants names it:
// "คำสั่งจังหวัดราชบุรี ที่ 12/2570 ลงวันที่ 25 พฤศจิกายน 2569".
Text<1, 200> document_of(const KindRow& kind, const PaperFacts& facts);

}  // namespace changwat::delegations
