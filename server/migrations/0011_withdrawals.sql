-- A value that should not stand is withdrawn by a row of its own, which names it and says why.
ALTER TABLE kpi_value ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT FALSE;

-- What was invented for the demonstration is marked, also where it was recorded before there was a
-- mark: by the words that the demonstration has always put beside the chair.
ALTER TABLE meeting ADD COLUMN demonstration BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE resolution ADD COLUMN demonstration BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE meeting SET demonstration = TRUE
  WHERE chair_title_en = 'Chair of the sub-committee (demonstration)';
UPDATE resolution SET demonstration = TRUE
  WHERE meeting_id IN (SELECT meeting_id FROM meeting WHERE demonstration);
