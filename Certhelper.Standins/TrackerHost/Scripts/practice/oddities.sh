#!/usr/bin/env bash
# oddities.sh <what>: output that is hard to read line by line.
case ${1:-} in
  no-newline)
    echo "the last line has no end"
    printf 'like this one'
    ;;
  long-line)
    echo "before one line of 1 MiB"
    head -c 1048576 /dev/zero | tr '\0' x
    echo
    echo "after it"
    ;;
  invalid-utf8)
    printf 'Latin-1: caf\xe9; cut off: \xe2\x82; overlong: \xc0\xaf; never: \xff\xfe\n'
    echo "valid again: 3 µm ± 5 %"
    ;;
  colours)
    printf '\033[31mred\033[0m \033[1;32mbold green\033[0m \033[38;5;208m208\033[0m \033[4munderlined\033[24m plain\n'
    printf 'bell \a, clear screen \033[2J, title \033]0;owned\a, cursor \033[10A up, backspace ab\bc, NUL \0 end\n'
    ;;
  progress)
    for percent in 0 10 20 30 40 50 60 70 80 90 100; do
      printf '\rfetching… %3d%%' "$percent"
      sleep 0.1
    done
    printf '\n'
    ;;
  crlf)
    printf 'ends as on Windows\r\nand again\r\n'
    ;;
  silent) ;;
  *)
    echo "usage: oddities.sh no-newline|long-line|invalid-utf8|colours|progress|crlf|silent" >&2
    exit 64
    ;;
esac
