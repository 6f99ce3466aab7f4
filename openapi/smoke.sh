#!/bin/sh
# A whole round of federated fine-tuning with curl alone: run it to see that a service works, read it to learn
# the API. It makes a federation of its own and deletes it at the end.
#
#   ./smoke.sh URL OPERATOR_TOKEN FOLDER
#
# FOLDER holds one folder per client, each with the adapter_model.safetensors and adapter_config.json that
# PEFT's save_pretrained wrote. KEEP=1 leaves the federation in place. Exit code 0: every step went as expected.
set -eu

if [ $# -ne 3 ]; then
  echo "usage: $0 URL OPERATOR_TOKEN FOLDER" >&2
  exit 2
fi
url=${1%/}
operator=$2
folder=${3%/}
federation="smoke-$(date +%s)-$$"
base="$url/v1/federations/$federation"
wait_seconds=${WAIT_SECONDS:-300}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# --- helpers -------------------------------------------------------------------------------------------------

say() { printf '%s\n' "$*"; }

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  if [ -s "$work/body" ]; then
    head -c 2000 "$work/body" >&2
    echo >&2
  fi
  exit 1
}

# request STATUS TOKEN METHOD URL [curl arguments]: the body goes to $work/body, the headers to $work/headers
request() {
  expected=$1 bearer=$2 method=$3 target=$4
  shift 4
  if ! status=$(curl -sS -X "$method" -H "Authorization: Bearer $bearer" -D "$work/headers" -o "$work/body" \
    -w '%{http_code}' "$@" "$target"); then
    fail "$method $target: curl could not connect"
  fi
  say "  $method ${target#"$url"} → $status"
  [ "$status" = "$expected" ] || fail "$method $target answered $status instead of $expected"
}

# fields NAME: every value of that name in the JSON body, one a line; enough for the simple values looked at here
fields() { tr ',{}' '\n\n\n' <"$work/body" | sed -n "s/^ *\"$1\":\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p"; }

# field NAME: the first of them
field() { fields "$1" | head -n 1; }

header() { tr -d '\r' <"$work/headers" | sed -n "s/^$1: //Ip" | head -n 1; }

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }

# published PATH: waits until the round there, or the last adapter of the list there, is published
published() {
  waited=0
  while :; do
    curl -sS -H "Authorization: Bearer $operator" -o "$work/body" "$base/$1" || fail "GET $1: curl could not connect"
    case $1 in
    */adapters) state=$(fields state | tail -n 1) ;;
    *) state=$(field state) ;;
    esac
    case $state in
    published) return ;;
    aggregating) ;;
    *) fail "$1 is $state" ;;
    esac
    [ "$waited" -lt "$wait_seconds" ] || fail "$1 is still aggregating after $wait_seconds s: does a worker run?"
    sleep 1
    waited=$((waited + 1))
  done
}

# --- the round -----------------------------------------------------------------------------------------------

say "1. The service is up"
request 200 "$operator" GET "$url/healthz"
request 200 "$operator" GET "$url/readyz"

say "2. An operator creates the federation $federation"
request 201 "$operator" POST "$url/v1/federations" -H 'Content-Type: application/json' \
  -d "{\"name\":\"$federation\",\"aggregation\":{\"rank\":{\"policy\":\"energy\",\"tau\":0.9}}}"
same "name" "$(field name)" "$federation"

say "3. and registers a client for each folder; the token is shown only now"
count=0
for dir in "$folder"/*/; do
  [ -f "$dir/adapter_model.safetensors" ] && [ -f "$dir/adapter_config.json" ] || continue
  client=$(basename "$dir" | tr 'A-Z_. ' 'a-z---' | tr -cd 'a-z0-9-')
  request 201 "$operator" PUT "$base/clients/$client"
  printf '%s %s %s\n' "$client" "$(field token)" "${dir%/}" >>"$work/clients"
  count=$((count + 1))
done
[ "$count" -gt 0 ] || fail "$folder holds no adapters"
request 200 "$operator" PUT "$base/clients/$client"
same "token of a client that is registered" "$(field token)" ""

say "4. A round opens"
request 201 "$operator" POST "$base/rounds"
same "state" "$(field state)" collecting

say "5. Every client submits its adapter"
examples=0
while read -r client token dir <&3; do
  examples=$((examples + 100))
  request 201 "$token" PUT "$base/rounds/1/submissions/$client" -F "num_examples=$examples" \
    -F "config=@$dir/adapter_config.json" -F "adapter=@$dir/adapter_model.safetensors"
  same "sha256 of the receipt" "$(field sha256)" "$(sha256 "$dir/adapter_model.safetensors")"
  same "numExamples of the receipt" "$(field numExamples)" "$examples"
  cp "$work/body" "$work/receipt"
done 3<"$work/clients"
tail -n 1 "$work/clients" >"$work/last"
read -r client token dir <"$work/last"

say "6. Sending the same again changes nothing, sending nonsense neither"
request 200 "$token" PUT "$base/rounds/1/submissions/$client" -F "num_examples=$examples" \
  -F "config=@$dir/adapter_config.json" -F "adapter=@$dir/adapter_model.safetensors"
cmp -s "$work/body" "$work/receipt" || fail "the receipt changed"
request 409 "$token" PUT "$base/rounds/1/submissions/$client" -F "num_examples=7" \
  -F "config=@$dir/adapter_config.json" -F "adapter=@$dir/adapter_model.safetensors"
same "code" "$(field code)" submission_conflict
request 422 "$token" PUT "$base/rounds/1/submissions/$client" -F "num_examples=0" \
  -F "config=@$dir/adapter_config.json" -F "adapter=@$dir/adapter_model.safetensors"
same "code" "$(field code)" examples_invalid
request 422 "$token" PUT "$base/rounds/1/submissions/$client" -F "num_examples=$examples" \
  -F "config=@$dir/adapter_config.json" -F "adapter=@$dir/adapter_config.json"
same "code" "$(field code)" safetensors_malformed
request 403 "$token" POST "$base/rounds/1/close"
request 401 "not-a-token" GET "$base"
request 200 "$operator" GET "$base/rounds/latest"
same "submissionCount" "$(field submissionCount)" "$count"

say "7. The operator closes the round, and a worker aggregates it"
request 202 "$operator" POST "$base/rounds/1/close"
same "state" "$(field state)" aggregating
published rounds/1
say "  published: total rank $(field totalRank) of $(field stackedRank) stacked, energy kept $(field energyKept)"

say "8. A client downloads the global adapter"
request 200 "$token" GET "$base/rounds/latest/adapter/adapter_model.safetensors"
cp "$work/body" "$work/adapter_model.safetensors"
etag=$(header etag)
same "ETag" "$etag" "\"$(sha256 "$work/adapter_model.safetensors")\""
request 200 "$token" GET "$base/rounds/latest/adapter/adapter_config.json"
same "peft_type" "$(field peft_type)" LORA
request 304 "$token" GET "$base/rounds/latest/adapter/adapter_model.safetensors" -H "If-None-Match: $etag"
head -c 100 "$work/adapter_model.safetensors" >"$work/resumed"
request 206 "$token" GET "$base/rounds/latest/adapter/adapter_model.safetensors" -H 'Range: bytes=100-' \
  -H "If-Range: $etag"
cat "$work/body" >>"$work/resumed"
cmp -s "$work/resumed" "$work/adapter_model.safetensors" || fail "a resumed download differs"
request 200 "$token" GET "$base/rounds/latest/spectrum"

say "9. The operator derives another adapter from the same submissions and makes it the current one"
request 202 "$operator" POST "$base/rounds/1/adapters" -H 'Content-Type: application/json' \
  -d '{"aggregation":{"rank":{"policy":"energy","tau":0.99}}}'
same "id" "$(field id)" a2
published rounds/1/adapters
request 200 "$operator" POST "$base/rounds/1/adapters/a2/promote"
request 200 "$token" GET "$base/rounds/latest/adapter/adapter_model.safetensors"
same "ETag" "$(header etag)" "\"$(sha256 "$work/body")\""

if [ "${KEEP:-}" = 1 ]; then
  say "The federation $federation stays."
else
  say "10. The operator deletes the federation"
  request 204 "$operator" DELETE "$base"
  request 404 "$operator" GET "$base"
fi
say "Everything went as expected."
