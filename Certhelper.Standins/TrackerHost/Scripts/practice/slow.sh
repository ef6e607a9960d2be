#!/usr/bin/env bash
# slow.sh [<seconds>]: a line and a percentage every second.
seconds=${1:-30}
for ((second = 1; second <= seconds; second++)); do
  echo "second $second of $seconds: $((second * 100 / seconds))%"
  sleep 1
done
echo "done"
