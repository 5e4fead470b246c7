//! The rules of the RFCs, filed by what they are about.

mod digest;
mod message;
mod registrar;
mod sdp;
