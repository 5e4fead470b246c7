//! Debian's kamailio as registrar and proxy: a well-known counterpart to prove the phones with and to compare with.

use std::path::Path;
use std::process::Command;

use super::process::Process;
use super::{fresh_folder, ports};

/// A running kamailio. Every user's secret is `secret-` and the user's name.
pub struct Kamailio {
    /// Its SIP port on loopback, UDP and TCP.
    pub port: u16,
    /// The main process; the workers are its children.
    #[allow(dead_code, reason = "held to live; only the bench reads it")]
    pub process: Process,
}

impl Kamailio {
    /// Starts it with two workers and waits until it serves.
    #[track_caller]
    pub fn start() -> Self {
        let port = ports::free_ports(2);
        let folder = fresh_folder("kamailio");
        let file = folder.join("kamailio.cfg");
        std::fs::write(&file, configuration(port)).expect("the test's folder is writable");
        let kamailio = Self { port, process: Process::start("kamailio", &mut command(&file, &folder)) };
        super::until("kamailio serves", || super::answers_sip(port).then_some(()));
        kamailio
    }

    /// The secret of a user.
    pub fn secret(user: &str) -> String {
        format!("secret-{user}")
    }
}

fn command(file: &Path, folder: &Path) -> Command {
    let mut command = Command::new("/usr/sbin/kamailio");
    // -DD stays in the foreground and still forks its workers; -m and -M are MiB of shared and private memory.
    command.args(["-DD", "-E", "-m", "256", "-M", "16", "-f"]).arg(file);
    command.arg("-Y").arg(folder).arg("-w").arg(folder);
    command
}

fn configuration(port: u16) -> String {
    CONFIGURATION.replace("PORT", &port.to_string())
}

/// A registrar with digest authentication for REGISTER and INVITE, and a record-routing proxy; no media.
const CONFIGURATION: &str = r#"
debug=0
log_stderror=yes
children=2
tcp_children=1
auto_aliases=no
listen=udp:127.0.0.1:PORT
listen=tcp:127.0.0.1:PORT
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/:/usr/lib/aarch64-linux-gnu/kamailio/modules/"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "tmx.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "siputils.so"
loadmodule "textops.so"
loadmodule "auth.so"
modparam("usrloc", "db_mode", 0)
modparam("auth", "nonce_count", 1)
modparam("auth", "qop", "auth")
request_route {
    if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
    if (has_totag()) {
        if (loose_route()) { t_relay(); exit; }
        if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
        sl_send_reply("404", "Not here"); exit;
    }
    if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
    if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
    t_check_trans();
    $var(secret) = "secret-" + $au;
    if (!pv_auth_check("$fd", "$var(secret)", "0", "0")) { auth_challenge("$fd", "1"); exit; }
    if (is_method("REGISTER")) { save("location"); exit; }
    consume_credentials();
    record_route();
    if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
    t_relay();
    exit;
}
"#;
