CREATE TABLE "book_lists" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"environment" text NOT NULL,
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"listed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "book_lists_company_id_target_environment_account_kind_pk" PRIMARY KEY("company_id","target","environment","account","kind")
);
--> statement-breakpoint
CREATE TABLE "book_names" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"environment" text NOT NULL,
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"folded" text NOT NULL,
	"active" boolean NOT NULL,
	"parent" text,
	"type" text,
	"income_account" text,
	"currency" text,
	"email" text,
	"phone" text,
	"address" text,
	"gone" boolean DEFAULT false NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "book_names_company_id_target_environment_account_kind_external_id_pk" PRIMARY KEY("company_id","target","environment","account","kind","external_id")
);
--> statement-breakpoint
CREATE TABLE "link_intents" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"environment" text NOT NULL,
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"wish" text NOT NULL,
	"same_as" text,
	"name" text,
	"folded" text,
	"request_key" text,
	"batch_id" uuid,
	"made_by" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "link_intents_company_id_target_environment_account_kind_key_pk" PRIMARY KEY("company_id","target","environment","account","kind","key")
);
--> statement-breakpoint
CREATE TABLE "links" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"environment" text NOT NULL,
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"to_confirm" boolean DEFAULT false NOT NULL,
	"how" text NOT NULL,
	"made_by" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"batch_id" uuid,
	"broken" jsonb,
	CONSTRAINT "links_company_id_target_environment_account_kind_key_pk" PRIMARY KEY("company_id","target","environment","account","kind","key")
);
--> statement-breakpoint
CREATE TABLE "name_merges" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"environment" text NOT NULL,
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"survivor" text NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" text,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "name_merges_company_id_target_environment_account_kind_external_id_pk" PRIMARY KEY("company_id","target","environment","account","kind","external_id")
);
--> statement-breakpoint
ALTER TABLE "batch_names" ADD COLUMN "key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "batch_names" DROP CONSTRAINT "batch_names_batch_id_kind_name_account_pk";--> statement-breakpoint
ALTER TABLE "batch_names" ADD CONSTRAINT "batch_names_batch_id_kind_name_account_key_pk" PRIMARY KEY("batch_id","kind","name","account","key");--> statement-breakpoint
CREATE INDEX "book_names_by_name" ON "book_names" USING btree ("folded","company_id","target","environment","account","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "link_intents_one_name" ON "link_intents" USING btree ("folded","company_id","target","environment","account","kind") WHERE folded is not null and kind = 'customer';--> statement-breakpoint
CREATE UNIQUE INDEX "links_one_each" ON "links" USING btree ("external_id","company_id","target","environment","account","kind") WHERE not shared;--> statement-breakpoint
CREATE INDEX "links_by_external" ON "links" USING btree ("external_id","company_id","target","environment","account","kind");