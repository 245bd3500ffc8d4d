//! Where stage and host meet across a C boundary: the only module of this crate with unsafe code.
#![allow(unsafe_code)]

pub mod abi;
pub mod export;
mod host;
pub(crate) mod in_c;
