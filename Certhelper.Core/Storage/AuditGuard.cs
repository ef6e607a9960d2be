using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Storage;

/// <summary>
/// Makes the table of the audit append-only in the database itself: whoever finds a way to run SQL as the application still
/// changes nothing by an ordinary statement. Written at every migration, so that it cannot get lost among them.
/// </summary>
internal static class AuditGuard
{
    public static Task EnsureAsync(CerthelperDbContext db, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(
        """
        CREATE OR REPLACE FUNCTION audit_entries_only_grow() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            IF TG_OP = 'DELETE' AND current_setting('certhelper.audit_retention', true) = 'on' THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'Entries of the audit are never changed or deleted.';
        END
        $guard$;
        CREATE OR REPLACE TRIGGER audit_entries_only_grow BEFORE UPDATE OR DELETE ON audit_entries
            FOR EACH ROW EXECUTE FUNCTION audit_entries_only_grow();
        CREATE OR REPLACE TRIGGER audit_entries_never_emptied BEFORE TRUNCATE ON audit_entries
            FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_only_grow();
        """,
        cancellationToken);
}
