//! The daemon as it was when it had a dial tone and nothing else: what all that came since costs.

use std::path::PathBuf;
use std::process::Command;

use nix::sys::signal::Signal;

use crate::harness::office::Desk;
use crate::harness::process::Process;
use crate::harness::{fresh_folder, ports};
use crate::load::Office;
use crate::servers::{self, Server};

/// The program that was built from that state of the sources, where there is one.
pub fn program() -> Option<PathBuf> {
    std::env::var_os("BELLBOXD_BASELINE").map(PathBuf::from)
}

/// That program, running.
pub struct DialTone {
    program: PathBuf,
    data: PathBuf,
    sip: u16,
    http: u16,
    rtp: u16,
    process: Process,
}

impl DialTone {
    /// Starts it with the same office and the same number of ports as ours has.
    pub fn start(program: PathBuf, office: &Office) -> Self {
        let folder = fresh_folder("dial-tone");
        let (data, file) = (folder.join("data"), folder.join("office.toml"));
        std::fs::write(&file, office_file(&servers::desks(office))).expect("the folder is writable");
        let imported = Command::new(&program).arg("import").arg(&data).arg(&file).output().expect("the baseline runs");
        assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
        let (sip, http, rtp) = (ports::free_ports(2), ports::free_ports(1), ports::free_ports(servers::RTP_PORTS));
        let process = serve(&program, &data, [sip, http, rtp]);
        let server = Self { program, data, sip, http, rtp, process };
        server.process.says("ready: ");
        server
    }
}

impl Server for DialTone {
    const KEEPS_PHONES: bool = true;

    fn name(&self) -> &'static str {
        "dial tone"
    }
    fn port(&self) -> u16 {
        self.sip
    }
    fn pid(&self) -> u32 {
        self.process.pid()
    }
    fn secret(extension: u32) -> Desk {
        Desk::new(extension)
    }
    fn stop(&mut self) {
        self.process.signal(Signal::SIGTERM);
        let status = self.process.ends();
        assert_eq!(status.code(), Some(0), "the baseline ended with {status}");
    }
    fn launch(&mut self) {
        self.process = serve(&self.program, &self.data, [self.sip, self.http, self.rtp]);
    }
}

fn serve(program: &PathBuf, data: &PathBuf, [sip, http, rtp]: [u16; 3]) -> Process {
    let mut command = Command::new(program);
    command.arg("serve").arg("--data").arg(data);
    command.arg("--sip").arg(format!("127.0.0.1:{sip}")).arg("--http").arg(format!("127.0.0.1:{http}"));
    command.arg("--rtp").arg(format!("127.0.0.1:{rtp}-{}", rtp + servers::RTP_PORTS - 1));
    Process::start("the baseline", &mut command)
}

/// The office in the words that it knew.
fn office_file(desks: &[Desk]) -> String {
    let people = desks.iter().map(|Desk { extension, user, secret }| {
        format!(
            "\n[[person]]\nname = \"Desk {extension}\"\nextension = \"{extension}\"\nring_s = 5\n\
             phones = [{{ user = \"{user}\", secret = \"{secret}\" }}]\n"
        )
    });
    let people: String = people.collect();
    format!("[office]\nname = \"Test office\"\ncountry = \"US\"\ntime_zone = \"UTC\"\n{people}")
}
