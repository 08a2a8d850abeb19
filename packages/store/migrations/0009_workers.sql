CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"targets" text[] NOT NULL,
	"engine" boolean NOT NULL,
	"build" text,
	"host" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "state_since" timestamp with time zone DEFAULT now() NOT NULL;