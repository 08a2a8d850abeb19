DROP INDEX "batches_by_company";--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "decision" text;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "resumes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "batches_by_company" ON "batches" USING btree ("company_id","id" DESC NULLS LAST);