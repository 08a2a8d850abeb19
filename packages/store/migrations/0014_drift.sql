CREATE TABLE "drift_looks" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"account" text DEFAULT '' NOT NULL,
	"through" timestamp with time zone,
	"wanted_at" timestamp with time zone,
	"wanted_by" text,
	"handed_over_at" timestamp with time zone,
	"state" text,
	"began_by" text,
	"began_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"reason" jsonb,
	"looked" integer DEFAULT 0 NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"postponed" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drifts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"type" text NOT NULL,
	"record_id" text NOT NULL,
	"posting_id" bigint NOT NULL,
	"batch_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"status" text NOT NULL,
	"problem" jsonb NOT NULL,
	"there" jsonb,
	"total" bigint,
	"found_by" text NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_notices" (
	"target" text NOT NULL,
	"id" text NOT NULL,
	"heard_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_notices_target_id_pk" PRIMARY KEY("target","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "drift_looks_by_company" ON "drift_looks" USING btree ("company_id","target");--> statement-breakpoint
CREATE INDEX "drift_looks_wanted" ON "drift_looks" USING btree ("wanted_at") WHERE wanted_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "drifts_one_open" ON "drifts" USING btree ("posting_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "drifts_by_posting" ON "drifts" USING btree ("posting_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "drifts_by_company" ON "drifts" USING btree ("company_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "drifts_open" ON "drifts" USING btree ("company_id","id" DESC NULLS LAST) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "drifts_by_batch" ON "drifts" USING btree ("batch_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "webhook_notices_by_age" ON "webhook_notices" USING btree ("heard_at");--> statement-breakpoint
CREATE INDEX "postings_by_external" ON "postings" USING btree ((facts ->> 'externalId'),"company_id","target") WHERE standing;