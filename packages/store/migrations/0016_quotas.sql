CREATE TABLE "quota_days" (
	"target" text NOT NULL,
	"environment" text NOT NULL,
	"quota" text NOT NULL,
	"day" date NOT NULL,
	"connection_id" uuid NOT NULL,
	"units" bigint NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "quota_days_target_environment_quota_day_connection_id_pk" PRIMARY KEY("target","environment","quota","day","connection_id")
);
--> statement-breakpoint
CREATE TABLE "quota_refusals" (
	"target" text NOT NULL,
	"environment" text NOT NULL,
	"quota" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "quota_refusals_target_environment_quota_pk" PRIMARY KEY("target","environment","quota")
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "grant_ends_at" timestamp with time zone;