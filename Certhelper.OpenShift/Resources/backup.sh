#!/bin/sh
# One dump in the folder of the first argument; dumps older than BACKUP_KEEP_DAYS days go. PG… say which database.
set -eu
folder=$1
umask 077
name=$folder/$PGDATABASE-$(date -u +%Y%m%dT%H%M%SZ).dump
# Under another name until it is whole: what ends in .dump can be restored.
pg_dump --format=custom --file="$name.part"
pg_restore --list "$name.part" > /dev/null
mv "$name.part" "$name"
echo "backup: $name, $(wc -c < "$name") bytes"
# Only after a new one is there, and never what is not ours.
find "$folder" -maxdepth 1 -type f \( -name "$PGDATABASE-*.dump" -o -name "$PGDATABASE-*.dump.part" \) -mtime "+$BACKUP_KEEP_DAYS" -print -delete
