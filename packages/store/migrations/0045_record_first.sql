DROP INDEX "batch_items_claim";--> statement-breakpoint
DROP INDEX "batch_items_by_record";--> statement-breakpoint
CREATE UNIQUE INDEX "batch_items_claim" ON "batch_items" USING btree ("record_id","company_id","target","type") WHERE claimed;--> statement-breakpoint
CREATE INDEX "batch_items_by_record" ON "batch_items" USING btree ("record_id","company_id","type");