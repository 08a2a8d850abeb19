-- Stored settings are not parsed again, so what is new gets its default here: as before, our tax is stated.
UPDATE "company_targets" SET "settings" = "settings" || '{"tax":{"mode":"stated"}}'::jsonb
WHERE "target" = 'qbo' AND NOT "settings" ? 'tax';