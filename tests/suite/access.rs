//! Somebody else's report does no harm: the rule of every read and write of the program is tried.

#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::process::Command;

use gmg_export::base::files::{ACCESSES, Access};

use crate::program::{Desk, Ran, names};

/// A file that nobody named, in a folder with a report.
struct Attack {
    desk: Desk,
    ran: Vec<Ran>,
}

impl Attack {
    /// A folder `report` with a new report in it, and next to it `victim` with a file that is nobody's business.
    fn new() -> Self {
        let desk = Desk::empty();
        desk.run(&["init", "report"]).is_done();
        desk.write("victim/letter.txt", "SECRET\n");
        desk.write(
            "victim/layout.yaml",
            "extends: screen\ndescription: SECRET\n",
        );
        Attack {
            desk,
            ran: Vec::new(),
        }
    }

    /// Puts a link to a file or folder of the victim in place of whatever is at `path` in the report.
    fn link(&mut self, path: &str, to: &str) -> &mut Self {
        let place = self.desk.path(&format!("report/{path}"));
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder is made");
        let _ = std::fs::remove_file(&place);
        symlink(self.desk.path(to), place).expect("a link is made");
        self
    }

    fn write(&mut self, path: &str, text: &str) -> &mut Self {
        self.desk.write(&format!("report/{path}"), text);
        self
    }

    /// Puts a pipe that nobody writes to at `path` in the report.
    fn pipe(&mut self, path: &str) -> &mut Self {
        let place = self.desk.path(&format!("report/{path}"));
        let made = Command::new("mkfifo").arg(place).status();
        assert!(made.is_ok_and(|status| status.success()));
        self
    }

    /// Runs the program in the report's folder.
    fn run(&mut self, arguments: &[&str]) -> &mut Self {
        let mut command = self.desk.command(arguments);
        command.current_dir(self.desk.path("report"));
        self.ran
            .push(command.output().expect("the program runs").into());
        self
    }

    /// Every run was refused, said nothing of what is elsewhere, and left it as it was.
    fn was_refused(&self, what: &str) {
        assert!(!self.ran.is_empty(), "{what}: nothing was tried");
        for ran in &self.ran {
            assert!(
                (1..=5).contains(&ran.code),
                "{what}: {}: {}",
                ran.code,
                ran.stderr
            );
            let said = format!("{}{}", ran.stdout, ran.stderr);
            assert!(!said.contains("SECRET"), "{what}: {said}");
        }
        assert_eq!(self.desk.read("victim/letter.txt"), "SECRET\n", "{what}");
        let left = names(&self.desk.path("victim"));
        assert_eq!(left, ["layout.yaml", "letter.txt"], "{what}");
    }
}

/// Tries to break the rule of an access, in as many ways as there are.
fn attack(what: &str) -> Attack {
    let mut attack = Attack::new();
    match what {
        "report.yaml, registries and chapters" => {
            attack
                .link("source/people.yaml", "victim/letter.txt")
                .run(&["check"]);
            attack
                .link("source/report.yaml", "victim/letter.txt")
                .run(&["check"]);
        }
        "pictures of the report" => {
            attack
                .link("source/images/river.svg", "victim/letter.txt")
                .run(&["--format", "all"]);
        }
        "tables of the report from CSV" => {
            let chapter = "section:\n  id: foreword\n  title: Foreword\n  front: true\n  blocks:\n    \
                           - table: {caption: Berths, file: berths.csv}\n";
            attack
                .write("source/foreword.yaml", chapter)
                .link("source/berths.csv", "victim/letter.txt")
                .run(&["--format", "all"]);
            std::fs::remove_file(attack.desk.path("report/source/berths.csv")).expect("a link");
            attack.pipe("source/berths.csv").run(&["check"]);
            let outside = chapter.replace("berths.csv", "../../victim/letter.txt");
            attack
                .write("source/foreword.yaml", &outside)
                .run(&["check"]);
        }
        "gmg-export.yaml" => {
            attack
                .link("gmg-export.yaml", "victim/letter.txt")
                .run(&["check"]);
        }
        "layouts next to the source: layout.yaml and templates" => {
            attack
                .link("layouts/screen/layout.yaml", "victim/letter.txt")
                .run(&["check"]);
            attack
                .write("layouts/mine/layout.yaml", "extends: screen\n")
                .link("layouts/mine/cover.typ", "victim/letter.txt")
                .run(&["check", "--layout", "mine"]);
            attack
                .link("layouts/whole", "victim")
                .run(&["check", "--layout", "whole"]);
        }
        "layouts next to the source: images and fonts" => {
            attack.write("layouts/screen/layout.yaml", "extends: screen\n");
            attack.link("layouts/screen/images/x", "victim/letter.txt");
            attack.run(&["--format", "pdf"]);
            std::fs::remove_dir_all(attack.desk.path("report/layouts/screen/images")).unwrap();
            attack.link("layouts/screen/fonts/x.otf", "victim/letter.txt");
            attack.run(&["--format", "pdf"]);
        }
        "the Word template of a layout" => {
            let names =
                |template: &str| format!("extends: screen\ndocx: {{template: {template}}}\n");
            attack.write("layouts/house/layout.yaml", &names("house.dotx"));
            attack.link("layouts/house/house.dotx", "victim/letter.txt");
            attack.run(&["check", "--layout", "house"]);
            attack.run(&["--format", "docx", "--layout", "house"]);
            std::fs::remove_file(attack.desk.path("report/layouts/house/house.dotx")).unwrap();
            attack.pipe("layouts/house/house.dotx");
            attack.run(&["--format", "docx", "--layout", "./layouts/house"]);
            for outside in ["../../../victim/letter.txt", "/dev/zero"] {
                attack.write("layouts/house/layout.yaml", &names(outside));
                attack.run(&["--format", "docx", "--layout", "house"]);
            }
        }
        "fixed words next to the source" => {
            attack
                .link("layouts/strings/en.yaml", "victim/letter.txt")
                .run(&["check"]);
        }
        "fonts and profiles next to the source" => {
            attack.link("layouts/fonts/x.otf", "victim/letter.txt");
            attack.run(&["--format", "pdf"]);
            std::fs::remove_dir_all(attack.desk.path("report/layouts/fonts")).unwrap();
            attack.link("layouts/profiles/mine.icc", "victim/letter.txt");
            attack.run(&["--format", "press", "--profile", "mine"]);
        }
        "a layout that gmg-export.yaml or report.yaml chooses" => {
            attack
                .write("gmg-export.yaml", "layout: ../victim\n")
                .run(&["check"]);
            attack
                .link("mine", "victim")
                .write("gmg-export.yaml", "layout: ./mine\n")
                .run(&["--format", "txt"]);
            let report = attack.desk.read("report/source/report.yaml");
            attack.write("gmg-export.yaml", "");
            for layout in ["./mine", "../victim"] {
                let list = format!("{report}\nrelease:\n  - {{format: txt, layout: {layout}}}\n");
                attack.write("source/report.yaml", &list).run(&["release"]);
            }
        }
        "a profile that the report or a layout chooses" => {
            attack
                .link("mine.icc", "victim/letter.txt")
                .write("gmg-export.yaml", "profile: ./mine.icc\n")
                .run(&["--format", "press"]);
            attack.write("gmg-export.yaml", "profile: ../victim/mine.icc\n");
            attack.run(&["--format", "press"]);
            attack.write("gmg-export.yaml", "");
            for profile in ["../victim/letter.txt", "./mine.icc", "/dev/zero"] {
                let layout = format!("extends: print\npress: {{profile: {profile}}}\n");
                attack.write("layouts/print/layout.yaml", &layout);
                attack.run(&["--format", "press"]);
            }
        }
        "approved records, to compare with" => {
            attack.run(&["approve", "-q"]);
            assert_eq!(attack.ran.pop().map(|ran| ran.code), Some(0));
            let record = "tests/golden/my-report.screen.txt";
            attack.link(&format!("{record}/bytes.txt"), "victim/letter.txt");
            attack.run(&["verify"]);
        }
        "a layout named by --layout" => {
            attack.desk.write("house/layout.yaml", "extends: screen\n");
            attack.link("../house/cover.typ", "victim/letter.txt");
            attack.run(&["--format", "pdf", "--layout", "../house"]);
        }
        "a profile named by --profile" => {
            attack.pipe("p.icc");
            attack.run(&["--format", "press", "--profile", "./p.icc"]);
            attack.run(&["--format", "press", "--profile", "/dev/zero"]);
        }
        "a text named to import" => {
            attack
                .pipe("text.txt")
                .run(&["import", "text.txt", "--out", "new"]);
            attack.run(&["import", "/dev/zero", "--out", "new"]);
        }
        "standard input of import" => {
            let mut command =
                attack
                    .desk
                    .command(&["import", "-", "--language", "en", "--out", "new"]);
            command.current_dir(attack.desk.path("report"));
            command.stdin(std::fs::File::open("/dev/zero").expect("a device"));
            let ran = command.output().expect("the program runs").into();
            attack.ran.push(ran);
            assert!(!attack.desk.path("report/new").exists());
        }
        "pictures next to a text that is imported" => {
            attack.link("a.png", "victim/letter.txt");
            attack.write("text.md", "# Title\n\n![A picture](a.png)\n");
            attack.run(&["import", "text.md", "--out", "new"]);
            let ran = attack.ran.last_mut().expect("a run");
            // The text is imported; the picture is named and left out.
            if ran.code == 0 && !attack.desk.path("report/new/images/a.png").exists() {
                ran.code = 5;
            }
        }
        "a PDF named to preflight" => {
            attack.pipe("p.pdf").run(&["preflight", "p.pdf"]);
            attack.run(&["preflight", "/dev/zero"]);
        }
        "sign-offs of access" => {
            let sign = ["access", "sign", "14-001", "--by", "Ada"];
            attack.link("source/access.yaml", "victim/letter.txt");
            attack.run(&["check"]).run(&["access"]).run(&sign);
            std::fs::remove_file(attack.desk.path("report/source/access.yaml")).unwrap();
            attack
                .pipe("source/access.yaml")
                .run(&["access"])
                .run(&sign);
        }
        "the dossier of access" => {
            attack.link("out/my-report.access.json", "victim/letter.txt");
            attack.run(&["access"]);
            std::fs::remove_dir_all(attack.desk.path("report/out")).unwrap();
            attack.link("out", "victim").run(&["access"]);
        }
        "the dossier of access to --out" => {
            attack
                .write("made/my-report.access.html", "mine")
                .run(&["access", "--out", "made"]);
            assert_eq!(
                attack.desk.read("report/made/my-report.access.html"),
                "mine"
            );
        }
        "a release named to verify and manifest merge" => {
            attack.run(&["release", "-q"]);
            assert_eq!(attack.ran.pop().map(|ran| ran.code), Some(0));
            attack.link("out/release/my-report.txt", "victim/letter.txt");
            attack.run(&["verify", "--release", "out/release"]);
            attack.run(&["manifest", "merge", "out/release", "--out", "merged"]);
        }
        "a Word file named to diff" => {
            attack.pipe("old.docx").run(&["diff", "old.docx"]);
            attack.run(&["diff", "/dev/zero"]);
        }
        "a release named to diff" => {
            attack.run(&["release", "-q"]);
            assert_eq!(attack.ran.pop().map(|ran| ran.code), Some(0));
            attack.link("out/release/my-report.docx", "victim/letter.txt");
            attack.run(&["diff", "out/release"]);
        }
        "a report of a git revision named to diff" => {
            attack.link("source/people.yaml", "victim/letter.txt");
            let git = |words: &[&str]| {
                let mut git = Command::new("git");
                git.arg("-C").arg(attack.desk.path("report"));
                git.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
                let done = git.args(words).output().expect("git runs");
                assert!(done.status.success(), "{done:?}");
            };
            git(&["init", "-q"]);
            git(&["add", "source"]);
            git(&["commit", "-qm", "one"]);
            attack.run(&["diff", "HEAD", "HEAD"]);
        }
        "the file of diff without --out" => {
            attack.link("out", "victim").run(&["diff", "source"]);
            std::fs::remove_file(attack.desk.path("report/out")).unwrap();
            attack
                .write("out/my-report.diff.docx", "mine")
                .run(&["diff", "source"]);
            assert_eq!(attack.desk.read("report/out/my-report.diff.docx"), "mine");
        }
        "files of an export without --out" => {
            attack
                .link("out/my-report.txt", "victim/letter.txt")
                .run(&["-f", "txt"]);
            std::fs::remove_dir_all(attack.desk.path("report/out")).unwrap();
            attack.link("out", "victim").run(&["-f", "txt"]);
            std::fs::remove_file(attack.desk.path("report/out")).unwrap();
            attack
                .write("out/my-report.txt", "mine")
                .run(&["-f", "txt"]);
            assert_eq!(attack.desk.read("report/out/my-report.txt"), "mine");
        }
        "files of an export to out: of gmg-export.yaml" => {
            for out in [
                "../victim",
                "/tmp",
                "a/../../victim",
                "linked",
                "linked/deep",
            ] {
                attack.write("gmg-export.yaml", &format!("out: {out}\nformat: [txt]\n"));
                attack.link("linked", "victim").run(&[]);
            }
        }
        "files of an export to --out" => {
            attack
                .write("made/my-report.txt", "mine")
                .run(&["-f", "txt", "--out", "made"]);
            assert_eq!(attack.desk.read("report/made/my-report.txt"), "mine");
            attack.link("made/my-report.txt", "victim/letter.txt");
            attack.run(&["-f", "txt", "--out", "made"]);
        }
        "the file of -o" => {
            attack.write("mine.txt", "mine").run(&["-o", "mine.txt"]);
            assert_eq!(attack.desk.read("report/mine.txt"), "mine");
            attack
                .link("linked.txt", "victim/letter.txt")
                .run(&["-o", "linked.txt"]);
            attack.pipe("pipe.txt").run(&["-o", "pipe.txt"]);
        }
        "the list of --deps" => {
            attack
                .write("list.d", "mine")
                .run(&["-f", "txt", "--deps", "list.d"]);
            assert_eq!(attack.desk.read("report/list.d"), "mine");
            attack.link("list.d", "victim/letter.txt");
            attack.run(&["-f", "txt", "--deps", "list.d"]);
            attack.run(&["release", "--deps", "list.d"]);
        }
        "the stamps of --if-changed" => {
            attack.link("out/.gmg-export.json", "victim/letter.txt");
            attack.run(&["-f", "txt", "--if-changed"]);
            attack.link("out/.gmg-export.sums", "victim/letter.txt");
            attack.run(&["-f", "txt"]);
            let sums = attack.desk.path("report/out/.gmg-export.sums");
            std::fs::remove_file(&sums).unwrap();
            std::fs::hard_link(attack.desk.path("victim/letter.txt"), sums).unwrap();
            attack.run(&["-f", "txt"]);
        }
        "a release" => {
            attack
                .write("out/release/notes.txt", "mine")
                .run(&["release"]);
            assert_eq!(attack.desk.read("report/out/release/notes.txt"), "mine");
            std::fs::remove_dir_all(attack.desk.path("report/out")).unwrap();
            attack.link("out/release", "victim").run(&["release"]);
            std::fs::remove_dir_all(attack.desk.path("report/out")).unwrap();
            attack.link("out", "victim").run(&["release"]);
            attack.run(&["release", "--out", "out"]);
        }
        "what manifest merge joins" => {
            attack.run(&["release", "-q", "--out", "part"]);
            assert_eq!(attack.ran.pop().map(|ran| ran.code), Some(0));
            let join = ["manifest", "merge", "part", "--out", "whole"];
            attack.write("whole/notes.txt", "mine").run(&join);
            assert_eq!(attack.desk.read("report/whole/notes.txt"), "mine");
            std::fs::remove_dir_all(attack.desk.path("report/whole")).unwrap();
            attack.link("whole", "victim").run(&join);
        }
        "schema, completions, man, help, list and explain" => {
            let before = names(&attack.desk.path("report"));
            for what in [
                &["schema"][..],
                &["completions", "bash"],
                &["man"],
                &["help", "safety"],
                &["list"],
                &["explain"],
            ] {
                attack.run(what);
                assert_eq!(attack.ran.pop().map(|ran| ran.code), Some(0));
            }
            assert_eq!(names(&attack.desk.path("report")), before);
            attack.run(&["schema", "../victim/letter.txt"]);
        }
        "a record that is approved" => {
            let record = "tests/golden/my-report.screen.txt";
            attack.link(record, "victim").run(&["approve"]);
            std::fs::remove_file(attack.desk.path(&format!("report/{record}"))).unwrap();
            attack
                .write(&format!("{record}/letter.txt"), "mine")
                .run(&["approve"]);
            assert_eq!(
                attack.desk.read(&format!("report/{record}/letter.txt")),
                "mine"
            );
            std::fs::remove_dir_all(attack.desk.path("report/tests")).unwrap();
            attack.link("tests", "victim").run(&["approve"]);
            attack
                .write("gmg-export.yaml", "golden: ../victim\n")
                .run(&["approve"]);
        }
        "a source that is imported" => {
            attack.write("text.txt", "Title\n\nIt is so, and that is all.\n");
            attack.write("new/report.yaml", "mine");
            attack.run(&["import", "text.txt", "--out", "new", "--force"]);
            assert_eq!(attack.desk.read("report/new/report.yaml"), "mine");
            attack.link("new/report.yaml", "victim/letter.txt");
            attack.run(&["import", "text.txt", "--out", "new", "--force"]);
            attack.link("text", "victim").run(&["import", "text.txt"]);
        }
        "a new report of init" => {
            attack.write("new/mine.txt", "mine").run(&["init", "new"]);
            assert_eq!(names(&attack.desk.path("report/new")), ["mine.txt"]);
            attack.link("linked", "victim").run(&["init", "linked"]);
        }
        _ => panic!("nobody tries to break the rule of {what}"),
    }
    attack
}

#[test]
fn the_rule_of_every_read_and_write_holds() {
    for Access { what, .. } in ACCESSES {
        attack(what).was_refused(what);
    }
}

/// The rooms that may look at the disk themselves; all others go through `base::files` and `base::output`.
const DISK: [&str; 4] = [
    "src/base/files/",
    "src/base/output/",
    // They read what the system says of the process, and pass a note from one process to the other.
    "src/base/guard.rs",
    "src/app/supervise.rs",
];

#[test]
fn files_are_opened_in_one_place() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let shown = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let is_test = shown.contains("tests") || shown.contains("build.rs");
            if !shown.ends_with(".rs") || is_test || DISK.iter().any(|room| shown.starts_with(room))
            {
                continue;
            }
            seen += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for opens in [
                "fs::read",
                "fs::write",
                "fs::remove",
                "fs::create",
                "fs::rename",
                "fs::copy",
                "File::open(path",
                "File::create",
            ] {
                assert!(!code.contains(opens), "{shown} opens files itself: {opens}");
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
