CREATE TABLE "batch_findings" (
	"batch_id" uuid NOT NULL,
	"run" integer NOT NULL,
	"seq" integer NOT NULL,
	"status" text NOT NULL,
	"problem" jsonb,
	"total" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "batch_findings_batch_id_run_seq_pk" PRIMARY KEY("batch_id","run","seq")
);
--> statement-breakpoint
CREATE TABLE "batch_verifications" (
	"batch_id" uuid NOT NULL,
	"run" integer NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handed_over_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"reason" jsonb,
	CONSTRAINT "batch_verifications_batch_id_run_pk" PRIMARY KEY("batch_id","run")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"state" text NOT NULL,
	"account" text NOT NULL,
	"environment" text NOT NULL,
	"identity" jsonb,
	"sealed" "bytea",
	"former_sealed" "bytea",
	"key_id" text,
	"access_expires_at" timestamp with time zone,
	"refresh_expires_at" timestamp with time zone,
	"renewed_at" timestamp with time zone,
	"grant_version" integer DEFAULT 0 NOT NULL,
	"lost" jsonb,
	"chart" jsonb,
	"chart_version" integer DEFAULT 0 NOT NULL,
	"chart_read_at" timestamp with time zone,
	"account_ids" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"connected_at" timestamp with time zone DEFAULT now() NOT NULL,
	"connected_by" text NOT NULL,
	"warned_days" smallint
);
--> statement-breakpoint
CREATE TABLE "oauth_states" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"key_id" text NOT NULL,
	"actor" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_buckets" (
	"connection_id" uuid NOT NULL,
	"bucket" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"ahead" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "rate_buckets_connection_id_bucket_pk" PRIMARY KEY("connection_id","bucket")
);
--> statement-breakpoint
CREATE TABLE "rate_pauses" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_permits" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"bucket" text NOT NULL,
	"held_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "batch_verifications_one_running" ON "batch_verifications" USING btree ("batch_id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "batch_verifications_not_handed_over" ON "batch_verifications" USING btree ("started_at") WHERE handed_over_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_one_per_books" ON "connections" USING btree ("target","environment","account") WHERE state <> 'disconnected';--> statement-breakpoint
CREATE INDEX "connections_by_renewal" ON "connections" USING btree ("renewed_at") WHERE state = 'connected';--> statement-breakpoint
CREATE INDEX "rate_permits_by_end" ON "rate_permits" USING btree ("connection_id","bucket","held_until");