CREATE SEQUENCE "public"."record_revision" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "allocations" (
	"company_id" text NOT NULL,
	"payment_id" text NOT NULL,
	"invoice_id" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "allocations_company_id_payment_id_invoice_id_pk" PRIMARY KEY("company_id","payment_id","invoice_id")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"company_id" text,
	"name" text NOT NULL,
	"roles" jsonb NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "batch_calls" (
	"request_id" text PRIMARY KEY NOT NULL,
	"batch_id" uuid NOT NULL,
	"stage" smallint NOT NULL,
	"seqs" jsonb NOT NULL,
	"body" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "batch_documents" (
	"batch_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"document" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "batch_documents_batch_id_seq_pk" PRIMARY KEY("batch_id","seq")
);
--> statement-breakpoint
CREATE TABLE "batch_file_chunks" (
	"render" uuid NOT NULL,
	"ordinal" smallint NOT NULL,
	"chunk" integer NOT NULL,
	"batch_id" uuid NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "batch_file_chunks_render_ordinal_chunk_pk" PRIMARY KEY("render","ordinal","chunk")
);
--> statement-breakpoint
CREATE TABLE "batch_files" (
	"batch_id" uuid NOT NULL,
	"ordinal" smallint NOT NULL,
	"render" uuid NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"download" boolean NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"rows" integer NOT NULL,
	"documents" integer NOT NULL,
	CONSTRAINT "batch_files_batch_id_ordinal_pk" PRIMARY KEY("batch_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "batch_items" (
	"batch_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"type" text NOT NULL,
	"record_id" text NOT NULL,
	"operation" text NOT NULL,
	"kind" text NOT NULL,
	"stage" smallint NOT NULL,
	"state" text NOT NULL,
	"claimed" boolean NOT NULL,
	"number" text DEFAULT '' NOT NULL,
	"customer_id" text,
	"amount" bigint NOT NULL,
	"content_hash" text NOT NULL,
	"problems" jsonb,
	"key" text,
	"external_id" text,
	"external_version" text,
	"target_total" bigint,
	CONSTRAINT "batch_items_batch_id_seq_pk" PRIMARY KEY("batch_id","seq")
);
--> statement-breakpoint
CREATE TABLE "batch_names" (
	"batch_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"account" text DEFAULT '' NOT NULL,
	"external_id" text,
	"problem" jsonb,
	"details" jsonb,
	CONSTRAINT "batch_names_batch_id_kind_name_account_pk" PRIMARY KEY("batch_id","kind","name","account")
);
--> statement-breakpoint
CREATE TABLE "batch_payloads" (
	"batch_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"payload" jsonb NOT NULL,
	"payload_hash" text NOT NULL,
	CONSTRAINT "batch_payloads_batch_id_seq_pk" PRIMARY KEY("batch_id","seq")
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"selection" jsonb NOT NULL,
	"acknowledged" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"settings_version" integer NOT NULL,
	"connection_id" uuid NOT NULL,
	"plan" jsonb,
	"digest" text,
	"retry_of" uuid,
	"idempotency_key" text,
	"progress" jsonb NOT NULL,
	"totals" jsonb,
	"reason" jsonb,
	"fence" integer DEFAULT 0 NOT NULL,
	"cancel_requested_by" text,
	"undo_count" integer DEFAULT 0 NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handed_over_at" timestamp with time zone,
	"approved_by" text,
	"ended_at" timestamp with time zone,
	"confirmed_by" text,
	"confirmed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "company_targets" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"delivery" text NOT NULL,
	"settings" jsonb NOT NULL,
	"settings_version" integer DEFAULT 1 NOT NULL,
	"connection_id" uuid NOT NULL,
	"enabled_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "company_targets_company_id_target_pk" PRIMARY KEY("company_id","target")
);
--> statement-breakpoint
CREATE TABLE "generations" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"type" text NOT NULL,
	"id" text NOT NULL,
	"generation" integer NOT NULL,
	CONSTRAINT "generations_company_id_target_type_id_pk" PRIMARY KEY("company_id","target","type","id")
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"company_id" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"act" text NOT NULL,
	"subject" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_records" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"type" text NOT NULL,
	"id" text NOT NULL,
	"list" text NOT NULL,
	"readiness" text NOT NULL,
	"operation" text,
	"reason" text,
	"date" date NOT NULL,
	"department_id" text,
	"customer_id" text,
	"number" text DEFAULT '' NOT NULL,
	"amount" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"claimed_by" uuid,
	CONSTRAINT "open_records_company_id_target_type_id_pk" PRIMARY KEY("company_id","target","type","id")
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"type" text NOT NULL,
	"record_id" text NOT NULL,
	"standing" boolean NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"amount" bigint NOT NULL,
	"facts" jsonb NOT NULL,
	"batch_id" uuid,
	"seq" integer,
	"supersedes" bigint,
	"posted_by" text NOT NULL,
	"posted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "records" (
	"company_id" text NOT NULL,
	"type" text NOT NULL,
	"id" text NOT NULL,
	"content" jsonb NOT NULL,
	"record_hash" text NOT NULL,
	"content_hash" text NOT NULL,
	"revision" bigint DEFAULT nextval('record_revision') NOT NULL,
	"customer_id" text,
	"parent_id" text,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "records_company_id_type_id_pk" PRIMARY KEY("company_id","type","id")
);
--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_targets" ADD CONSTRAINT "company_targets_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "allocations_by_invoice" ON "allocations" USING btree ("company_id","invoice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_secret" ON "api_keys" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "batch_calls_unsettled" ON "batch_calls" USING btree ("batch_id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "batch_file_chunks_by_batch" ON "batch_file_chunks" USING btree ("batch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "batch_items_claim" ON "batch_items" USING btree ("company_id","target","type","record_id") WHERE claimed;--> statement-breakpoint
CREATE INDEX "batch_items_by_record" ON "batch_items" USING btree ("company_id","type","record_id");--> statement-breakpoint
CREATE UNIQUE INDEX "batches_name" ON "batches" USING btree ("company_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "batches_idempotency" ON "batches" USING btree ("company_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "batches_one_open" ON "batches" USING btree ("company_id","target") WHERE state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held', 'recording', 'undoing');--> statement-breakpoint
CREATE INDEX "batches_by_company" ON "batches" USING btree ("company_id","started_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "batches_not_handed_over" ON "batches" USING btree ("started_at") WHERE handed_over_at is null;--> statement-breakpoint
CREATE INDEX "journal_by_company" ON "journal" USING btree ("company_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "journal_by_subject" ON "journal" USING btree ("subject","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "open_records_by_date" ON "open_records" USING btree ("company_id","target","list","date","type","id") WHERE claimed_by is null;--> statement-breakpoint
CREATE INDEX "open_records_by_claim" ON "open_records" USING btree ("claimed_by") WHERE claimed_by is not null;--> statement-breakpoint
CREATE INDEX "open_records_by_customer" ON "open_records" USING btree ("company_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "postings_standing" ON "postings" USING btree ("company_id","target","type","record_id") WHERE standing;--> statement-breakpoint
CREATE INDEX "postings_by_number" ON "postings" USING btree ("company_id","target","kind","number") WHERE standing;--> statement-breakpoint
CREATE INDEX "postings_by_batch" ON "postings" USING btree ("batch_id","seq");--> statement-breakpoint
CREATE INDEX "records_by_revision" ON "records" USING btree ("company_id","revision");--> statement-breakpoint
CREATE INDEX "records_by_parent" ON "records" USING btree ("company_id","type","parent_id") WHERE parent_id is not null;