#!/bin/sh
# A room from a terminal. PARLEY_URL and ROOM say which: PARLEY_URL=https://chat.example ROOM=123 sh curl.sh
set -eu

url="${PARLEY_URL:-http://localhost:8080}/api/rooms/${ROOM:-123}"
json='Content-Type: application/json'

# The token says who you are; anybody may make one. It is 128 random bits, as base64url.
token=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')
me="Authorization: Bearer $token"

echo '# Say something, as a guest of that name.'
curl -fsS -d 'hi there' "$url/messages?name=ci"

echo '# Say what a program wrote; it is one message of several lines.'
printf 'build 7\nall green\n' | curl -fsS --data-binary @- "$url/messages?name=ci"

echo '# Say it once, also where the answer is lost: the same key again gives the same entry.'
curl -fsS -H "$me" -H 'Idempotency-Key: job-7' -d 'job 7 is done' "$url/messages?name=ci"
curl -fsS -H "$me" -H 'Idempotency-Key: job-7' -d 'job 7 is done' "$url/messages?name=ci"

echo '# Reply to that: its id is the key.'
curl -fsS -H "$me" -H "$json" -d '{"message":"and job 8 too","replyTo":"job-7"}' "$url/messages"

echo '# React to it, and change it: frames as over a WebSocket, in their order.'
curl -fsS -H "$me" -H "$json" "$url/frames" -d '{"frames":[
  {"type":"react","payload":{"target":"job-7","emoji":"👍","on":true}},
  {"type":"edit","payload":{"target":"job-7","message":"job 7 is done, at last"}}
]}'

echo '# Read the last messages, as a page and as an entry a line.'
curl -fsS "$url/messages?limit=2"
curl -fsS -H 'Accept: application/x-ndjson' "$url/messages?limit=2"

echo '# Wait up to a second for what comes after the first message.'
curl -fsS "$url/messages?after=1&wait=1"

echo '# Ask how many people are there.'
curl -fsS "$url"

echo '# Follow the room for two seconds; without --max-time, for good.'
curl -sSN --max-time 2 "$url/events?name=ci" 2>/dev/null || [ $? = 28 ]
