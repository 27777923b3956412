//! A single `git cat-file --batch-command` process that answers all questions about objects.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Stdio};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::error::HistoryError;
use crate::git::{Git, TIME_LIMIT};

/// A request for an object by its name in git's syntax, without a line break.
#[derive(Debug)]
pub(crate) enum Request {
    /// The id and kind of the object.
    Info(String),
    /// The id, kind and contents of the object.
    Contents(String),
}

/// The answer to a [`Request`].
#[derive(Debug)]
pub(crate) enum Answer {
    /// The object exists.
    Found(Object),
    /// The object is not in this clone.
    Missing,
    /// Several objects share the abbreviated id.
    Ambiguous,
}

/// An object as git describes it.
#[derive(Debug)]
pub(crate) struct Object {
    /// Its full id.
    pub(crate) id: String,
    /// `commit`, `tree`, `blob` or `tag`.
    pub(crate) kind: String,
    /// Its contents; empty unless requested.
    pub(crate) contents: Vec<u8>,
}

impl Answer {
    /// The object, if it exists and is of this kind.
    pub(crate) fn found(self, kind: &str) -> Option<Object> {
        match self {
            Self::Found(object) if object.kind == kind => Some(object),
            _ => None,
        }
    }
}

/// Output of git as text; bytes that are not UTF-8 are replaced.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// How much of git's standard error is kept.
const MOST_STDERR: u64 = 8 * 1024;

/// What an empty pipe takes at least, on every system, before anyone reads from it.
const PIPE_BYTES: usize = 4096;

/// The most that is allocated for a text before it is read.
const MOST_RESERVED: u64 = 1 << 20;

/// Kills a process that takes too long to answer: an object may be a named pipe that nothing writes to.
#[derive(Debug)]
struct Watch {
    child: Mutex<Child>,
    started: Instant,
    /// When the current request was sent, in milliseconds since `started`; [`IDLE`] if there is none.
    awaited: AtomicU64,
    ended: AtomicBool,
}

/// No request is pending.
const IDLE: u64 = u64::MAX;

/// How often to check whether the process still answers.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

impl Watch {
    fn now(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }

    fn end(&self) {
        if let Ok(mut child) = self.child.lock() {
            // A git in the middle of an answer would wait forever for it to be read.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Watches the process until the batch is dropped.
    fn keep(&self, dropped: &Receiver<()>) {
        while dropped.recv_timeout(POLL_INTERVAL) == Err(RecvTimeoutError::Timeout) {
            let awaited = self.awaited.load(Relaxed);
            if awaited != IDLE && self.now().saturating_sub(awaited) > TIME_LIMIT.as_millis() as u64 {
                self.ended.store(true, Relaxed);
                self.end();
                return;
            }
        }
    }
}

/// The running process. Dropping this ends it.
#[derive(Debug)]
pub(crate) struct Batch {
    git: Git,
    watch: Arc<Watch>,
    /// Dropping this ends the watch.
    _keeper: Sender<()>,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    stderr: Option<JoinHandle<String>>,
}

impl Batch {
    /// Starts git.
    pub(crate) fn start(git: &Git) -> Result<Self, HistoryError> {
        let mut command = git.command(&["cat-file", "--batch-command", "--buffer"])?;
        let mut child = command.stdin(Stdio::piped()).spawn().map_err(|error| HistoryError::from_start(&error))?;
        let (requests, answers, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let Some(answers) = answers else {
            return Err(git.error("no pipe to read git's answers from"));
        };
        // Read on another thread, so that git never blocks on its warnings.
        let stderr = errors.map(read_stderr);
        let watch = Arc::new(Watch {
            child: Mutex::new(child),
            started: Instant::now(),
            awaited: AtomicU64::new(IDLE),
            ended: AtomicBool::new(false),
        });
        let (keeper, dropped) = channel();
        let watched = watch.clone();
        thread::spawn(move || watched.keep(&dropped));
        let answers = BufReader::with_capacity(1 << 16, answers);
        Ok(Self { git: git.clone(), watch, _keeper: keeper, requests, answers, stderr })
    }

    /// Answers `requests`, in order.
    pub(crate) fn ask(&mut self, requests: &[Request]) -> Result<Vec<Answer>, HistoryError> {
        let mut answers = Vec::with_capacity(requests.len());
        self.ask_each(requests, |_, answer| answers.push(answer))?;
        Ok(answers)
    }

    /// Passes on each answer as soon as it is read, with the index of its request.
    pub(crate) fn ask_each(
        &mut self,
        requests: &[Request],
        mut take: impl FnMut(usize, Answer),
    ) -> Result<(), HistoryError> {
        if requests.is_empty() {
            return Ok(());
        }
        let Some(pipe) = self.requests.as_mut() else {
            return Err(self.failure());
        };
        let (answers, watch) = (&mut self.answers, &self.watch);
        let mut read = || {
            let is_complete = requests.iter().enumerate().all(|(index, request)| {
                watch.awaited.store(watch.now(), Relaxed);
                let answer = read_answer(answers, request);
                answer.map(|answer| take(index, answer)).is_some()
            });
            watch.awaited.store(IDLE, Relaxed);
            is_complete
        };
        let lines = lines(requests);
        let is_complete = if lines.len() <= PIPE_BYTES {
            send(pipe, &lines);
            read()
        } else {
            // Write on another thread, so that neither pipe can fill up while both sides wait.
            thread::scope(|scope| {
                scope.spawn(|| send(pipe, &lines));
                read()
            })
        };
        if is_complete { Ok(()) } else { Err(self.failure()) }
    }

    /// The error of a git that ended before its last answer.
    fn failure(&mut self) -> HistoryError {
        self.end();
        let stderr = self.take_stderr();
        if self.watch.ended.load(Relaxed) {
            return self.git.error(&format!("no answer within {} seconds", TIME_LIMIT.as_secs()));
        }
        self.git.error(&stderr)
    }

    /// What git writes to standard error while it looks for `requests`, whether or not it fails.
    pub(crate) fn stderr(git: &Git, requests: &[Request]) -> Result<String, HistoryError> {
        let mut batch = Self::start(git)?;
        let _ = batch.ask_each(requests, |_, _| {});
        drop(batch.requests.take());
        // It has answered everything or was killed, so it ends now.
        if let Ok(mut child) = batch.watch.child.lock() {
            let _ = child.wait();
        }
        Ok(batch.take_stderr())
    }

    fn take_stderr(&mut self) -> String {
        self.stderr.take().and_then(|reader| reader.join().ok()).unwrap_or_default()
    }

    fn end(&mut self) {
        drop(self.requests.take());
        self.watch.end();
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.end();
    }
}

/// Reads the start of a process's standard error on another thread.
pub(crate) fn read_stderr(errors: ChildStderr) -> JoinHandle<String> {
    thread::spawn(move || first_stderr(errors))
}

fn first_stderr(mut errors: ChildStderr) -> String {
    let mut kept = Vec::new();
    let _ = errors.by_ref().take(MOST_STDERR).read_to_end(&mut kept);
    let _ = std::io::copy(&mut errors, &mut std::io::sink());
    String::from_utf8_lossy(&kept).into_owned()
}

/// The requests as git reads them, followed by the command to answer them now.
fn lines(requests: &[Request]) -> String {
    let mut lines = String::new();
    for request in requests {
        let (word, name) = match request {
            Request::Info(name) => ("info ", name),
            Request::Contents(name) => ("contents ", name),
        };
        lines.extend([word, name, "\n"]);
    }
    lines + "flush\n"
}

/// Writes requests. Errors are ignored, because the reader notices a git that has ended.
fn send(pipe: &mut ChildStdin, lines: &str) {
    let _ = pipe.write_all(lines.as_bytes()).and_then(|()| pipe.flush());
}

/// Reads one answer: `<id> <kind> <size>` and perhaps the contents, `<name> missing` or `<name> ambiguous`.
pub(crate) fn read_answer(answers: &mut impl BufRead, request: &Request) -> Option<Answer> {
    let mut line = Vec::new();
    // The line contains the requested name.
    answers.by_ref().take(MOST_RESERVED).read_until(b'\n', &mut line).ok()?;
    if line.pop() != Some(b'\n') {
        return None;
    }
    if line.ends_with(b" ambiguous") {
        return Some(Answer::Ambiguous);
    }
    if !line.last()?.is_ascii_digit() {
        return Some(Answer::Missing);
    }
    let line = String::from_utf8(line).ok()?;
    let mut words = line.split(' ');
    let (id, kind, size) = (words.next()?.to_owned(), words.next()?.to_owned(), words.next()?.parse::<u64>().ok()?);
    let mut contents = Vec::new();
    if let Request::Contents(_) = request {
        contents.reserve_exact(size.min(MOST_RESERVED) as usize);
        answers.by_ref().take(size).read_to_end(&mut contents).ok()?;
        if contents.len() as u64 != size {
            return None;
        }
        let mut newline = [0];
        answers.read_exact(&mut newline).ok()?;
    }
    Some(Answer::Found(Object { id, kind, contents }))
}
