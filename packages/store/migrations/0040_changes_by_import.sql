-- Nobody looks for the changes of a record: they are read by import.
DROP INDEX "import_changes_by_record";
