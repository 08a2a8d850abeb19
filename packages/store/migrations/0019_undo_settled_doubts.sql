-- A batch that ended without a posting may get one later: a call without an outcome is settled before the next batch.
INSERT INTO "batch_moves" ("from_state", "to_state") VALUES ('nothing-posted', 'undoing');
