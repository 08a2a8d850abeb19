-- Stored settings are not parsed again, so what is new gets its default here: a product or service keeps its own account in the books.
-- Batches keep the settings that they were started with.
UPDATE "company_targets" SET "settings" = "settings" || '{"items":{"account":"books"}}'::jsonb
WHERE "target" = 'qbo' AND NOT "settings" ? 'items';
