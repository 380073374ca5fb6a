export const USAGE = `Usage: parley COMMAND [OPTIONS]

  say ROOM [TEXT]   says TEXT, or standard input as one message
                    --lines      each line of standard input is a message
  send ROOM FILE…   sends files, with one message
                    --message TEXT  by default, their names
  tail ROOM         writes the last messages, and those that come
                    --since SEQ  from after the entry with this number
                    --json       an entry a line, as JSON
  chat ROOM         is a room in a terminal; in a pipe, lines in and lines out
  export ROOM       writes the whole log, an entry a line, as JSON
  doctor [URL]      checks a server, and what is in front of it
                    --wait SECONDS  how long a poll is held: by default 25

  say, tail         --with WHO   to or with one member alone: a name, or an id

Options:
  --server URL      by default PARLEY_URL, or http://localhost:8080
  --name NAME       what others see
  --help, --version

Exit codes: 0 done, 1 refused, 2 wrong usage, 75 try again later.
What say and chat could not send is kept, and the next say, chat or tail sends it first.
send keeps nothing: run it again.`;

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
