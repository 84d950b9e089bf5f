#!/usr/bin/env bash
# Pages from `kb serve` beside nginx on the same files, with wrk as the client; then again while two hundred connections sit
# idle or send half a request.
#
#     tests/bench/serve/load.sh PROJECT      KB_BIN=target/release/kb  SECONDS_EACH=10  CONNECTIONS=50
#
# nginx gets the pages exactly as kb serves them, so that both send the same bytes, compressed in advance where kb would
# compress. All of it shares the machine's cores: what counts is the ratio within one run.
set -euo pipefail
project=$(realpath "$1")
kb=${KB_BIN:-$(dirname "$0")/../../../target/release/kb}
each=${SECONDS_EACH:-10}
connections=${CONNECTIONS:-50}
work=$(mktemp -d)
chmod 755 "$work" # nginx reads as somebody else
ended=()
trap 'for one in "${ended[@]}"; do kill "$one" 2>/dev/null || true; done; rm -rf "$work"' EXIT

"$kb" serve "$project" --port 0 --as-of 2026-11-25 >"$work/address" 2>/dev/null &
ended+=($!)
until grep -q http "$work/address"; do sleep 0.1; done
address=$(grep -o 'http://[0-9.:]*' "$work/address")
until curl -s "$address/__kb/health" | grep -q '"settled":true'; do sleep 0.2; done

# Two hundred pages, asked for once, so that each is made and lies in a file.
mkdir -p "$work/site/incidents"
curl -s "$address/api/v1/incidents.json" | grep -o '"slug": *"[^"]*"' | cut -d'"' -f4 | shuf -n 200 --random-source=<(yes) |
  sed 's|.*|/incidents/&.html|' >"$work/paths"
while read -r path; do
  curl -s --compressed "$address$path" -o "$work/site$path"
  curl -s -H 'Accept-Encoding: gzip' "$address$path" -o "$work/site$path.gz"
done <"$work/paths"

cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes auto; pid $work/pid; error_log $work/error warn;
events { worker_connections 4096; }
http {
  access_log off; sendfile on; keepalive_requests 1000000; types { text/html html; } gzip_static on;
  client_body_temp_path $work/a; proxy_temp_path $work/b; fastcgi_temp_path $work/c; uwsgi_temp_path $work/d; scgi_temp_path $work/e;
  server { listen 127.0.0.1:18099; root $work/site; }
}
CONF
nginx -c "$work/nginx.conf" &
ended+=($!)

cat >"$work/pages.lua" <<LUA
local paths = {}
for line in io.lines("$work/paths") do paths[#paths + 1] = line end
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", paths[n % #paths + 1], { ["Accept-Encoding"] = "gzip" })
end
LUA
until curl -s -o /dev/null http://127.0.0.1:18099/; do sleep 0.1; done

measure() {
  printf '%-34s' "$1"
  wrk -t 2 -c "$3" -d "${each}s" --latency -s "$work/pages.lua" "$2" |
    awk '/50%/ { m = $2 } /99%/ { p = $2 } /Requests\/sec/ { r = $2 } /Socket errors|Non-2xx/ { e = $0 }
         END { printf "median %9s   p99 %9s   %10s requests a second  %s\n", m, p, r, e }'
}

for round in 1 2; do
  measure "nginx, $connections connections" http://127.0.0.1:18099 "$connections"
  measure "kb serve, $connections connections" "$address" "$connections"
done
measure "nginx, 500 connections" http://127.0.0.1:18099 500
measure "kb serve, 500 connections" "$address" 500

# A hundred that say nothing and a hundred that stop in the middle of a head; they come back when they are sent away.
node -e '
  const [host, port] = process.argv[1].replace("http://", "").split(":");
  const sit = (n) => {
    const socket = require("net").connect(port, host, () => { if (n % 2) socket.write("GET / HTTP/1.1\r\nHost: 127."); });
    // Read, or the answer to half a request keeps it from ever being closed.
    socket.resume().on("error", () => {}).on("close", () => setTimeout(sit, 50, n));
  };
  for (let n = 0; n < 200; n += 1) sit(n);
' "$address" &
ended+=($!)
until (($(curl -s "$address/__kb/metrics" | awk '/^kb_connections/ { print $2 }') > 200)); do sleep 0.1; done
echo "connections: $(curl -s "$address/__kb/metrics" | grep '^kb_connections')"
measure "kb serve, $connections beside 200 idle" "$address" "$connections"
