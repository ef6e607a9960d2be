#!/usr/bin/env bash
# tkmapsFromCertHelper.sh <type> <run> [<run> …]
# As on vocms066: a wrong type is no error, and the script ends with 2 even when all went well.
. @environment@

type=${1:-}
shift || true
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)

case $type in
  Cosmics | StreamExpressCosmics) beam=Cosmics ;;
  StreamExpress | ZeroBias | StreamHIExpress | ReReco) beam=Beam ;;
  ZeroBias[0-9] | ZeroBias[0-9][0-9] | HIMinimumBias[0-9] | HIPhysicsRawPrime[0-9] | HIPhysicsRawPrime[0-9][0-9]) beam=Beam ;;
  *)
    echo "$type is not a valid type"
    echo "Valid types: Cosmics, StreamExpress, StreamExpressCosmics, ZeroBias, ZeroBiasN, StreamHIExpress, HIMinimumBiasN, HIPhysicsRawPrimeN, ReReco"
    exit 0
    ;;
esac

# First run of each period.
period_of() {
  local period=
  while read -r first name; do
    [ "$1" -lt "$first" ] || period=$name
  done <<'PERIODS'
315252 Run2018
347687 Commissioning2022
352318 Run2022
362192 HIRun2022
363380 Commissioning2023
365740 Run2023
373881 HIRun2023
376685 Commissioning2024
378142 Run2024
387853 HIRun2024
389350 Commissioning2025
390740 Run2025
400650 Commissioning2026
401620 Run2026
PERIODS
  echo "$period"
}

# The part of cmsRun that people see: percentages on standard output, the framework's chatter on standard error.
cms_run() {
  local run=$1 what=$2 from=$3 to=$4 step record=0
  say_error "%MSG-i ThreadStreamSetup: (NoModuleName) $(date '+%d-%b-%Y %H:%M:%S %Z') pre-events"
  say_error "setting # threads 1"
  say_error "setting # streams 1"
  say_error "%MSG"
  for step in 1 2 3 4 5 6; do
    record=$((record + 1))
    say_error "Begin processing the $record$(ordinal $record) record. Run $run, Event $record, LumiSection $step on stream 0 at $(date '+%d-%b-%Y %H:%M:%S.000 %Z')"
    say_error "%MSG-w SiStripTkMaps:  TkMapCreator:$what  $(date '+%d-%b-%Y %H:%M:%S %Z')  Run: $run Event: $record"
    say_error "Drawing part $step of 6 of $what"
    say_error "%MSG"
    echo "$what: $((from + (to - from) * step / 6))%"
    pause 0.7
  done
  say_error "TimeReport> Time report complete in $((RANDOM % 20 + 4)).$((RANDOM % 900 + 100)) seconds"
}

say_error() { printf '%s\n' "$*" >&2; }

ordinal() {
  case $1 in
    1) echo st ;;
    2) echo nd ;;
    3) echo rd ;;
    *) echo th ;;
  esac
}

echo "$type"
if [ $# = 0 ]; then
  echo "No run was given."
  exit 2
fi
echo "Setting up CMSSW_13_0_3 (el8_amd64_gcc11)"
pause 1

made=0
for run in "$@"; do
  case $run in
    '' | *[!0-9]*)
      echo "$run is not a run number"
      continue
      ;;
  esac
  # Not a number that the shell could take for octal, or that is longer than it can count.
  run=$(printf '%s' "$run" | sed 's/^0*//')
  period=
  [ ${#run} -gt 7 ] || period=$(period_of "${run:-0}")
  folder=$TRACKER_HOST_DATA/users/event_display/Data${period: -4}/$beam/${run:0:3}/$run/$type
  echo "Downloading File!!"
  echo "Processing $type in $here..."
  pause 1
  # Everything from 2018 on has a file, except the numbers that end in 000: there are runs without one.
  if [ -z "$period" ] || [ "${run: -3}" = 000 ]; then
    echo "No DQM file available. Please check the Offline server"
    continue
  fi
  case $beam in
    Cosmics) era=Cosmics ;;
    *) era=$period ;;
  esac
  echo "Downloading DQM file: DQM_V0001_R000${run}__${type}__${era}-Express-v1__DQMIO.root"
  for percent in 20 40 60 80 100; do
    say_error "$(printf '%5d%%[==================>] %8d K  11.2M/s' "$percent" $((percent * 8231)))"
    pause 0.6
  done
  echo "Getting the global tag of run $run: 130X_dataRun3_Express_v2"
  pause 1
  echo " Creating the TrackerMap.... "
  cms_run "$run" SiStripMaps 5 45
  cms_run "$run" SiPixelMaps 45 80
  mkdir -p "$folder" || exit 1
  if ! "${TRACKER_HOST_DRAW[@]}" "$type" "$run" "$folder" >&2; then
    echo "Error: the maps of run $run could not be drawn"
    exit 1
  fi
  echo "Check TrackerMap on $run/$type folder"
  echo " Creating the list of bad modules "
  pause 2
  echo "85%"
  echo "countig dead pixel ROCs"
  pause 2
  echo "95%"
  echo "Merging the bad components of the prompt calibration loop"
  pause 1
  echo "100%"
  echo "Copied to $folder"
  made=$((made + 1))
done

if [ $made = 0 ]; then
  echo "Nothing was made."
  exit 2
fi
echo "****************************************"
echo "               COMPLETED!"
echo "            Plots are ready"
echo "****************************************"
exit 2
