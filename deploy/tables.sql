-- Every table with its number of rows and a hash of what they hold, whatever their order: for ./certhelper backup --list and restore.
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset fieldsep ' '
SELECT format(
    'SELECT %L, count(*), coalesce(md5(string_agg(h, '''' ORDER BY h COLLATE "C")), ''-'') FROM (SELECT md5(row::text) AS h FROM %I.%I AS row) AS rows',
    schemaname || '.' || tablename, schemaname, tablename)
FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
ORDER BY schemaname, tablename
\gexec
