"""The database itself refuses to change a line of the ledger. Erasing a person deletes theirs."""

from django.db import migrations

POSTGRESQL = (
    """
    CREATE FUNCTION sharing_ledger_stays() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'a line of the ledger is never changed'; END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER sharing_ledger_stays BEFORE UPDATE ON sharing_consent
    FOR EACH ROW EXECUTE FUNCTION sharing_ledger_stays()
    """,
)
SQLITE = (
    """
    CREATE TRIGGER sharing_ledger_stays BEFORE UPDATE ON sharing_consent
    BEGIN SELECT RAISE(ABORT, 'a line of the ledger is never changed'); END
    """,
)


def put_up(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER sharing_ledger_stays ON sharing_consent")
        schema_editor.execute("DROP FUNCTION sharing_ledger_stays()")
    else:
        schema_editor.execute("DROP TRIGGER sharing_ledger_stays")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
