#!/usr/bin/env bash
# forking.sh [<seconds>]: ends at once and leaves a child in a session of its own that goes on writing.
seconds=${1:-20}
setsid bash -c 'for ((second = 1; second <= $1; second++)); do echo "child $$: second $second of $1"; sleep 1; done' child "$seconds" &
echo "The child is process $!; its parent ends now"
