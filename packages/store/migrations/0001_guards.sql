-- The legal moves of a batch: the same list as BATCH_MOVES in core; a test holds the two together.
CREATE TABLE "batch_moves" (
  "from_state" text NOT NULL,
  "to_state" text NOT NULL,
  CONSTRAINT "batch_moves_pk" PRIMARY KEY ("from_state", "to_state")
);
--> statement-breakpoint
INSERT INTO "batch_moves" ("from_state", "to_state") VALUES
  ('selecting', 'validating'),
  ('selecting', 'empty'),
  ('selecting', 'canceled'),
  ('selecting', 'failed'),
  ('selecting', 'stopped'),
  ('validating', 'exporting'),
  ('validating', 'stopped'),
  ('validating', 'nothing-posted'),
  ('validating', 'canceled'),
  ('validating', 'failed'),
  ('exporting', 'awaiting-approval'),
  ('exporting', 'pushing'),
  ('exporting', 'canceled'),
  ('exporting', 'failed'),
  ('awaiting-approval', 'pushing'),
  ('awaiting-approval', 'declined'),
  ('awaiting-approval', 'lapsed'),
  ('awaiting-approval', 'canceled'),
  ('awaiting-approval', 'failed'),
  ('pushing', 'held'),
  ('pushing', 'recording'),
  ('pushing', 'failed'),
  ('held', 'pushing'),
  ('held', 'recording'),
  ('held', 'failed'),
  ('recording', 'posted'),
  ('recording', 'posted-in-part'),
  ('recording', 'nothing-posted'),
  ('recording', 'canceled'),
  ('recording', 'failed'),
  ('posted', 'undoing'),
  ('posted-in-part', 'undoing'),
  ('canceled', 'undoing'),
  ('failed', 'undoing'),
  ('undoing', 'undone'),
  ('undoing', 'undone-in-part'),
  ('undone-in-part', 'undoing');
--> statement-breakpoint
CREATE FUNCTION refuse_illegal_batch_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'selecting' THEN
      RAISE EXCEPTION 'A batch starts in the state selecting, not in %.', NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'batches_legal_move', TABLE = 'batches';
    END IF;
  ELSIF NOT EXISTS (SELECT FROM batch_moves WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'Batch % can''t move from % to %.', NEW.id, OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'batches_legal_move', TABLE = 'batches';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER batches_first_state BEFORE INSERT ON "batches"
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_batch_move();
--> statement-breakpoint
CREATE TRIGGER batches_legal_move BEFORE UPDATE OF "state" ON "batches"
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_illegal_batch_move();
--> statement-breakpoint
CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The journal is only ever added to.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_append_only', TABLE = 'journal';
END
$$;
--> statement-breakpoint
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change();
--> statement-breakpoint
-- Rows whose state changes a few times soon after they were made: room on the page keeps the new version beside the old.
ALTER TABLE "batch_items" SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
--> statement-breakpoint
-- Small and restless: work comes, is claimed and goes. Its dead rows must not make the lists slow.
ALTER TABLE "open_records" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0.05);
--> statement-breakpoint
ALTER TABLE "batches" SET (fillfactor = 60);
--> statement-breakpoint
-- Files are compressed already: trying again would only cost time.
ALTER TABLE "batch_file_chunks" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
