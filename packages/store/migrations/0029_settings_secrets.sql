CREATE TABLE "settings_secrets" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text NOT NULL
);
