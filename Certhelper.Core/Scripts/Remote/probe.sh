# Looks whether a script could run: who we are, where we are, and whether the program is there. Runs nothing of it.
failed=0
echo "Signed in as $(id -un) on $(hostname)"
echo "Folder: $(pwd)"
if command -v "$1" >/dev/null 2>&1; then echo "Program: $(command -v "$1")"; else echo "Program: there is no $1"; failed=1; fi
case $1 in
  sh | bash | */sh | */bash | python* | */python*)
    if [ -n "$2" ]; then
      if [ -r "$2" ]; then echo "Script: $2 can be read"; else echo "Script: there is no $2, or it cannot be read"; failed=1; fi
    fi
    ;;
esac
echo "Space: $(df -Ph . 2>/dev/null | tail -1 | while read -r _ _ _ free _; do echo "$free free"; done)"
echo "Space at home: $(df -Ph "$HOME" 2>/dev/null | tail -1 | while read -r _ _ _ free _; do echo "$free free"; done)"
exit $failed
