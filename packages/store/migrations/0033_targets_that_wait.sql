CREATE TABLE "oauth_offers" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"key_id" text,
	"person_id" text,
	"actor" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"sealed_with" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_days" (
	"scope" text NOT NULL,
	"bucket" text NOT NULL,
	"day" date NOT NULL,
	"used" bigint NOT NULL,
	CONSTRAINT "rate_days_scope_bucket_day_pk" PRIMARY KEY("scope","bucket","day")
);
--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "waiting" jsonb;--> statement-breakpoint
ALTER TABLE "batch_calls" ADD COLUMN "tickets" jsonb;--> statement-breakpoint
ALTER TABLE "batch_calls" ADD COLUMN "ask_at" timestamp with time zone;