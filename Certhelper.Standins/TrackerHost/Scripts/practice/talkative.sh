#!/usr/bin/env bash
# talkative.sh <lines> [<lines per second>] [<file for a copy>]: numbered lines; the copy is exactly what was printed.
# With 0 lines per second it goes as fast as it can.
lines=${1:-10000} rate=${2:-1000} copy=${3:-/dev/null}
: >"$copy" || exit 1
if [ "$rate" -le 0 ]; then
  part=1000
else
  # Ten parts a second, each due at its own time, so that slow printing does not add up.
  part=$(((rate + 9) / 10))
fi
micros() { local now=${EPOCHREALTIME/[.,]/}; echo "$now"; }
start=$(micros)
first=1
while [ "$first" -le "$lines" ]; do
  last=$((first + part - 1))
  [ "$last" -le "$lines" ] || last=$lines
  printf -v block 'line %06d of the talkative script, as long as lines of cmsRun are\n' $(seq "$first" "$last")
  # The copy is written after the output took the part: a part that was cut off is not in it.
  printf '%s' "$block" || exit 1
  printf '%s' "$block" >>"$copy"
  first=$((last + 1))
  if [ "$rate" -gt 0 ] && [ "$first" -le "$lines" ]; then
    wait=$((start + (first - 1) * 1000000 / rate - $(micros)))
    [ "$wait" -le 0 ] || sleep "$((wait / 1000000)).$(printf '%06d' $((wait % 1000000)))"
  fi
done
