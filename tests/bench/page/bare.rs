//! The least that the same libraries cost: a server that answers every request with as many bytes as its path says.

use std::convert::Infallible;
use std::process::Command;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Response, Uri, header};

use crate::harness::process::Process;
use crate::harness::until;

/// What it says with its port when it is ready.
const READY: &str = "listens on ";

/// It, as a process of its own, so that the kernel counts it as it counts the daemon.
pub struct Bare {
    /// Its port on loopback.
    pub port: u16,
    /// The program itself.
    pub process: Process,
}

impl Bare {
    /// Starts this program again as the server.
    pub fn start() -> Self {
        let program = std::env::current_exe().expect("a running program has a path");
        let process = Process::start("bare", Command::new(program).arg("--bare"));
        let port = until("the bare server listens", || process.last_said(READY)?.strip_prefix(READY)?.parse().ok());
        Self { port, process }
    }
}

/// Serves until it is killed, with as many threads as the daemon has for its sockets.
pub fn serve() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("threads left").block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        println!("{READY}{}", listener.local_addr().expect("it is bound").port());
        let body = Bytes::from(vec![b'a'; 4 << 20]);
        let answer = move |uri: Uri| {
            let length = uri.path().trim_start_matches('/').parse().unwrap_or(0).min(body.len());
            let body = Body::from(body.slice(..length));
            async { Ok::<_, Infallible>(Response::builder().header(header::CONTENT_TYPE, "text/plain").body(body)) }
        };
        let routes = Router::new().fallback(async move |uri: Uri| answer(uri).await.map(|made| made.expect("a head")));
        axum::serve(listener, routes).await.expect("it accepts");
    });
}
