#!/usr/bin/env bash
# singleModuleOccupancyCertHelper.sh <period> <reconstruction type> <run> <module>[,<module> …]
. @environment@

if [ $# -lt 4 ]; then
  echo "usage: singleModuleOccupancyCertHelper.sh <period> <reconstruction type> <run> <modules>" >&2
  exit 1
fi
period=$1 type=$2 run=$3
shift 3
for word in "$period" "$type" "$run"; do
  case $word in
    '' | *[!A-Za-z0-9_]*)
      echo "$word: only letters, digits and _ are allowed" >&2
      exit 1
      ;;
  esac
done
case $run in *[!0-9]*)
  echo "$run is not a run number" >&2
  exit 1
  ;;
esac
IFS=', ' read -r -a modules <<<"$*"
folder=$TRACKER_HOST_DATA/users/event_display/ShiftRun3/SingleModuleOccupancy/plots
mkdir -p "$folder" || exit 1
echo "Run $run, $type, $period: ${#modules[@]} module(s)"
pause 1
number=0
for module in "${modules[@]}"; do
  case $module in '' | *[!0-9]*)
    echo "$module is not a detector id" >&2
    exit 1
    ;;
  esac
  number=$((number + 1))
  "${TRACKER_HOST_OCCUPANCY[@]}" "$period" "$type" "$run" "$module" "$folder" || exit 1
  echo "$((number * 100 / ${#modules[@]}))%"
  pause 1
done
echo "Plots are ready in $folder"
