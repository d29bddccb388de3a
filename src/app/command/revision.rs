//! A report as it was in a git revision: its files, read with the program git, in a folder of their own for the time being.
//!
//! Nothing is checked out, and the user's repository and files stay as they are. Git is told not to fetch anything.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::project::Project;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::files::Scratch;

/// The most files of a report, and the most bytes of all of them.
const FILES: usize = 20_000;
const BYTES: u64 = 512 << 20;
/// How a file begins that Git LFS keeps elsewhere.
const KEPT_ELSEWHERE: &[u8] = b"version https://git-lfs.github.com/spec/";

/// A report, as it is or as it was.
pub(super) struct ReportState {
    pub(super) project: Project,
    /// Its files, until nobody needs them any more, where they are of a revision.
    _files: Option<Scratch>,
}

impl From<Project> for ReportState {
    fn from(project: Project) -> Self {
        ReportState {
            project,
            _files: None,
        }
    }
}

/// A file of a revision.
struct Entry {
    path: String,
    object: String,
    is_link: bool,
}

/// The report of the revision `named`: `REVISION`, or `REVISION:folder` as seen from the top of the repository. Without a
/// folder it is the one that `here` is.
pub(super) fn read(named: &str, here: &Path) -> Result<ReportState, Diagnostics> {
    let (revision, folder) = match named.split_once(':') {
        Some((revision, folder)) => (revision, Some(folder)),
        None => (named, None),
    };
    let asked = format!("{revision}^{{commit}}");
    let options = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    let commit = said(here, &[&options[..], &[&asked]].concat())?;
    let commit = commit
        .filter(|_| !revision.is_empty())
        .ok_or_else(|| unknown(named))?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => {
            let prefix = said(here, &["rev-parse", "--show-prefix"])?;
            String::from_utf8_lossy(&prefix.unwrap_or_default())
                .trim_end_matches(['\r', '\n'])
                .to_owned()
        }
    };
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    // What belongs to a report in a folder `source` stands next to that.
    let (above, below) = match folder.rsplit_once('/') {
        Some((above, "source")) => (above, "source"),
        None if folder == "source" => ("", "source"),
        _ => (folder, ""),
    };
    let nothing = || {
        let place = if folder.is_empty() { "its top" } else { folder };
        let message = format!("the revision `{revision}` holds no report in `{place}`");
        Diagnostics::from(Diagnostic::new(Code::NO_REPORT_THEN, message).hint(format!(
            "name the folder that the report was in then: {revision}:path/to/report"
        )))
    };
    let listed = said(
        here,
        &[
            "ls-tree",
            "--full-tree",
            "-r",
            "-z",
            "-l",
            &format!("{commit}:{above}"),
        ],
    )?;
    let entries = entries(&listed.ok_or_else(nothing)?, revision)?;
    // What is no report is not read, be it kept elsewhere or not.
    let is_report =
        |entry: &Entry| matches!(entry.path.as_str(), "report.yaml" | "source/report.yaml");
    if !entries.iter().any(is_report) {
        return Err(nothing());
    }
    let files = Scratch::new().map_err(|error| failed(&error.to_string()))?;
    fill(&files, here, entries, revision)?;
    let shown = format!("{revision}:{above}");
    let root = files
        .root(Path::new(&shown))
        .map_err(|error| failed(&error.to_string()))?;
    let project = Project::among(&root, below).ok_or_else(nothing)?;
    Ok(ReportState {
        project,
        _files: Some(files),
    })
}

/// What git says; nothing where it says that there is no such thing.
fn said(here: &Path, words: &[&str]) -> Result<Option<Vec<u8>>, Diagnostics> {
    let done = git(here)
        .args(words)
        .output()
        .map_err(|error| not_run(&error))?;
    Ok(done.status.success().then_some(done.stdout))
}

fn git(here: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("--no-pager")
        .args(["-c", "core.fsmonitor=false"])
        .arg("-C")
        .arg(here)
        .envs([
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_TERMINAL_PROMPT", "0"),
        ])
        .stdin(Stdio::null());
    git
}

/// The files of a list that may belong to a report, `REVISION:folder` being its top.
fn entries(listed: &[u8], revision: &str) -> Result<Vec<Entry>, Diagnostics> {
    let mut found = Vec::new();
    let mut bytes = 0u64;
    let lines = listed.split(|byte| *byte == 0);
    let lines = lines.filter_map(|line| std::str::from_utf8(line).ok());
    let parsed = lines.filter_map(|line| {
        let (head, path) = line.split_once('\t')?;
        let mut words = head.split_whitespace();
        let (mode, kind) = (words.next()?, words.next()?);
        let (object, size) = (words.next()?, words.next()?);
        (kind == "blob").then(|| (mode, object, size.parse::<u64>().unwrap_or_default(), path))
    });
    let parsed: Vec<_> = parsed.collect();
    let apart = parsed
        .iter()
        .any(|(.., path)| *path == "source/report.yaml");
    let belongs = |path: &str| {
        let first = path.split('/').next().unwrap_or_default();
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        !hidden
            && match apart {
                true => {
                    matches!(first, "source" | "layouts") || path == crate::source::SETTINGS_FILE
                }
                false => first != "out",
            }
    };
    for (mode, object, size, path) in parsed {
        if !belongs(path) {
            continue;
        }
        bytes += size;
        if found.len() == FILES || bytes > BYTES {
            let message = format!(
                "the folder of the report in `{revision}` holds more than {FILES} files or {} MB",
                BYTES >> 20
            );
            return Err(Diagnostic::new(Code::TOO_MUCH_THEN, message)
                .hint(format!(
                    "name the report’s own folder: {revision}:path/to/report"
                ))
                .into());
        }
        found.push(Entry {
            path: path.to_owned(),
            object: object.to_owned(),
            is_link: mode == "120000",
        });
    }
    Ok(found)
}

/// Writes the files; links last, so that nothing is written through them.
fn fill(
    files: &Scratch,
    here: &Path,
    entries: Vec<Entry>,
    revision: &str,
) -> Result<(), Diagnostics> {
    let mut git = git(here);
    git.args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = git.spawn().map_err(|error| not_run(&error))?;
    let asked: String = entries
        .iter()
        .map(|one| format!("{}\n", one.object))
        .collect();
    let input = child.stdin.take();
    // It answers while it is asked.
    let asking =
        std::thread::spawn(move || input.map(|mut input| input.write_all(asked.as_bytes())));
    let output = child
        .stdout
        .take()
        .ok_or_else(|| failed("it says nothing"))?;
    let mut output = BufReader::new(output);
    let mut links = Vec::new();
    for entry in entries {
        let bytes = answer(&mut output).map_err(|error| failed(&error.to_string()))?;
        if bytes.starts_with(KEPT_ELSEWHERE) {
            let message = format!(
                "`{revision}:{}` is kept by Git LFS, and the revision holds only its address",
                entry.path
            );
            return Err(Diagnostic::new(Code::NO_GIT, message)
                .hint(format!(
                    "check the revision out elsewhere (git worktree add ../old {revision}), and compare with that folder"
                ))
                .into());
        }
        match entry.is_link {
            true => links.push((entry.path, bytes)),
            false => files
                .write(&entry.path, &bytes)
                .map_err(|error| failed(&error.to_string()))?,
        }
    }
    for (path, target) in links {
        let target = String::from_utf8_lossy(&target);
        files
            .link(&path, &target)
            .map_err(|error| failed(&error.to_string()))?;
    }
    let _ = asking.join();
    let _ = child.wait();
    Ok(())
}

/// The next object that git gives.
fn answer(output: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut head = String::new();
    output.read_line(&mut head)?;
    let size = head
        .trim()
        .rsplit(' ')
        .next()
        .and_then(|size| size.parse::<u64>().ok());
    let size = size.filter(|size| *size <= BYTES);
    let size = size.ok_or_else(|| std::io::Error::new(ErrorKind::InvalidData, head.trim()))?;
    let mut bytes = Vec::new();
    output.take(size + 1).read_to_end(&mut bytes)?;
    if bytes.pop().is_none() || bytes.len() as u64 != size {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

/// Nothing of that name is there.
pub(super) fn unknown(named: &str) -> Diagnostics {
    let message = format!("there is no folder, file or git revision `{named}`");
    Diagnostic::new(Code::UNKNOWN_REVISION, message)
        .hint("give a report’s folder, a release’s folder, a Word file, or a revision such as HEAD~3 or v1.0:reports/annual")
        .into()
}

fn not_run(error: &std::io::Error) -> Diagnostics {
    match error.kind() {
        ErrorKind::NotFound => failed("there is no program git"),
        _ => failed(&error.to_string()),
    }
}

fn failed(why: &str) -> Diagnostics {
    Diagnostic::new(Code::NO_GIT, format!("the revision cannot be read: {why}"))
        .hint("compare with a folder, a release or a Word file instead")
        .into()
}
