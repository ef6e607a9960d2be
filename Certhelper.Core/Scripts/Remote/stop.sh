# Ends a command with all that it started: asks first, then insists. Children that left the group are found by the mark in
# their environment, where the system shows that (/proc).
# main <name> <seconds of grace>   Prints: "found <n>", "forced <n>", "still <n>".
marked() { grep -l "CERTHELPER_EXECUTION=$name" /proc/[0-9]*/environ 2>/dev/null | while read -r file; do file=${file#/proc/}; echo "${file%/environ}"; done; }
group() { [ -n "$pid" ] && [ ! -d /proc/self ] && kill -0 "-$pid" 2>/dev/null && echo "$pid"; }
living() { marked; group; }
count() { set -- $1; echo $#; }
send() { [ -n "$pid" ] && kill "-$1" "-$pid" 2>/dev/null; for process in $(marked); do kill "-$1" "$process" 2>/dev/null; done; }
gone() {
  left=$(($1 * 5))
  while [ $left -gt 0 ]; do
    [ -z "$(living)" ] && return 0
    sleep 0.2
    left=$((left - 1))
  done
  [ -z "$(living)" ]
}
main() {
  name=$1
  d=$HOME/.certhelper/$name
  pid=$(cat "$d/pid" 2>/dev/null)
  echo "found $(count "$(living)")"
  send TERM
  if gone "$2"; then echo "forced 0"; else echo "forced $(count "$(living)")"; send KILL; gone 3; fi
  # The shell that would have noted the end may have been ended too.
  [ -d "$d" ] && [ ! -f "$d/code" ] && echo 137 >"$d/code.new" && mv "$d/code.new" "$d/code"
  echo "still $(count "$(living)")"
}
