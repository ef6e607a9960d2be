using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>
/// Changes whenever what lists show changes. The newest hundred entries of each history count, not only the last one:
/// numbers are given before a transaction ends, so a lower one can appear after a higher one was seen.
/// </summary>
public sealed record DataState(string Certifications, string Runs, string Registry)
{
    /// <summary>One statement; each part reads the end of an index or a small table.</summary>
    internal static Task<DataState> ReadAsync(CerthelperDbContext db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DataState>($"""
            SELECT
              (SELECT coalesce(max(id), 0) || '.' || coalesce(sum(id), 0) FROM (SELECT id FROM certification_revisions ORDER BY id DESC LIMIT 100) AS revisions)
              || '/' || (SELECT coalesce(max(id), 0) FROM certifications)
              || '/' || (SELECT coalesce(max(id), 0) FROM removed_certifications)
              || '/' || (SELECT coalesce(md5(string_agg(id::text, ',')), '') FROM (SELECT id FROM certifications WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC LIMIT 100) AS deleted)
              || '/' || (SELECT count(*) || '.' || coalesce(sum(xmin::text::bigint), 0) FROM "references") AS certifications,
              (SELECT coalesce(md5(string_agg(run_number || '@' || fetched_at, ',')), '') FROM (SELECT run_number, fetched_at FROM runs WHERE fetched_at IS NOT NULL ORDER BY fetched_at DESC, run_number LIMIT 100) AS fetched)
              || '/' || (SELECT coalesce(max(run_number), 0) FROM runs) AS runs,
              (SELECT coalesce(md5(string_agg(id || '@' || fetched_at, ',')), '') FROM (SELECT id, fetched_at FROM registry_datasets ORDER BY fetched_at DESC LIMIT 100) AS asked) AS registry
            """).SingleAsync(cancellationToken);
}
