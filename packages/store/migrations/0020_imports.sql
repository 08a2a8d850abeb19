CREATE TABLE "company_mappings" (
	"company_id" text NOT NULL,
	"name" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "company_mappings_company_id_name_pk" PRIMARY KEY("company_id","name")
);
--> statement-breakpoint
CREATE TABLE "import_changes" (
	"import_id" uuid NOT NULL,
	"company_id" text NOT NULL,
	"type" text NOT NULL,
	"id" text NOT NULL,
	"former" jsonb,
	"former_way" text,
	"former_source_hash" text,
	"former_mapping_hash" text,
	"revision" bigint NOT NULL,
	CONSTRAINT "import_changes_import_id_type_id_pk" PRIMARY KEY("import_id","type","id")
);
--> statement-breakpoint
CREATE TABLE "import_file_chunks" (
	"import_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"chunk" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "import_file_chunks_import_id_ordinal_chunk_pk" PRIMARY KEY("import_id","ordinal","chunk")
);
--> statement-breakpoint
CREATE TABLE "import_files" (
	"import_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"name" text NOT NULL,
	"size" bigint DEFAULT 0 NOT NULL,
	"sha256" text,
	"complete" boolean DEFAULT false NOT NULL,
	CONSTRAINT "import_files_import_id_ordinal_pk" PRIMARY KEY("import_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "import_findings" (
	"import_id" uuid NOT NULL,
	"seq" bigserial NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"file" text,
	"row" integer,
	"column" text,
	"value" text,
	"message" text NOT NULL,
	"type" text,
	"record_id" text,
	"details" jsonb,
	CONSTRAINT "import_findings_import_id_seq_pk" PRIMARY KEY("import_id","seq")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "import_pieces" (
	"run" uuid NOT NULL,
	"seq" bigserial NOT NULL,
	"import_id" uuid NOT NULL,
	"key" text NOT NULL,
	"piece" text NOT NULL,
	CONSTRAINT "import_pieces_run_seq_pk" PRIMARY KEY("run","seq")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"mappings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"corrections" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"cover" jsonb,
	"assigned" jsonb,
	"report" jsonb,
	"digest" text,
	"outcomes" text,
	"revision" bigint,
	"content_hash" text,
	"acknowledged" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"progress" jsonb,
	"reason" jsonb,
	"outcome" jsonb,
	"work" text,
	"run" integer DEFAULT 0 NOT NULL,
	"asked_by" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp with time zone,
	"applied_by" text,
	"applied_at" timestamp with time zone,
	"undone_by" text,
	"undone_at" timestamp with time zone,
	"handed_over_at" timestamp with time zone,
	"forgotten_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "record_keys" (
	"company_id" text NOT NULL,
	"type" text NOT NULL,
	"key" text NOT NULL,
	"answer" text NOT NULL,
	"record_id" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_keys_company_id_type_key_pk" PRIMARY KEY("company_id","type","key")
);
--> statement-breakpoint
CREATE TABLE "record_twins" (
	"company_id" text NOT NULL,
	"type" text NOT NULL,
	"id" text NOT NULL,
	"twin_id" text NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "record_twins_company_id_type_id_pk" PRIMARY KEY("company_id","type","id")
);
--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "way" text DEFAULT 'api' NOT NULL;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "source_hash" text;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "mapping_hash" text;--> statement-breakpoint
ALTER TABLE "company_mappings" ADD CONSTRAINT "company_mappings_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_changes_by_record" ON "import_changes" USING btree ("company_id","type","id");--> statement-breakpoint
CREATE INDEX "import_findings_by_kind" ON "import_findings" USING btree ("import_id","kind","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "imports_one_at_work" ON "imports" USING btree ("company_id") WHERE state in ('checking', 'applying', 'undoing');--> statement-breakpoint
CREATE INDEX "imports_by_company" ON "imports" USING btree ("company_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "imports_by_content" ON "imports" USING btree ("company_id","content_hash");--> statement-breakpoint
CREATE INDEX "imports_at_work" ON "imports" USING btree ("handed_over_at") WHERE state in ('checking', 'applying', 'undoing');--> statement-breakpoint
CREATE INDEX "imports_not_forgotten" ON "imports" USING btree ("created_at") WHERE forgotten_at is null;--> statement-breakpoint
CREATE INDEX "records_by_way" ON "records" USING btree ("company_id","type","way") WHERE way <> 'api';--> statement-breakpoint
CREATE INDEX "records_by_number" ON "records" USING btree ("company_id","type",lower(content ->> 'number')) WHERE type in ('invoice', 'creditMemo');--> statement-breakpoint
CREATE INDEX "records_by_amount" ON "records" USING btree ("company_id","type",(content ->> 'date'),trim_scale(coalesce(content ->> 'total', content ->> 'amount')::numeric)) WHERE type in ('invoice', 'creditMemo', 'payment', 'refund');