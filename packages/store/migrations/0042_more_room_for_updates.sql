-- An item grows when it is frozen: at half a page, one of five found no room beside its former version, and wrote each index anew.
ALTER TABLE "batch_items" SET (fillfactor = 42);
