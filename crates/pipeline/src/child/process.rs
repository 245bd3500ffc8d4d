//! One child process: its pipes, its deadline, its end.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Write};
use std::ops::Range;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use recoup_plugin::frame::ToHost;

use super::{Launch, end};

/// How long a child may take to leave once its stdin is closed.
const LEAVE: Duration = Duration::from_secs(2);

/// Lines of stderr that are kept for who asks why a child died.
const TAIL: usize = 5;

/// Bytes of one answer beyond which a child is taken to be out of its mind.
const LONGEST: usize = 1 << 30;

/// A child process with its pipes; killed with its whole group when dropped, if it does not leave by itself.
pub(crate) struct Process {
    child: Child,
    /// `None` once stdin is closed.
    to: Option<Sender<Vec<u8>>>,
    from: Receiver<Answer>,
    tail: Arc<Mutex<VecDeque<String>>>,
    timeout: Duration,
}

/// What a child wrote up to an answer.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    bytes: Vec<u8>,
    emitted: Vec<Range<usize>>,
    reported: Vec<Range<usize>>,
    /// The first line on stdout that is no frame, and how many there were.
    pub(crate) noise: Option<(String, usize)>,
    end: Stop,
}

/// What ends an answer.
#[derive(Debug, Default, PartialEq, Eq)]
enum Stop {
    Hello(Range<usize>),
    Ok(u64),
    Done,
    /// The pipe is closed.
    #[default]
    Closed,
    /// It was closed in the middle of a line.
    Half,
    /// More than an answer can be.
    TooLong,
}

/// What a child is expected to say next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    Hello,
    Ok(u64),
    Done,
}

/// Why no answer came.
#[derive(Debug)]
pub(crate) enum Gone {
    /// The process has ended, as told; with what it said before.
    Died(String, Box<Answer>),
    /// It took too long.
    Hung(Duration),
    /// It answered something else.
    Astray(String),
}

/// Why a process could not be started at all.
#[derive(Debug)]
pub(crate) enum Start {
    Spawn(io::Error),
    /// It was started and did not say hello.
    Silent(Gone),
}

impl Answer {
    /// Whether nothing at all was said.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.noise.is_none()
    }

    /// What it emitted, in JSON.
    pub(crate) fn emitted(&self) -> impl Iterator<Item = &[u8]> {
        self.emitted.iter().map(|range| &self.bytes[range.clone()])
    }

    /// What it reported, in JSON.
    pub(crate) fn reported(&self) -> impl Iterator<Item = &[u8]> {
        self.reported.iter().map(|range| &self.bytes[range.clone()])
    }
}

impl Process {
    /// Starts a child and waits for its hello; returns its manifest in JSON.
    pub(crate) fn start(launch: &Launch) -> Result<(Process, Vec<u8>), Start> {
        let mut command = Command::new(&launch.program);
        command.args(&launch.arguments).current_dir(&launch.folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        own_group(&mut command);
        let mut child = command.spawn().map_err(Start::Spawn)?;
        let (to, given) = channel();
        let (answers, from) = channel();
        let tail = Arc::new(Mutex::new(VecDeque::new()));
        if let Some(stdin) = child.stdin.take() {
            thread::spawn(move || write(stdin, &given));
        }
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || listen(stdout, &answers));
        }
        if let Some(stderr) = child.stderr.take() {
            let tail = Arc::clone(&tail);
            thread::spawn(move || follow(stderr, &tail));
        }
        let mut process = Process { child, to: Some(to), from, tail, timeout: launch.limits.timeout };
        let hello = process.answer(Expected::Hello).map_err(Start::Silent)?;
        let Stop::Hello(range) = &hello.end else { return Err(Start::Silent(Gone::Astray(String::new()))) };
        let manifest = hello.bytes[range.clone()].to_vec();
        Ok((process, manifest))
    }

    /// Hands over some frames. That the child is gone is told by the answer that will not come.
    pub(crate) fn send(&self, frames: Vec<u8>) {
        if let Some(to) = &self.to {
            let _ = to.send(frames);
        }
    }

    /// Waits for the next answer.
    pub(crate) fn answer(&mut self, expected: Expected) -> Result<Answer, Gone> {
        let answer = match self.from.recv_timeout(self.timeout) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => {
                self.kill();
                return Err(Gone::Hung(self.timeout));
            }
            Err(RecvTimeoutError::Disconnected) => Answer::default(),
        };
        let astray = |process: &mut Process, message: String| {
            process.kill();
            Err(Gone::Astray(message))
        };
        match (&answer.end, expected) {
            (Stop::Hello(_), Expected::Hello) | (Stop::Done, Expected::Done) => Ok(answer),
            (Stop::Ok(n), Expected::Ok(wanted)) if *n == wanted => Ok(answer),
            (Stop::Closed, _) => Err(Gone::Died(self.ended(), Box::new(answer))),
            (Stop::Half, _) => {
                let ended = format!("{}; the last line that it wrote has no end", self.ended());
                Err(Gone::Died(ended, Box::new(answer)))
            }
            (Stop::TooLong, _) => astray(self, format!("it said more than {LONGEST} bytes about one item")),
            (Stop::Hello(_), _) => astray(self, "it said hello twice".to_owned()),
            (Stop::Done, _) => astray(self, "it said that it was done before it was asked to finish".to_owned()),
            (Stop::Ok(n), Expected::Ok(wanted)) => astray(self, format!("it answered flush {wanted} with {n}")),
            (Stop::Ok(n), _) => astray(self, format!("it answered a flush {n} that nobody had sent")),
        }
    }

    /// The last lines that it wrote on stderr.
    pub(crate) fn tail(&self) -> Vec<String> {
        // The thread that follows stderr sees its end about when the process ends.
        self.tail.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Waits for the end of a process whose stdout is closed, and says how it was.
    fn ended(&mut self) -> String {
        self.to = None;
        match self.leave() {
            Some(status) => {
                thread::sleep(Duration::from_millis(10));
                end::told(status)
            }
            None => "its process closed stdout and did not leave".to_owned(),
        }
    }

    /// Closes stdin and waits until the process has left; `None` where it had to be killed.
    pub(crate) fn close(&mut self) -> Option<std::process::ExitStatus> {
        self.to = None;
        self.leave()
    }

    fn leave(&mut self) -> Option<std::process::ExitStatus> {
        let until = Instant::now() + LEAVE;
        let mut pause = Duration::from_micros(200);
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Err(_) => return None,
                Ok(None) if Instant::now() >= until => {
                    self.kill();
                    return None;
                }
                Ok(None) => thread::sleep(pause),
            }
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }

    /// Ends the process and whatever it has started.
    fn kill(&mut self) {
        self.to = None;
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.to = None;
        if self.leave().is_none() {
            self.kill();
        }
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Writes to the child what is given to it: a child that stops reading must not stop its host. Closes stdin at the end.
fn write(mut stdin: ChildStdin, given: &Receiver<Vec<u8>>) {
    while let Ok(frames) = given.recv() {
        if stdin.write_all(&frames).and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}

/// Reads what the child says, and hands it over answer by answer.
fn listen(stdout: ChildStdout, answers: &Sender<Answer>) {
    let mut reader = BufReader::with_capacity(1 << 16, stdout);
    let mut answer = Answer::default();
    loop {
        let start = answer.bytes.len();
        let read = reader.read_until(b'\n', &mut answer.bytes);
        let end = match read {
            Ok(0) | Err(_) => Stop::Closed,
            Ok(_) if !answer.bytes.ends_with(b"\n") => Stop::Half,
            Ok(_) if answer.bytes.len() > LONGEST => Stop::TooLong,
            Ok(_) => match heard(&mut answer, start) {
                Some(end) => end,
                None => continue,
            },
        };
        let last = matches!(end, Stop::Closed | Stop::Half | Stop::TooLong);
        let said = Answer { end, ..std::mem::take(&mut answer) };
        if answers.send(said).is_err() || last {
            return;
        }
    }
}

/// Takes up the line from `start`; what ends the answer, if it does.
fn heard(answer: &mut Answer, start: usize) -> Option<Stop> {
    let line = &answer.bytes[start..];
    let place = |body: &[u8]| {
        let from = start + (body.as_ptr().addr() - line.as_ptr().addr());
        from..from + body.len()
    };
    match ToHost::read(line) {
        Some(ToHost::Emit(body)) => {
            let place = place(body);
            answer.emitted.push(place);
            None
        }
        Some(ToHost::Report(body)) => {
            let place = place(body);
            answer.reported.push(place);
            None
        }
        Some(ToHost::Hello(body)) => Some(Stop::Hello(place(body))),
        Some(ToHost::Ok(number)) => Some(Stop::Ok(number)),
        Some(ToHost::Done) => Some(Stop::Done),
        None => {
            if !line.trim_ascii().is_empty() {
                let text: String = String::from_utf8_lossy(line.trim_ascii()).chars().take(80).collect();
                answer.noise.get_or_insert((text, 0)).1 += 1;
            }
            answer.bytes.truncate(start);
            None
        }
    }
}

/// Logs stderr and keeps its last lines.
fn follow(stderr: ChildStderr, tail: &Mutex<VecDeque<String>>) {
    let mut reader = BufReader::new(stderr);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        line.clear();
        tracing::debug!(target: "recoup_pipeline::child", "{text}");
        let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
        if tail.len() == TAIL {
            tail.pop_front();
        }
        tail.push_back(text);
    }
}
