//! One request, one answer.

use std::net::IpAddr;

use ureq::http::header::{ACCEPT, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION};
use ureq::http::{HeaderName, Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, config::Config};
use url::Url;

use crate::networks::is_public;
use crate::{FetchError, Options};

/// What is asked for; servers that have several forms of a page give one that is read.
const KINDS: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
                     application/feed+json, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5";

/// Most bytes of the head of an answer.
const HEAD: usize = 64 << 10;

/// Asks servers.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    options: Options,
}

/// What is known of a page, so that only a newer one is sent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Condition<'c> {
    pub(crate) etag: Option<&'c str>,
    pub(crate) modified: Option<&'c str>,
}

/// What a server says.
#[derive(Debug)]
pub(crate) enum Reply {
    Page {
        media_type: Option<String>,
        etag: Option<String>,
        modified: Option<String>,
        bytes: Vec<u8>,
    },
    Unchanged,
    /// Where to ask instead.
    Elsewhere(String),
    Status(u16),
}

impl Client {
    pub(crate) fn new(options: &Options) -> Self {
        let by = options.contact.as_ref().map(|contact| format!(" (+{contact})")).unwrap_or_default();
        let config = Config::builder()
            .user_agent(format!("recoup/{}{by}", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_response_header_size(HEAD)
            // A proxy would look names up by itself, and ask private networks for us.
            .proxy(None)
            .timeout_global(Some(options.patience))
            .build();
        let resolver = Guard { names: DefaultResolver::default(), allow: options.allow.clone() };
        Client { agent: Agent::with_parts(config, DefaultConnector::default(), resolver), options: options.clone() }
    }

    pub(crate) fn get(&self, url: &Url, condition: Condition<'_>) -> Result<Reply, FetchError> {
        let mut request = self.agent.get(url.as_str()).header(ACCEPT, KINDS);
        for (name, value) in [(IF_NONE_MATCH, condition.etag), (IF_MODIFIED_SINCE, condition.modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut response = request.call().map_err(|error| self.explain(error))?;
        let is_conditional = condition.etag.is_some() || condition.modified.is_some();
        Ok(match response.status().as_u16() {
            200 => {
                let [media_type, etag, modified] = [CONTENT_TYPE, ETAG, LAST_MODIFIED].map(|h| header(&response, h));
                let bytes = response.body_mut().with_config().limit(self.options.largest).read_to_vec();
                let bytes = bytes.map_err(|error| self.explain(error))?;
                Reply::Page { media_type, etag, modified, bytes }
            }
            304 if is_conditional => Reply::Unchanged,
            status @ (301 | 302 | 303 | 307 | 308) => match header(&response, LOCATION) {
                Some(elsewhere) => Reply::Elsewhere(elsewhere),
                None => Reply::Status(status),
            },
            status => Reply::Status(status),
        })
    }

    fn explain(&self, error: ureq::Error) -> FetchError {
        let other = |reason: String| FetchError::Connection { reason };
        match error {
            ureq::Error::Timeout(_) => FetchError::Slow { patience: self.options.patience },
            ureq::Error::BodyExceedsLimit(largest) => FetchError::TooLarge { largest },
            ureq::Error::LargeResponseHeader(..) => other(format!("its head is larger than {} KiB", HEAD >> 10)),
            ureq::Error::Io(error) => other(error.to_string()),
            ureq::Error::HostNotFound => other("no server of that name is known".to_owned()),
            ureq::Error::Other(refused) => match refused.downcast::<FetchError>() {
                Ok(refused) => *refused,
                Err(error) => other(error.to_string()),
            },
            error => other(error.to_string()),
        }
    }
}

fn header(response: &Response<Body>, name: HeaderName) -> Option<String> {
    // What is no text is of no use, and must not be sent back.
    response.headers().get(name)?.to_str().ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Looks names up, and keeps out of private networks: what a name meant a moment ago it need not mean now, so that only
/// the address that is connected to can be judged.
#[derive(Debug)]
struct Guard {
    names: DefaultResolver,
    allow: Vec<String>,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        let with_port = uri.authority().map(ToString::to_string).unwrap_or_default();
        if self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(host) || *allowed == with_port) {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        let first: Option<IpAddr> = found.iter().map(|address| address.ip()).next();
        match first.filter(|_| public.is_empty()) {
            Some(address) => Err(ureq::Error::Other(Box::new(FetchError::Private { host: host.to_owned(), address }))),
            None => Ok(public),
        }
    }
}
