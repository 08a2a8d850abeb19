CREATE INDEX "notice_sends_in_digest" ON "notice_sends" USING btree ("in_digest") WHERE in_digest is not null;--> statement-breakpoint
CREATE INDEX "notice_sends_by_setting" ON "notice_sends" USING btree ("setting_id");--> statement-breakpoint
CREATE INDEX "postings_that_stood" ON "postings" USING btree ("record_id","company_id","type") WHERE not standing;