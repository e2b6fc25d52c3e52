#pragma once
// The SQL of delegations: tables delegation_order, and those that belong to it.

#include <optional>
#include <string>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/delegations/model.hpp"

namespace changwat::delegations::store {

// What a caller may see: all orders of these provinces (none: of all), and those that name one of
// these offices; as delegate only once they are signed.
struct Seen {
  std::optional<std::vector<AreaCode>> provinces;
  std::vector<std::string> offices;
};

std::optional<OrderRow> order(db::Connection& db, const OrderId& id);
// The newest first, one more than the limit.
std::vector<OrderRow> orders(db::Connection& db, const OrderQuery& query, const Seen& seen);
// Signed orders on a project that nobody ended, without one.
std::vector<OrderRow> issued_on(db::Connection& db, const ProjectId& project,
                                const OrderId& without);
// Whether an office signed an order of this number.
bool number_taken(db::Connection& db, const OfficeRef& grantor, std::string_view number,
                  const OrderId& without);
void add(db::Connection& db, const OrderRow& order);
void change(db::Connection& db, const OrderRow& order);

std::vector<OrderGrant> grants(db::Connection& db, const OrderId& id);
void add(db::Connection& db, const OrderGrant& grant);
// Of all orders of a province, by grant.
std::vector<OrderGrant> grants_of_province(db::Connection& db, const AreaCode& province);

std::vector<OrderUse> uses(db::Connection& db, const OrderId& id);  // the oldest first
Satang used(db::Connection& db, const OrderId& id);                 // their sum
bool was_used(db::Connection& db, const OrderId& id);
void add(db::Connection& db, OrderUse use);  // gives it its position

std::vector<OrderStep> steps(db::Connection& db, const OrderId& id);  // the oldest first
void add(db::Connection& db, OrderStep step);                         // gives it its position

struct PaperRow {
  OrderId order_id;
  Key file;
  std::string content;  // JSON of what paper.hpp prints
  std::string sha256;
};
BOOST_DESCRIBE_STRUCT(PaperRow, (), (order_id, file, content, sha256))
std::optional<PaperRow> paper(db::Connection& db, const OrderId& id, const Key& file);
void add(db::Connection& db, const PaperRow& paper);

}  // namespace changwat::delegations::store
