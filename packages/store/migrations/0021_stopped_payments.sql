-- What companies have now is the default of the setting that is new. Batches keep the settings that they were started with: without it,
-- their payments wait as before.
UPDATE "company_targets" SET "settings" = jsonb_set("settings", '{policy,paymentsOfStoppedInvoices}', '"unapplied"')
WHERE "settings" ? 'policy' AND NOT "settings"->'policy' ? 'paymentsOfStoppedInvoices';
