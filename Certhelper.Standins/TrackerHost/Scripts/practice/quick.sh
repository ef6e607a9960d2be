#!/bin/sh
# quick.sh: ends before anybody can look.
echo "first of three lines"
echo "second of three lines" >&2
echo "third of three lines"
