//! What `--help` says, written for the one who sets the box up.

/// `bellboxd --help`.
pub const OVERVIEW: &str = "\
bellboxd - the telephone system of a small office

Usage:
  bellboxd serve --data DIR [options]   run the telephone system
  bellboxd import DIR FILE.toml         put an office file into force
  bellboxd export DIR                   print the office file in force
  bellboxd history DIR [--json]         who changed the office, and when
  bellboxd check FILE.toml              say what is wrong with an office file
  bellboxd status DIR [--json]          phones, calls and alerts right now
  bellboxd calls DIR [ID] [--json]      the last calls, or one call's whole story
  bellboxd ladder DIR CALL [--json]     the SIP messages of one of the last calls
  bellboxd messages DIR [EXT] [--json]  the newest messages in the mailboxes
  bellboxd hang-up DIR CALL             end a call
  bellboxd test-trunk DIR TRUNK [NR]    call a number by a trunk, to see if it works
  bellboxd what-if DIR FROM TO          what would become of a call, and why
  bellboxd reset-admin DIR              a way in for whoever lost the password
  bellboxd --version

'bellboxd COMMAND --help' explains a command. DIR is the folder that holds the
office: its settings, phones, calls and messages; it may also be given as
--data DIR. Commands work whether or not the daemon runs on DIR.

To try it: bellboxd serve --data /tmp/office --demo

Exit codes: 0 done; 1 it could not be done, with the reason; 2 the daemon could
not start, with the reason; 64 the command was not understood.
";

/// `bellboxd serve --help`.
pub const SERVE: &str = "\
Usage: bellboxd serve --data DIR [options]

Runs the telephone system until it gets SIGTERM or Ctrl-C; then it ends the
calls politely and stops. A second signal stops it at once.

  --data DIR            the office's folder; made if it is not there
  --sip ADDR:PORT       where phones reach it, over UDP and TCP; may be repeated.
                        0.0.0.0:5060 unless given, since phones look there.
                        With 0.0.0.0 or [::] it listens on every address that
                        the machine has or gets, and each phone is told the one
                        of its own network
  --sip-tls ADDR:PORT   where phones reach it over TLS, usually on port 5061; may be
                        repeated; nowhere unless given. With the certificate of
                        the page: the box's own, or the uploaded one
  --dns ADDR:PORT       the name server that is asked where trunks are; may be
                        repeated. Those of the system unless given
  --rtp ADDR:LOW-HIGH   the address and the UDP ports for voice. By default the
                        address of the first --sip and ports 16384-16895, which is
                        room for 128 calls
  --http ADDR:PORT      where the page, /healthz and /metrics are served, or 'off'.
                        127.0.0.1:8080 unless given, so that the network sees
                        them only if you want it
  --https ADDR:PORT     where the page is served over HTTPS, with certificates of
                        the box's own, or one that is uploaded in System; 'off'
                        unless given. Browsers of the network that come over
                        HTTP are then sent there. /certificate explains how they
                        come to trust the box
  --ldap ADDR:PORT      where phones look people and contacts up over LDAP, usually on
                        port 389; nowhere unless given, since they say their
                        secrets in clear there
  --log LEVEL           error, warn, info (default), debug or trace; or a filter
                        such as 'info,sip=debug'. Also BELLBOX_LOG
  --demo                if the office is empty, make two phones, 101 and 102, and
                        print what to enter in them

The same settings may be in DIR/bellbox.toml; options win:

  sip = [\"0.0.0.0:5060\"]
  sip_tls = [\"0.0.0.0:5061\"]
  dns = [\"192.168.1.1:53\"]
  rtp = \"192.168.1.10:16384-16895\"
  http = \"127.0.0.1:8080\"
  https = \"0.0.0.0:8443\"
  log = \"info\"

There only: host_names, names that people call the box by besides that of the
machine. The page answers to them, and the box's own certificate is for them:

  host_names = [\"pbx.office.example\"]
";

/// `bellboxd import --help`.
pub const IMPORT: &str = "\
Usage: bellboxd import DIR FILE.toml

Puts the office in FILE.toml in the place of the one in force; a running daemon
takes it over at once and calls go on. '-' reads standard input. A file with a
weak password or PIN is refused and nothing changes; a row that is merely wrong
is left out and named. Phones that have no secret get one: it is printed once
and cannot be read again.

  [office]
  name = \"Office\"
  time_zone = \"Europe/Berlin\"
  country = \"DE\"
  language = \"de\"

  [[person]]
  name = \"Workshop\"
  extension = \"101\"
  phones = [{ user = \"workshop\" }]
";

/// `bellboxd export --help`.
pub const EXPORT: &str = "\
Usage: bellboxd export DIR [--as-of MOMENT]

Prints the office in force as an office file. Passwords are in it only as
hashes; importing it again changes nothing, also on a new box.

  --as-of MOMENT        as it was then by the office's clock, as in 2026-12-24T17:30,
                        or at the end of a day, as in 2026-12-24. To see what has
                        changed since, compare it with the one in force
";

/// `bellboxd history --help`.
pub const HISTORY: &str = "\
Usage: bellboxd history DIR [--as-of MOMENT] [--json]

Lists who saved the office and when, by its clock, newest first. What each save
changed is told by the page under System.

  --as-of MOMENT        only up to then, as in 2026-12-24 or 2026-12-24T17:30:
                        the first line is what was in force at that moment
";

/// `bellboxd check --help`.
pub const CHECK: &str = "\
Usage: bellboxd check FILE.toml

Says everything that is wrong with an office file, without keeping it. '-'
reads standard input. Exit code 0 means that an import would take all of it.
";

/// `bellboxd status --help`.
pub const STATUS: &str = "\
Usage: bellboxd status DIR [--json]

Shows the phones and where they are registered, the calls that are up and the
newest alerts of the daemon that runs on DIR.
";

/// `bellboxd calls --help`.
pub const CALLS: &str = "\
Usage: bellboxd calls DIR [--json] [ID]

Lists the last calls, newest first, each with the reason why it went as it went.
With an ID it tells that call's whole story: what was asked, what was decided and
why, whom it rang, and what happened when.
";

/// `bellboxd ladder --help`.
pub const LADDER: &str = "\
Usage: bellboxd ladder DIR CALL [--json]

Shows the SIP messages of a call, live or over, between the box and each phone
or trunk: when, which way, and in full but for passwords, keys and PINs, which
are ***. A running daemon keeps them of its last calls.
";

/// `bellboxd messages --help`.
pub const MESSAGES: &str = "\
Usage: bellboxd messages DIR [--json] [EXTENSION]

Lists the newest messages of all mailboxes, or of one extension's, newest first:
where each lies, when it came, from whom, and how long it is. The sound of
message 17 is DIR/recordings/00000017.wav.
";

/// `bellboxd hang-up --help`.
pub const HANG_UP: &str = "\
Usage: bellboxd hang-up DIR CALL

Ends the call of that number, as 'bellboxd status DIR' shows it.
";

/// `bellboxd test-trunk --help`.
pub const TEST_TRUNK: &str = "\
Usage: bellboxd test-trunk DIR TRUNK [NUMBER]

Has the running daemon call a number by this trunk alone, and hang up by itself
some seconds after the answer; whoever answers hears what they say. Without a
number it calls the office's own. Numbers that call for help, in other countries
or at special rates are not called. 'bellboxd calls DIR' tells what came of it.
";

/// `bellboxd what-if --help`.
pub const WHAT_IF: &str = "\
Usage: bellboxd what-if DIR FROM TO [options]

Says what would become of a call from FROM, an extension, a number outside or
'anonymous', to TO, and why, by the rules that live calls are decided by. Nobody
rings. All phones are taken to be there, nobody to be in a call and all trunks
to be up, but for what is said otherwise:

  --at DATETIME         when, by the office's clock, as in 2026-12-24T17:30;
                        now unless given
  --trunk NAME          the trunk that a caller outside comes by; the first
                        unless given
  --offline EXTENSION   none of its phones is registered; may be repeated, as may
                        the others
  --busy EXTENSION      it is in a call
  --dnd EXTENSION       it does not want to be disturbed
  --down TRUNK          the trunk is down
  --as-of MOMENT        by the rules that were in force then, as in 2026-12-24 or
                        2026-12-24T17:30; those in force unless given
  --json                the whole answer as JSON
";

/// `bellboxd reset-admin --help`.
pub const RESET_ADMIN: &str = "\
Usage: bellboxd reset-admin DIR

Prints an address of the page at which an administrator gets a new password. It
works once, within an hour. A running daemon forgets it when it stops; without a
running daemon it works from the next start on. On a box that nobody has set up yet it prints
the address of the setup.
";
