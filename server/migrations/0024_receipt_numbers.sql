-- Whether a receipt of a district was entered already.
CREATE INDEX case_payment_by_receipt ON case_payment (province, district, receipt, on_date);
