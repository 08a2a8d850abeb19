-- Each item is updated soon after it was written, and again when it is posted: with room on its page, the first of these writes no index.
ALTER TABLE "batch_items" SET (fillfactor = 50);
