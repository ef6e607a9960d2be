# Starts a command once, however often this is asked, and detached from the connection.
# main <name> <command word>...   The folder is put in below by the caller as a pattern.
# Prints: "folder <path>", then "begun", or "trouble <what>".
launch() {
  # Exactly one of all launches gets past this.
  mkdir "$1/begun" 2>/dev/null || exit 0
  d=$1 folder=$2
  shift 2
  # TERM is for the command; this shell stays to say how it ended. A handler, unlike ignoring, is not inherited.
  trap : TERM INT HUP
  echo $$ >"$d/pid.new" && mv "$d/pid.new" "$d/pid"
  code=126
  if cd "$folder" 2>>"$d/log"; then
    "$@" </dev/null >>"$d/log" 2>&1
    code=$?
  fi
  echo $code >"$d/code.new" && mv "$d/code.new" "$d/code"
}
main() {
  trap '' HUP
  umask 077
  name=$1
  shift
  base=$HOME/.certhelper
  d=$base/$name
  mkdir -p "$base" 2>/dev/null || { echo "trouble the home of the account cannot be written"; return; }
  # What was left a week ago nobody asks for any more.
  find "$base" -mindepth 1 -maxdepth 1 -type d -mtime +7 -exec rm -rf {} + 2>/dev/null
  if [ ! -d "$d/begun" ]; then
    where=
    for candidate in @FOLDER@; do [ -d "$candidate" ] && where=$candidate; done
    [ -n "$where" ] || { echo "trouble there is no folder @SHOWN@"; return; }
    mkdir -p "$d" 2>/dev/null && : >>"$d/log" || { echo "trouble the home of the account cannot be written (is it full?)"; return; }
    CERTHELPER_EXECUTION=$name
    export CERTHELPER_EXECUTION
    trap - HUP
    text=$(cat <<'LAUNCH'
@LAUNCH@
launch "$@"
LAUNCH
)
    # A session of its own is a process group of its own, which a stop can end as a whole.
    if command -v setsid >/dev/null 2>&1; then
      setsid sh -c "$text" certhelper "$d" "$where" "$@" </dev/null >/dev/null 2>&1 &
    else
      set -m
      nohup sh -c "$text" certhelper "$d" "$where" "$@" </dev/null >/dev/null 2>&1 &
      set +m
    fi
    tries=0
    while [ ! -d "$d/begun" ] && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
  fi
  echo "folder $d"
  [ -d "$d/begun" ] && echo begun
}
