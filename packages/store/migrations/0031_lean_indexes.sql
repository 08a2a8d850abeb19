DROP INDEX "open_records_by_claim";--> statement-breakpoint
DROP INDEX "postings_by_external";--> statement-breakpoint
CREATE INDEX "postings_by_external" ON "postings" USING btree ((facts ->> 'externalId'),"company_id","target") WHERE standing and (facts ->> 'externalId') is not null;