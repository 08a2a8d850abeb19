-- Nothing is moved: what a release before noted in import_changes is undone from there.
CREATE TABLE "import_additions" (
	"import_id" uuid NOT NULL,
	"company_id" text NOT NULL,
	"type" text NOT NULL,
	"first_revision" bigint NOT NULL,
	"last_revision" bigint NOT NULL,
	"ids" text[] NOT NULL,
	"removed" integer,
	CONSTRAINT "import_additions_import_id_type_first_revision_pk" PRIMARY KEY("import_id","type","first_revision")
);
--> statement-breakpoint
-- The condition is always true. Who looks for a record by its id doesn't say it, so no planner reads all records of a company by this
-- index instead, which it did for companies that it had not heard of.
DROP INDEX "records_by_revision";--> statement-breakpoint
-- Absent records are read in the order of their ids, and of a company that brings files most came the same way.
DROP INDEX "records_by_way";--> statement-breakpoint
CREATE INDEX "records_by_revision" ON "records" USING btree ("company_id","revision") WHERE revision > 0;--> statement-breakpoint
CREATE INDEX "records_by_way" ON "records" USING btree ("company_id","type","way") WHERE way <> 'api' and type in ('payment', 'refund');--> statement-breakpoint
-- A worker of a release before knows nothing of additions: it must not call an import undone whose records are still there.
CREATE FUNCTION refuse_half_undo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM import_additions WHERE import_id = NEW.id AND removed IS NULL) THEN
    RAISE EXCEPTION 'Records that import % added are still there.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'imports_undone_whole', TABLE = 'imports';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER imports_undone_whole BEFORE UPDATE OF "state" ON "imports"
  FOR EACH ROW WHEN (NEW.state = 'undone' AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_half_undo();
