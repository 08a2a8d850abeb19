CREATE TABLE "schedule_runs" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"due" timestamp with time zone NOT NULL,
	"asked_by" text,
	"outcome" text NOT NULL,
	"code" text,
	"message" text NOT NULL,
	"batch_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schedule_runs_company_id_target_due_pk" PRIMARY KEY("company_id","target","due")
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"company_id" text NOT NULL,
	"target" text NOT NULL,
	"schedule" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"paused_by" text,
	"paused_at" timestamp with time zone,
	"resumes" integer DEFAULT 0 NOT NULL,
	"removed_at" timestamp with time zone,
	"kept_revision" integer,
	"kept_time_zone" text,
	"kept_at" timestamp with time zone,
	"paused_there" text,
	CONSTRAINT "schedules_company_id_target_pk" PRIMARY KEY("company_id","target")
);
--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_company_id_target_company_targets_company_id_target_fk" FOREIGN KEY ("company_id","target") REFERENCES "public"."company_targets"("company_id","target") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "schedules_kept" ON "schedules" USING btree ("kept_at");