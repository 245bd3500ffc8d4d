//! A stage of a library, served to a host in another process.

use std::ptr;

use recoup_plugin::Error;
use recoup_plugin::abi::{Bytes, FAILED_CODE, Host, OK};
use recoup_plugin::child::{Said, Served};

use super::heard::Heard;
use super::stage::Instance;
use super::tables::Verbs;

/// A stage of a library behind frames: bytes go through as they are.
pub(crate) struct Caged {
    pub(super) name: String,
    /// In JSON.
    pub(super) manifest: Vec<u8>,
    pub(super) verbs: Verbs,
    pub(super) instance: Option<Instance>,
}

impl Caged {
    fn call(&mut self, call: impl FnOnce(Verbs, &Instance, *const Host) -> i32) -> Said {
        let Some(instance) = &self.instance else {
            return Said::default().fail(FAILED_CODE, Error::new("the host sent an item before it opened the stage"));
        };
        Heard::during(&self.name, &|| false, |host| call(self.verbs, instance, host)).into_said()
    }
}

impl Served for Caged {
    fn manifest(&self) -> Vec<u8> {
        self.manifest.clone()
    }

    fn open(&mut self, settings: &[u8]) -> Said {
        self.instance = None;
        let verbs = self.verbs;
        let mut instance = None;
        let heard = Heard::during(&self.name, &|| false, |host| {
            let mut stage = ptr::null_mut();
            // SAFETY: the host and the settings live until the call returns, and `stage` has room for a pointer.
            let code = unsafe { (verbs.open)(host, Bytes::lend(settings), &raw mut stage) };
            instance = (code == OK).then_some(Instance { stage, close: verbs.close });
            code
        });
        self.instance = instance;
        heard.into_said()
    }

    fn process(&mut self, item: &[u8]) -> Said {
        let mut line = Vec::with_capacity(item.len() + 1);
        line.extend_from_slice(item);
        line.push(b'\n');
        self.call(|verbs, instance, host| {
            // SAFETY: the instance is open and used by this thread alone; host and line live until the call returns.
            unsafe { (verbs.process)(instance.stage, host, Bytes::lend(&line)) }
        })
    }

    fn finish(&mut self) -> Said {
        let said = self.call(|verbs, instance, host| {
            // SAFETY: the instance is open and used by this thread alone; the host lives until the call returns.
            unsafe { (verbs.finish)(instance.stage, host) }
        });
        self.instance = None;
        said
    }
}
