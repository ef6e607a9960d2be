#!/usr/bin/env bash
# hanging.sh [<seconds>]: says one line, then does not listen to TERM, INT and HUP.
trap '' TERM INT HUP
echo "Waiting for a lock that nobody will release (process $$)"
# In short sleeps: the shell and its child have one group, and both must be deaf.
end=$((SECONDS + ${1:-3600}))
while [ $SECONDS -lt $end ]; do sleep 1; done
