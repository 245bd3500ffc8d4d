//! The frames of the child form: one JSON object a line, whose one key says what it is.
//!
//! A frame is cut, not parsed: what stands behind its key is read once, by whoever it is for, and errors in it name
//! fields from its own root.

/// What a host sends to a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToChild<'a> {
    /// `{"open":{"options":{…},"context":{…}}}`: begin.
    Open(&'a [u8]),
    /// `{"item":{…}}`: one item.
    Item(&'a [u8]),
    /// `{"flush":n}`: answer with `{"ok":n}` once everything before is done.
    Flush(u64),
    /// `{"finish":1}`: there are no more items.
    Finish,
}

/// What a child sends to its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToHost<'a> {
    /// `{"hello":{manifest}}`: the first line.
    Hello(&'a [u8]),
    /// `{"emit":{…}}`: one output item.
    Emit(&'a [u8]),
    /// `{"report":{…}}`: a diagnostic.
    Report(&'a [u8]),
    /// `{"ok":n}`: the answer to a flush.
    Ok(u64),
    /// `{"done":1}`: the answer to finish.
    Done,
}

impl<'a> ToChild<'a> {
    /// Reads a line, without its end; `None` where it is no frame of a host.
    pub fn read(line: &'a [u8]) -> Option<Self> {
        let (key, body) = cut(line)?;
        Some(match key {
            b"open" => ToChild::Open(body),
            b"item" => ToChild::Item(body),
            b"flush" => ToChild::Flush(number(body)?),
            b"finish" => ToChild::Finish,
            _ => return None,
        })
    }

    /// Adds the frame to `out` as a line.
    pub fn write(self, out: &mut Vec<u8>) {
        match self {
            ToChild::Open(body) => line(out, "open", body),
            ToChild::Item(body) => line(out, "item", body),
            ToChild::Flush(n) => line(out, "flush", n.to_string().as_bytes()),
            ToChild::Finish => line(out, "finish", b"1"),
        }
    }
}

impl<'a> ToHost<'a> {
    /// Reads a line, without its end; `None` where it is no frame of a child.
    pub fn read(line: &'a [u8]) -> Option<Self> {
        let (key, body) = cut(line)?;
        Some(match key {
            b"hello" => ToHost::Hello(body),
            b"emit" => ToHost::Emit(body),
            b"report" => ToHost::Report(body),
            b"ok" => ToHost::Ok(number(body)?),
            b"done" => ToHost::Done,
            _ => return None,
        })
    }

    /// Adds the frame to `out` as a line.
    pub fn write(self, out: &mut Vec<u8>) {
        match self {
            ToHost::Hello(body) => line(out, "hello", body),
            ToHost::Emit(body) => line(out, "emit", body),
            ToHost::Report(body) => line(out, "report", body),
            ToHost::Ok(n) => line(out, "ok", n.to_string().as_bytes()),
            ToHost::Done => line(out, "done", b"1"),
        }
    }
}

/// The only key of an object, and what stands behind it.
fn cut(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let inner = line.trim_ascii().strip_prefix(b"{")?.strip_suffix(b"}")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = inner.iter().take(16).position(|byte| *byte == b'"')?;
    let body = inner[end + 1..].trim_ascii_start().strip_prefix(b":")?;
    Some((&inner[..end], body.trim_ascii()))
}

fn number(body: &[u8]) -> Option<u64> {
    std::str::from_utf8(body).ok()?.parse().ok()
}

fn line(out: &mut Vec<u8>, key: &str, body: &[u8]) {
    out.extend_from_slice(b"{\"");
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
    // Between tokens of JSON a line break is a space; within a string it cannot stand.
    out.extend(body.iter().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte }));
    out.extend_from_slice(b"}\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_as_they_were_written() {
        for frame in
            [ToHost::Hello(b"{}"), ToHost::Emit(b"{\"a\":1}"), ToHost::Report(b"{}"), ToHost::Ok(7), ToHost::Done]
        {
            let mut line = Vec::new();
            frame.write(&mut line);
            assert_eq!(ToHost::read(&line), Some(frame));
        }
        for frame in [ToChild::Open(b"{}"), ToChild::Item(b"{}"), ToChild::Flush(0), ToChild::Finish] {
            let mut line = Vec::new();
            frame.write(&mut line);
            assert_eq!(ToChild::read(&line), Some(frame));
        }
    }

    #[test]
    fn other_programs_write_json_with_spaces() {
        assert_eq!(ToHost::read(b"{ \"emit\" : {\"a\": {}} }"), Some(ToHost::Emit(b"{\"a\": {}}")));
        assert_eq!(ToHost::read(b"{\"ok\": 3}\r"), Some(ToHost::Ok(3)));
    }

    #[test]
    fn what_is_no_frame_is_none() {
        for line in [&b""[..], b"hello", b"{}", b"{\"emit\"}", b"{\"ok\":-1}", b"{\"ok\":x}", b"{\"other\":1}", b"[1]"]
        {
            assert_eq!(ToHost::read(line), None, "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn an_item_of_several_lines_is_one() {
        let mut out = Vec::new();
        ToHost::Emit(b"{\n\"a\":1\n}").write(&mut out);
        assert_eq!(out, b"{\"emit\":{ \"a\":1 }}\n");
    }
}
