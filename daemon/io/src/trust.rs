//! Whom we connect to within TLS, and whether it is who it should be (RFC 5922 §7): by the system's authorities, or by those
//! that were given for this peer, and for the name that it was set up with.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, ClientConnection, Error, PeerIncompatible, RootCertStore};
use sip::peer::SecurePeer;
use sip::transport::Distrust;

use crate::flows::Peer;

/// The peers that are reached by TLS.
#[derive(Debug, Default)]
pub(crate) struct Trust {
    peers: Mutex<Arc<Vec<SecurePeer>>>,
}

impl Trust {
    pub(crate) fn set(&self, peers: Arc<Vec<SecurePeer>>) {
        *self.peers.lock().unwrap_or_else(PoisonError::into_inner) = peers;
    }

    /// The peer that is meant, where a connection to it may be opened.
    pub(crate) fn of(&self, meant: Peer) -> Option<SecurePeer> {
        let peers = Arc::clone(&self.peers.lock().unwrap_or_else(PoisonError::into_inner));
        let is_it = |peer: &&SecurePeer| Some(peer.proof) == meant.proof && peer.addresses.contains(&meant.remote);
        peers.iter().find(is_it).cloned()
    }
}

/// Our side of TLS with a peer. Waits for the disk: the system's authorities are read anew, so that an update of them counts.
pub(crate) fn session(peer: &SecurePeer) -> Result<ClientConnection, Distrust> {
    let mut roots = RootCertStore::empty();
    match &peer.authority {
        Some(authority) => {
            for certificate in CertificateDer::pem_slice_iter(authority.as_bytes()) {
                let certificate = certificate.map_err(|_| Distrust::BadAuthority)?;
                roots.add(certificate).map_err(|_| Distrust::BadAuthority)?;
            }
            if roots.is_empty() {
                return Err(Distrust::BadAuthority);
            }
        }
        None => {
            let found = rustls_native_certs::load_native_certs();
            roots.add_parsable_certificates(found.certs);
            if roots.is_empty() {
                return Err(Distrust::NoAuthorities);
            }
        }
    }
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|_| Distrust::NoTls)?.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from(peer.name.clone()).map_err(|_| Distrust::WrongName)?;
    ClientConnection::new(Arc::new(config), name).map_err(|error| explain(&error))
}

/// Whether an error of the handshake says that the peer knows TLS 1.1 at best, which is not safe any more (RFC 8996). Such a one
/// names no signature algorithms (RFC 5246 §7.4.1.4.1), which is looked at before the version.
pub(crate) fn is_old(error: &Error) -> bool {
    use PeerIncompatible::{SignatureAlgorithmsExtensionRequired, Tls12NotOffered, Tls12NotOfferedOrEnabled};
    let old = |why: &PeerIncompatible| {
        matches!(why, SignatureAlgorithmsExtensionRequired | Tls12NotOffered | Tls12NotOfferedOrEnabled)
    };
    matches!(error, Error::PeerIncompatible(why) if old(why))
}

/// What an error of the handshake says of the peer.
pub(crate) fn explain(error: &Error) -> Distrust {
    match error {
        Error::InvalidCertificate(flaw) => match flaw {
            // An issuer of the same name, with another key, is another.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => Distrust::UnknownAuthority,
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Distrust::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Distrust::NotYetValid,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Distrust::WrongName,
            _ => Distrust::BadCertificate,
        },
        Error::NoCertificatesPresented => Distrust::BadCertificate,
        _ => Distrust::NoTls,
    }
}
