#!/usr/bin/env bash
# Written by ./certhelper openshift from aspire-manifest.json and deploy/values.yaml; change those.
# Makes the Secret "certhelper-secrets" in the current project, or adds the keys that it lacks; what is there stays.
# What somebody knows is asked for (or taken from a variable: client-secret from CLIENT_SECRET); the rest is made up.
# No value is an argument of a process or in a file that stays. OC names another client.
set -euo pipefail
oc=${OC:-oc}
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; chmod 700 "$folder"; umask 077

present() { "$oc" get secret certhelper-secrets -o "go-template={{if index .data \"$1\"}}yes{{end}}" 2>/dev/null || true; }
stored() { "$oc" get secret certhelper-secrets -o "go-template={{index .data \"$1\" | base64decode}}"; }

asked() {
  [ -z "$(present "$1")" ] || return 0
  local variable; variable=$(tr 'a-z-' 'A-Z_' <<< "$1")
  local value=${!variable:-}
  [ -n "$value" ] || { [ -t 0 ] || { echo "secrets: $1 is not set; give it as $variable" >&2; exit 1; }; read -r -s -p "$1: " value; echo >&2; }
  printf %s "$value" > "$folder/$1"
}

# Letters and digits only, which need no escaping anywhere.
made() {
  [ -z "$(present "$1")" ] || return 0
  local value; value=$(head -c 4096 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9')
  printf %s "${value:0:$2}" > "$folder/$1"
}

# The form of a secret inside of a URI follows the secret.
escaped() {
  local value out='' index sign; if [ -f "$folder/$2" ]; then value=$(< "$folder/$2"); else value=$(stored "$2"); fi
  local LC_ALL=C
  for (( index = 0; index < ${#value}; index++ )); do
    sign=${value:index:1}
    case $sign in [A-Za-z0-9.~_-]) out+=$sign ;; *) printf -v sign '%%%02X' "'$sign"; out+=$sign ;; esac
  done
  printf %s "$out" > "$folder/$1"
}

asked client-secret
made postgres-password 22
made redis-password 22
asked tracker-password
escaped postgres-password-uri-encoded postgres-password
escaped redis-password-uri-encoded redis-password
[ -n "$(ls -A "$folder")" ] || { echo "secrets: nothing is missing"; exit 0; }
if "$oc" get secret certhelper-secrets >/dev/null 2>&1; then
  "$oc" set data secret/certhelper-secrets --from-file="$folder"
else
  "$oc" create secret generic certhelper-secrets --from-file="$folder"
  "$oc" label secret certhelper-secrets app.kubernetes.io/part-of=certhelper
fi
echo "secrets: $(ls "$folder" | tr '\n' ' ')set"
