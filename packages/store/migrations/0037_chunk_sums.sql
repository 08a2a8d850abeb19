CREATE TABLE "batch_sums" (
	"batch_id" uuid NOT NULL,
	"from_seq" integer NOT NULL,
	"to_seq" integer NOT NULL,
	"documents" integer NOT NULL,
	"sums" jsonb NOT NULL,
	CONSTRAINT "batch_sums_batch_id_from_seq_pk" PRIMARY KEY("batch_id","from_seq")
);
