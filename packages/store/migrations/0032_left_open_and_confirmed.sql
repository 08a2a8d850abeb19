-- What a payment left unapplied in the books, in minor units. A function, because an index needs one expression for it.
CREATE FUNCTION "unapplied_of"(amount bigint, facts jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT amount - coalesce((SELECT sum((part ->> 'amount')::bigint) FROM jsonb_array_elements(facts -> 'applied') part), 0)
$$;--> statement-breakpoint
CREATE TABLE "open_verdicts" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"type" text NOT NULL,
	"id" text NOT NULL,
	"revision" bigint NOT NULL,
	"settings_version" integer NOT NULL,
	"problem" jsonb NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "open_verdicts_company_id_target_type_id_pk" PRIMARY KEY("company_id","target","type","id")
);
--> statement-breakpoint
ALTER TABLE "notice_settings" ADD COLUMN "confirming" text;--> statement-breakpoint
CREATE INDEX "postings_unapplied" ON "postings" USING btree ("company_id","target","posted_at") WHERE standing and kind = 'payment' and batch_id is not null and unapplied_of(amount, facts) > 0;--> statement-breakpoint
CREATE INDEX "postings_of_refunds" ON "postings" USING btree ("company_id","target","posted_at") WHERE standing and kind = 'journal' and batch_id is not null;