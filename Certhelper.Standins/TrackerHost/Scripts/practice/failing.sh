#!/usr/bin/env bash
# failing.sh: some lines of trouble, then exit code 3.
echo "Opening the database of conditions"
for attempt in 1 2 3; do
  echo "attempt $attempt: no route to frontier server" >&2
  sleep 0.1
done
echo "----- Begin Fatal Exception -----" >&2
echo "An exception of category 'StdException' occurred while" >&2
echo "   [0] Processing global begin Run run: 1" >&2
echo "----- End Fatal Exception -----" >&2
exit 3
