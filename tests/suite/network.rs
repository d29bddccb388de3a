//! Nothing is fetched: where the system allows it, the program runs where there is no network at all.

#![cfg(target_os = "linux")]

use std::process::Command;

use crate::program::{Desk, Ran};

/// The options of `unshare` that give a process no network, if the system lets anybody have that.
fn without_network() -> Option<[&'static str; 1]> {
    [["-n"], ["-rn"]].into_iter().find(|options| {
        let tried = Command::new("unshare").args(options).arg("true").output();
        tried.is_ok_and(|tried| tried.status.success())
    })
}

#[test]
fn an_export_of_every_format_needs_no_network() {
    let Some(options) = without_network() else {
        println!("NOT TRIED: this system lets nobody have a namespace without a network");
        return;
    };
    let desk = Desk::with_report();
    desk.run(&["--format", "all", "--out", "with", "-q"])
        .is_done();
    let program = desk.command(&["--format", "all", "--out", "without", "-q"]);
    let mut command = Command::new("unshare");
    command
        .args(options)
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(desk.path("."))
        .env_remove("SOURCE_DATE_EPOCH");
    Ran::from(command.output().expect("unshare runs")).is_done();
    let names = desk.names("with");
    assert_eq!(desk.names("without"), names);
    for name in names {
        let bytes = |folder: &str| std::fs::read(desk.path(&format!("{folder}/{name}"))).unwrap();
        assert!(bytes("with") == bytes("without"), "{name}");
    }
}
