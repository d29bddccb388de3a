//! `explain`: what a code means, with an example and the cure.

use crate::app::console::{Console, STRONG};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, EXIT_CODES, Severity};

/// Says all about one code, or lists all codes.
pub(super) fn explain(number: Option<&str>, console: &Console) -> Result<(), Diagnostics> {
    match number {
        None => console.print(&list()),
        Some(number) => match Code::find(number) {
            Some(code) => console.print(&whole(code)),
            None => Err(unknown(number)),
        },
    }
}

/// All codes with their titles, group by group.
fn list() -> String {
    let mut text = String::new();
    for (group, codes) in Code::groups() {
        text.push_str(&format!("{STRONG}{group}{STRONG:#}\n"));
        for code in *codes {
            text.push_str(&format!("  {code}  {}\n", code.title()));
        }
        text.push('\n');
    }
    text.push_str(
        "`gmg-export explain CODE` says more about one of them; E is an error, W a warning\n",
    );
    text
}

fn whole(code: Code) -> String {
    let exit = match code.severity() {
        Severity::Warning => "a warning: the run goes on".to_owned(),
        Severity::Error => {
            let number = code.kind().exit_code();
            let known = EXIT_CODES.iter().find(|(known, _)| *known == number);
            let meaning = known.map_or("", |(_, meaning)| *meaning);
            format!("an error: exit code {number} ({meaning})")
        }
    };
    let example: String = code
        .example()
        .lines()
        .map(|line| format!("  {line}\n"))
        .collect();
    format!(
        "{STRONG}{code}: {}{STRONG:#}\n{exit}\n\n{STRONG}Cause{STRONG:#}\n  {}\n\n{STRONG}Example{STRONG:#}\n\
         {example}\n{STRONG}Cure{STRONG:#}\n  {}\n",
        code.title(),
        code.cause(),
        code.cure(),
    )
}

fn unknown(number: &str) -> Diagnostics {
    let mut found = Diagnostic::new(Code::UNKNOWN_CODE, format!("there is no code `{number}`"));
    for near in Code::nearest(number).iter().take(5) {
        found = found.hint(format!("did you mean {near} ({})?", near.title()));
    }
    found.hint("`gmg-export explain` lists all codes").into()
}
