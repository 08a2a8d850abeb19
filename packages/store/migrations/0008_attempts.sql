CREATE TABLE "batch_attempts" (
	"request_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"traces" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "batch_attempts_request_id_attempt_pk" PRIMARY KEY("request_id","attempt")
);
--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "receipt" jsonb;--> statement-breakpoint
CREATE INDEX "batch_calls_by_batch" ON "batch_calls" USING btree ("batch_id");