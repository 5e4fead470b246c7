//! Debian's kamailio as registrar and proxy: a well-known counterpart to prove the phones with and to compare with.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::Process;
use super::{fresh_folder, ports};

/// A running kamailio. Every user's secret is `secret-` and the user's name.
pub struct Kamailio {
    /// Its SIP port on loopback, UDP and TCP.
    pub port: u16,
    folder: PathBuf,
    /// The main process; the workers are its children.
    pub process: Process,
}

impl Kamailio {
    /// Starts it with two workers and waits until it serves.
    #[track_caller]
    pub fn start() -> Self {
        Self::start_with("")
    }

    /// The same with these lines in front of its routes.
    #[track_caller]
    pub fn start_with(lines: &str) -> Self {
        let port = ports::free_ports(2);
        let folder = fresh_folder("kamailio");
        std::fs::write(folder.join(FILE), configuration(port, &folder, lines)).expect("the test's folder is writable");
        let process = launch(&folder);
        let kamailio = Self { port, folder, process };
        super::until("kamailio serves", || kamailio.answers().then_some(()));
        kamailio
    }

    /// Starts its program again, after it has ended, and does not wait.
    #[track_caller]
    pub fn launches(&mut self) {
        self.process = launch(&self.folder);
    }

    /// Whether it serves.
    pub fn answers(&self) -> bool {
        super::answers_sip(self.port)
    }

    /// Whether this user is registered with it.
    #[track_caller]
    pub fn knows(&self, user: &str) -> bool {
        self.registrations().lines().any(|line| line.trim() == format!("AoR: {user}"))
    }

    /// Everything that it knows of who is registered.
    #[track_caller]
    pub fn registrations(&self) -> String {
        let socket = format!("unix:{}", self.folder.join(CONTROL).display());
        let asked = Command::new("/usr/sbin/kamcmd").args(["-s", &socket, "ul.dump"]).output();
        let asked = asked.expect("kamcmd comes with kamailio");
        let told = String::from_utf8_lossy(&asked.stdout).into_owned();
        assert!(asked.status.success() && told.contains("Domain"), "kamcmd: {told}{asked:?}");
        told
    }

    /// The secret of a user.
    pub fn secret(user: &str) -> String {
        format!("secret-{user}")
    }
}

const FILE: &str = "kamailio.cfg";
const CONTROL: &str = "control";

#[track_caller]
fn launch(folder: &Path) -> Process {
    let mut command = Command::new("/usr/sbin/kamailio");
    // -DD stays in the foreground and still forks its workers; -m and -M are MiB of shared and private memory.
    command.args(["-DD", "-E", "-m", "256", "-M", "16", "-f"]).arg(folder.join(FILE));
    command.arg("-Y").arg(folder).arg("-w").arg(folder);
    Process::start("kamailio", &mut command)
}

fn configuration(port: u16, folder: &Path, lines: &str) -> String {
    let control = folder.join(CONTROL).display().to_string();
    CONFIGURATION.replace("LINES\n", lines).replace("CONTROL", &control).replace("PORT", &port.to_string())
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
loadmodule "xlog.so"
loadmodule "ctl.so"
modparam("ctl", "binrpc", "unix:CONTROL")
modparam("usrloc", "db_mode", 0)
modparam("auth", "nonce_count", 1)
modparam("auth", "qop", "auth")
LINES
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
    if (is_method("REGISTER")) {
#!ifdef BY_CONNECTION
        force_tcp_alias();
#!endif
#!ifdef SERVICE_ROUTE
        append_to_reply(SERVICE_ROUTE);
#!endif
        save("location"); exit;
    }
    if (is_method("INVITE")) { xlog("L_ERR", "a call came by $proto\n"); }
    remove_hf("Route");
    consume_credentials();
    record_route();
    if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
    t_relay();
    exit;
}
"#;
