# Says how a started command stands.
# main <name>   Prints: "code <n>" when it has ended, "alive" while its shell lives, "left <n>" processes that carry its mark.
main() {
  d=$HOME/.certhelper/$1
  [ -d "$d" ] || { echo missing; return; }
  pid=$(cat "$d/pid" 2>/dev/null)
  # Alive is asked before the code: a command that ends in between then shows its code.
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && echo alive
  [ -f "$d/code" ] && echo "code $(cat "$d/code")"
  echo "left $(grep -l "CERTHELPER_EXECUTION=$1" /proc/[0-9]*/environ 2>/dev/null | wc -l | tr -d ' ')"
}
