//! Files are replaced together or not at all, wherever they go and whatever stands in the way.

use gmg_export::verify::format;
use std::fs::File;

use gmg_export::backend::edition::Edition;
use gmg_export::backend::{Artifact, Backend};
use gmg_export::base::diagnostic::{Code, Diagnostic, Diagnostics};
use gmg_export::layout::LayoutLoader;

use crate::made::{EPOCH, harbour};
use crate::program::Desk;

const ALL: [&str; 2] = ["--format", "all"];

/// A desk where all files of an export are there already, with other content.
fn with_old_files() -> Desk {
    let desk = Desk::with_report();
    for format in ["pdf", "docx", "txt"] {
        desk.write_as_program(
            "out",
            &format!("my-report.{format}"),
            &format!("old {format}"),
        );
    }
    desk
}

fn assert_old(desk: &Desk) {
    for format in ["pdf", "docx", "txt"] {
        assert_eq!(
            desk.read(&format!("out/my-report.{format}")),
            format!("old {format}")
        );
    }
    assert_eq!(desk.names("out").len(), 3, "{:?}", desk.names("out"));
}

#[test]
fn a_read_only_file_is_named_and_nothing_is_replaced() {
    let desk = with_old_files();
    let path = desk.path("out/my-report.docx");
    let mut mode = path.metadata().unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&path, mode).unwrap();
    desk.run(&ALL).fails(5, "\
error[E0911]: cannot replace `out/my-report.docx`: it is read-only
  = hint: it may be open in another program or be read-only: close it there, or write elsewhere with --out
`gmg-export explain E0911` says more
");
    assert_old(&desk);
}

#[test]
fn a_file_that_another_program_holds_is_named_and_nothing_is_replaced() {
    let desk = with_old_files();
    let held = File::open(desk.path("out/my-report.docx")).unwrap();
    held.lock().unwrap();
    desk.run(&ALL)
        .fails_with(5, &["`out/my-report.docx`", "open in another program"]);
    assert_old(&desk);
    drop(held);
    desk.run(&ALL).is_done();
}

#[test]
fn folders_in_place_of_files_are_all_named_and_nothing_is_written() {
    let desk = Desk::with_report();
    std::fs::create_dir_all(desk.path("out/my-report.docx")).unwrap();
    std::fs::create_dir_all(desk.path("out/my-report.txt")).unwrap();
    desk.run(&ALL).fails(
        5,
        "\
error[E0909]: `out/my-report.docx` is a folder, not a file
  = hint: name a folder with --out and a file with -o
error[E0909]: `out/my-report.txt` is a folder, not a file
  = hint: name a folder with --out and a file with -o
2 errors
`gmg-export explain E0909` says more
",
    );
    assert_eq!(desk.names("out"), ["my-report.docx", "my-report.txt"]);
    desk.run(&["-o", "out"])
        .fails_with(5, &["`out` is a folder, not a file"]);
    desk.run(&["-o", "new/"])
        .fails_with(5, &["`new/` is a folder, not a file"]);
}

#[test]
fn the_folder_is_made_or_refused_before_anything_is_rendered() {
    let desk = Desk::with_report();
    desk.run(&["--out", "a/b/2016", "-f", "txt"]).is_done();
    assert_eq!(desk.names("a/b/2016"), ["my-report.txt"]);
    desk.write("file", "");
    // A source that is wrong would be found before a format is made: the folder comes first.
    desk.replace("source/report.yaml", "date: 2026-05-29", "date: soon");
    desk.run(&["--out", "file"]).fails(
        5,
        "\
error[E0908]: `file` is not a folder
  = hint: name a folder with --out, or a file with -o
`gmg-export explain E0908` says more
",
    );
    desk.run(&["--out", "file/deeper"])
        .fails_with(5, &["`file` is not a folder"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_refused_and_one_to_a_folder_is_followed() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with_report();
    symlink("nowhere", desk.path("broken")).unwrap();
    desk.run(&["--out", "broken"]).fails(
        5,
        "\
error[E0910]: `broken` is a link to a place that is not there
  = hint: make the folder that it points to, or remove the link
`gmg-export explain E0910` says more
",
    );
    std::fs::create_dir(desk.path("real")).unwrap();
    symlink("real", desk.path("link")).unwrap();
    desk.run(&["--out", "link", "-f", "txt"]).is_done();
    assert_eq!(desk.names("real"), ["my-report.txt"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_refused_before_anything_is_rendered() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_report();
    // Not even root can make files there.
    let ran = desk.run(&["--out", "/proc", "-f", "txt"]);
    ran.fails_with(5, &["/proc", "error[E09"]);
    std::fs::create_dir(desk.path("closed")).unwrap();
    let closed = std::fs::Permissions::from_mode(0o555);
    std::fs::set_permissions(desk.path("closed"), closed).unwrap();
    if std::fs::write(desk.path("closed/x"), "").is_ok() {
        eprintln!("not tried: whoever runs this may write everywhere");
        return;
    }
    desk.replace("source/report.yaml", "date: 2026-05-29", "date: soon");
    desk.run(&["--out", "closed"]).fails_with(
        5,
        &[
            "cannot write into the folder `closed`",
            "choose another folder with --out",
        ],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_without_room_is_exit_code_5_and_stays_a_device() {
    let desk = Desk::with_report();
    desk.run(&["-f", "txt", "-o", "/dev/full"])
        .fails_with(5, &["cannot write `/dev/full`"]);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = desk
        .command(&["-f", "txt", "-o", "-"])
        .stdout(full)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(
        said.starts_with("error[E0905]: cannot write to standard output: "),
        "{said}"
    );
    desk.run(&["-f", "txt", "-o", "/dev/null"]).is_done();
}

/// Runs a shell line with the program as `$0`, in the desk's folder.
#[cfg(unix)]
fn shell(desk: &Desk, line: &str) -> crate::program::Ran {
    let program = desk.command(&[]);
    let mut command = std::process::Command::new("sh");
    command
        .current_dir(desk.path("."))
        .arg("-c")
        .arg(line)
        .arg(program.get_program());
    command
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("a shell")
        .into()
}

#[cfg(unix)]
#[test]
fn when_there_is_no_room_the_old_files_stay_and_nothing_else_is_left() {
    let desk = with_old_files();
    // A limit on the size of files stands in for a full disk: the digest fits, the others do not.
    let ran = shell(
        &desk,
        "trap '' XFSZ; ulimit -f 16; exec \"$0\" --format all",
    );
    ran.fails_with(5, &["cannot write `out/my-report.", "nothing was replaced"]);
    assert_old(&desk);
}

#[cfg(unix)]
#[test]
fn a_run_that_is_ended_at_any_moment_leaves_whole_files() {
    let desk = Desk::with_report();
    desk.run(&["-f", "txt", "-q"]).is_done();
    let old = desk.read("out/my-report.txt");
    desk.replace(
        "source/report.yaml",
        "title: Meetings on safe",
        "title: Talks on safe",
    );
    desk.replace(
        "source/report.yaml",
        "- Meetings on safe",
        "- Talks on safe",
    );
    desk.run(&["-f", "txt", "-q", "--out", "new"]).is_done();
    let new = desk.read("new/my-report.txt");
    for round in 0..30 {
        let signal = if round % 2 == 0 { "KILL" } else { "TERM" };
        let wait = f64::from(round) * 0.003;
        shell(
            &desk,
            &format!("\"$0\" -f txt -q & sleep {wait:.3}; kill -{signal} $! 2>/dev/null; wait $!"),
        );
        let now = desk.read("out/my-report.txt");
        assert!(
            now == old || now == new,
            "{signal} after {wait} s: {} bytes",
            now.len()
        );
        if signal == "TERM" {
            let strays: Vec<String> = desk
                .names("out")
                .into_iter()
                .filter(|name| name.starts_with('.'))
                .collect();
            assert_eq!(strays, [""; 0], "after {signal}");
        }
        for stray in desk
            .names("out")
            .into_iter()
            .filter(|name| name.starts_with('.'))
        {
            std::fs::remove_file(desk.path(&format!("out/{stray}"))).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_request_to_stop_is_heard_while_nobody_reads_and_is_exit_code_130() {
    let desk = Desk::with_report();
    // A pipe whose reader sleeps keeps the program waiting: it takes less than a PDF.
    let line = "{ \"$0\" -f pdf -o - & sleep 2; kill -TERM $!; wait $!; echo $? >&2; } | sleep 3";
    let ran = shell(&desk, line);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", "130\n"));
}

/// A backend that fails in its own way.
struct Broken(&'static str);

impl Backend for Broken {
    fn name(&self) -> &'static str {
        self.0
    }
    fn media_type(&self) -> &'static str {
        "application/octet-stream"
    }
    fn description(&self) -> &'static str {
        "fails"
    }
    fn render(&self, _: &Edition<'_>) -> Result<Artifact, Diagnostics> {
        match self.0 {
            "panics" => panic!("on purpose"),
            name => Err(Diagnostics::from_iter(vec![
                Diagnostic::new(Code::TEMPLATE, "both say this"),
                Diagnostic::new(Code::TEMPLATE, format!("{name} says this")),
            ])),
        }
    }
}

#[test]
fn when_one_format_fails_no_artifact_comes_out_and_every_reason_is_said_once() {
    let layout = LayoutLoader::embedded().load("screen").unwrap();
    let edition = Edition::new(&harbour().document, &layout, EPOCH);
    let txt = format::find("txt").unwrap();
    let found =
        gmg_export::backend::render::render(&edition, &[txt, &Broken("one"), &Broken("two")]);
    let said: Vec<String> = found
        .err()
        .unwrap()
        .into_iter()
        .map(|one| one.message)
        .collect();
    assert_eq!(said, ["both say this", "one says this", "two says this"]);
    assert_eq!(
        gmg_export::backend::render::render(&edition, &[txt])
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_mistake_in_a_backend_ends_the_run_and_not_only_its_thread() {
    let layout = LayoutLoader::embedded().load("screen").unwrap();
    let edition = Edition::new(&harbour().document, &layout, EPOCH);
    let txt = format::find("txt").unwrap();
    let run = || gmg_export::backend::render::render(&edition, &[txt, &Broken("panics")]).is_ok();
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
}
