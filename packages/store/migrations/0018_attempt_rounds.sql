ALTER TABLE "batch_attempts" ADD COLUMN "round" integer;--> statement-breakpoint
ALTER TABLE "batch_attempts" ADD COLUMN "open_since" timestamp with time zone;