//! The program in a process of its own, as a user starts it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gmg_export::app::cli::PREFIX;
use tempfile::TempDir;

/// A folder with a small report in it, and the program run there.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What a run of the program came to.
pub(crate) struct Ran {
    /// Exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Desk {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// A folder with the report that `init` makes: `source/report.yaml` and all that belongs to it.
    pub(crate) fn with_report() -> Self {
        let desk = Desk::empty();
        desk.run(&["init", "."]).is_done();
        desk
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file with its folders.
    pub(crate) fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        std::fs::write(path, text).expect("a file is written");
        self
    }

    /// Writes a file into a folder and notes it there, as if the program had written it.
    pub(crate) fn write_as_program(&self, folder: &str, name: &str, text: &str) {
        self.write(&format!("{folder}/{name}"), text);
        let sum = gmg_export::base::digest::sha256(text.as_bytes());
        let notes = self.path(&format!("{folder}/.gmg-export.sums"));
        let known = std::fs::read_to_string(&notes).unwrap_or_default();
        std::fs::write(notes, format!("{known}{sum}  {name}\n")).expect("notes are written");
    }

    /// Replaces text in a file, which must be in it once.
    pub(crate) fn replace(&self, name: &str, old: &str, new: &str) -> &Self {
        let text = self.read(name);
        assert_eq!(text.matches(old).count(), 1, "`{old}` in {name}");
        self.write(name, &text.replace(old, new))
    }

    /// The text of a file.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a text file")
    }

    /// Names of all that is in a folder, hidden ones included, sorted.
    pub(crate) fn names(&self, name: &str) -> Vec<String> {
        names(&self.path(name))
    }

    /// The program, ready to be run in the folder, free of what the caller's environment says.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gmg-export"));
        command.current_dir(self.folder.path()).args(arguments);
        for name in [
            "SOURCE_DATE_EPOCH",
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "RUST_BACKTRACE",
        ] {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with(PREFIX) {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments)
            .output()
            .expect("the program runs")
            .into()
    }
}

/// Names of all that is in a folder, hidden ones included but for the notes of what the program wrote, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().expect("a folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.retain(|name| name != ".gmg-export.sums");
    names.sort();
    names
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let ran = Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        ran
    }
}

impl Ran {
    /// The run succeeded and found nothing to say.
    #[track_caller]
    pub(crate) fn is_done(&self) -> &Self {
        assert_eq!(
            (self.code, self.stderr.as_str()),
            (0, ""),
            "{}",
            self.stdout
        );
        self
    }

    /// The run succeeded, found nothing to say, and printed this among other things.
    #[track_caller]
    pub(crate) fn is_done_saying(&self, part: &str) -> &Self {
        self.is_done();
        assert!(self.stdout.contains(part), "{part} in {}", self.stdout);
        self
    }

    /// What a run that succeeded and found nothing to say printed.
    #[track_caller]
    pub(crate) fn printed(self) -> String {
        self.is_done();
        self.stdout
    }

    /// The run failed with that exit code and exactly those words, and said nothing else.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, stderr: &str) {
        assert_eq!(self.stderr, stderr);
        assert_eq!((self.code, self.stdout.as_str()), (code, ""));
    }

    /// The run failed with that exit code, and its words hold each of these.
    #[track_caller]
    pub(crate) fn fails_with(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, code, "{}", self.stderr);
        for part in parts {
            assert!(self.stderr.contains(part), "{part} in {}", self.stderr);
        }
    }
}
