DROP INDEX "postings_by_number";--> statement-breakpoint
CREATE INDEX "postings_by_number" ON "postings" USING btree ("number","company_id","target","kind") WHERE standing;