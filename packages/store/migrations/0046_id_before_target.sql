-- Who looks for the items of a record asks for claimed ones and for others, each by its index: see itemsOfRecord.
DROP INDEX "batch_items_by_record";--> statement-breakpoint
CREATE INDEX "batch_items_by_record" ON "batch_items" USING btree ("record_id","company_id","type") WHERE not claimed;--> statement-breakpoint
-- The end of an item's claim enters it into its key again: where that found no room, Postgres looked for old entries to drop, in vain.
ALTER INDEX "batch_items_batch_id_seq_pk" SET (fillfactor = 45);--> statement-breakpoint
ALTER TABLE "open_records" DROP CONSTRAINT "open_records_company_id_target_type_id_pk";--> statement-breakpoint
-- Under its old name, which workers of releases before look for in errors.
ALTER TABLE "open_records" ADD CONSTRAINT "open_records_company_id_target_type_id_pk" PRIMARY KEY("company_id","id","target","type");
