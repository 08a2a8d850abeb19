CREATE TABLE "check_causes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"concerns_all" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_checks" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"settings_version" integer,
	"chart_version" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp with time zone,
	"took_ms" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "open_checks_company_id_target_pk" PRIMARY KEY("company_id","target")
);
--> statement-breakpoint
CREATE INDEX "check_causes_by_company" ON "check_causes" USING btree ("company_id","target");--> statement-breakpoint
-- Who is who decides about any document of the company, so a check from before knows less. In the database, because many statements write it.
CREATE FUNCTION "names_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "check_causes" ("company_id", "target", "concerns_all") SELECT DISTINCT "company_id", "target", true FROM changed;
  RETURN NULL;
END $$;--> statement-breakpoint
-- Each look-up writes when a name was read. That alone changes nothing.
CREATE FUNCTION "book_names_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "check_causes" ("company_id", "target", "concerns_all") SELECT DISTINCT "company_id", "target", true FROM (
    SELECT "company_id", "target", "kind", "external_id", "name", "active", "gone", "income_account", "currency" FROM changed
    EXCEPT SELECT "company_id", "target", "kind", "external_id", "name", "active", "gone", "income_account", "currency" FROM former) n;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "links_insert_is_checked" AFTER INSERT ON "links" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "links_update_is_checked" AFTER UPDATE ON "links" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "links_delete_is_checked" AFTER DELETE ON "links" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "link_intents_insert_is_checked" AFTER INSERT ON "link_intents" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "link_intents_update_is_checked" AFTER UPDATE ON "link_intents" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "link_intents_delete_is_checked" AFTER DELETE ON "link_intents" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "name_merges_insert_is_checked" AFTER INSERT ON "name_merges" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "name_merges_update_is_checked" AFTER UPDATE ON "name_merges" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "name_merges_delete_is_checked" AFTER DELETE ON "name_merges" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "book_names_insert_is_checked" AFTER INSERT ON "book_names" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();--> statement-breakpoint
CREATE TRIGGER "book_names_update_is_checked" AFTER UPDATE ON "book_names" REFERENCING OLD TABLE AS former NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "book_names_changed"();--> statement-breakpoint
CREATE TRIGGER "book_names_delete_is_checked" AFTER DELETE ON "book_names" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "names_changed"();
