//! The bytes of one connection, in clear or within TLS, by the same few calls. TLS needs no task and no buffer of its
//! own: rustls is asked when the socket is ready, as the framing is.

use std::io::{self, Read, Write};
use std::sync::Arc;

use rustls::{ClientConnection, Connection, ServerConfig, ServerConnection};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// How much may wait to be encrypted: one message of the longest that is sent, so that a handshake that never ends
/// holds no more.
const PLAIN_WAITING: usize = 64 * 1024;

/// What a server proves itself with, asked anew for each connection: a certificate changes without a restart, and a
/// connection keeps the one that it began with.
pub type Identity = Arc<dyn Fn() -> Arc<ServerConfig> + Send + Sync>;

/// One connection's socket, and the TLS session on it where there is one.
pub(crate) struct Line {
    stream: TcpStream,
    session: Option<Box<Connection>>,
    /// Decrypted bytes that were not taken yet: the socket says nothing of them.
    unread: usize,
}

impl Line {
    pub(crate) fn plain(stream: TcpStream) -> Line {
        Line { stream, session: None, unread: 0 }
    }

    /// The server's side of TLS on an accepted connection.
    pub(crate) fn tls(stream: TcpStream, identity: Arc<ServerConfig>) -> Result<Line, rustls::Error> {
        let mut session = ServerConnection::new(identity)?;
        session.set_buffer_limit(Some(PLAIN_WAITING));
        Ok(Line { stream, session: Some(Box::new(session.into())), unread: 0 })
    }

    /// Our side of TLS on a connection that we opened.
    pub(crate) fn tls_opened(stream: TcpStream, mut session: ClientConnection) -> Line {
        session.set_buffer_limit(Some(PLAIN_WAITING));
        Line { stream, session: Some(Box::new(session.into())), unread: 0 }
    }

    pub(crate) fn stream(&self) -> &TcpStream {
        &self.stream
    }

    pub(crate) fn is_tls(&self) -> bool {
        self.session.is_some()
    }

    /// Waits until there is something to read, or an end.
    pub(crate) async fn readable(&self) -> io::Result<()> {
        if self.unread > 0 { Ok(()) } else { self.stream.readable().await }
    }

    /// Whether TLS has something to send of its own accord, as in the handshake.
    pub(crate) fn wants_write(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.wants_write())
    }

    /// Reads what is there; `Ok(0)` is the end of the connection, `WouldBlock` that there is nothing now.
    pub(crate) fn try_read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(session) = &mut self.session else { return self.stream.try_read(buffer) };
        loop {
            match session.reader().read(buffer) {
                Ok(count) => {
                    self.unread = self.unread.saturating_sub(count);
                    return Ok(count);
                }
                // The peer went without the close that TLS wants: frames are whole or not, so nothing can be cut off.
                Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(0),
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => self.unread = 0,
                Err(e) => return Err(e),
            }
            if session.read_tls(&mut Raw(&self.stream))? == 0 {
                return Ok(0);
            }
            match session.process_new_packets() {
                Ok(state) => self.unread = state.plaintext_bytes_to_read(),
                Err(e) => {
                    // The alert says to the phone what it did wrong; where it does not go out at once, it stays out.
                    let _ = session.write_tls(&mut Raw(&self.stream));
                    return Err(io::Error::new(io::ErrorKind::InvalidData, e));
                }
            }
        }
    }

    /// Takes some of the bytes. Within TLS they may wait for [`Line::flush`].
    pub(crate) fn try_write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.session {
            None => self.stream.try_write(bytes),
            Some(_) => {
                self.flush()?;
                let session = self.session.as_mut().expect("it is there, as was just seen");
                match session.writer().write(bytes)? {
                    0 if !bytes.is_empty() => Err(io::ErrorKind::WouldBlock.into()),
                    count => Ok(count),
                }
            }
        }
    }

    /// Sends what TLS holds; `WouldBlock` where the peer takes no more now.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let Some(session) = &mut self.session else { return Ok(()) };
        while session.wants_write() {
            if session.write_tls(&mut Raw(&self.stream))? == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
        Ok(())
    }

    /// Says that no more comes.
    pub(crate) async fn shutdown(&mut self) {
        if let Some(session) = &mut self.session {
            session.send_close_notify();
            let _ = self.flush();
        }
        let _ = self.stream.shutdown().await;
    }
}

/// The socket as rustls reads and writes it: never waiting.
struct Raw<'a>(&'a TcpStream);

impl Read for Raw<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.try_read(buffer)
    }
}

impl Write for Raw<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
