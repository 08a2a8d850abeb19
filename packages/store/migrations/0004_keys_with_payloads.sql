ALTER TABLE "batch_payloads" ADD COLUMN "key" text;--> statement-breakpoint
UPDATE "batch_payloads" p SET "key" = i."key" FROM "batch_items" i WHERE i."batch_id" = p."batch_id" AND i."seq" = p."seq";--> statement-breakpoint
ALTER TABLE "batch_payloads" ALTER COLUMN "key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "batch_items" DROP COLUMN "key";
