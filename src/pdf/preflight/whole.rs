//! What a printer checks of the file as a whole: output intent, version, pages to the signature, leftovers of the
//! screen.

use lopdf::{Dictionary, Object};

use super::{Issue, Report, Rules};
use crate::base::diagnostic::Code;
use crate::pdf::read::file::{File, Page, as_dict, as_name};
use crate::pdf::read::icc::cmyk_output_profile;

/// What the file says of the press it is made for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Press {
    /// Whether it claims to be PDF/X, the standard of printers.
    pub is_pdfx: bool,
    /// Whether it is made for a press that takes the colours of a screen.
    pub takes_rgb: bool,
}

/// Checks the file.
pub(super) fn check(file: &File, rules: &Rules, report: &mut Report) -> Result<Press, String> {
    let catalog = file.catalog()?;
    let mut press = Press {
        is_pdfx: version(file, catalog),
        takes_rgb: false,
    };
    if !press.is_pdfx {
        let what = "the file does not say that it keeps to PDF/X, the standard for files that go to a printer";
        report.add(
            Issue::new(Code::PDFX_VERSION, "pdfx-version-missing", what)
                .hint("export it with `--format press`"),
        );
    }
    intent(file, catalog, rules, &mut press, report);
    trapped(file, press, report);
    leftovers(file, catalog, report);
    if let Some(signature) = rules
        .signature
        .and_then(|count| usize::try_from(count).ok())
        .filter(|count| *count > 0)
    {
        let (pages, rest) = (report.pages, report.pages % signature);
        if rest != 0 {
            let what = format!("{pages} pages do not fill signatures of {signature}");
            let hint = format!("add {} blank pages before the back cover", signature - rest);
            report.add(Issue::new(Code::PAGE_COUNT, "page-count", what).hint(hint));
        }
    }
    Ok(press)
}

/// Whether the file claims a version of PDF/X: in its properties or its metadata (X-4 and on).
fn version(file: &File, catalog: &Dictionary) -> bool {
    let info = file.dict(file.trailer(), "Info");
    let old = info.and_then(|info| file.text(info, "GTS_PDFXVersion"));
    old.is_some_and(|version| version.starts_with("PDF/X"))
        || metadata(file, catalog)
            .is_some_and(|text| text.contains("GTS_PDFXVersion") && text.contains("PDF/X-"))
}

fn metadata(file: &File, catalog: &Dictionary) -> Option<String> {
    let stream = file.get(catalog, "Metadata").as_stream().ok()?;
    Some(String::from_utf8_lossy(&file.unpack(stream).ok()?).into_owned())
}

fn intent(
    file: &File,
    catalog: &Dictionary,
    rules: &Rules,
    press: &mut Press,
    report: &mut Report,
) {
    let intents = file.array(catalog, "OutputIntents").iter();
    let mut intents = intents.filter_map(|intent| as_dict(file.resolve(intent)));
    let Some(intent) = intents.find(|intent| file.name(intent, "S").as_deref() == Some("GTS_PDFX"))
    else {
        let what = "the file does not say which press and paper it is made for (output intent)";
        let hint =
            "export it with `--format press`, and give the printer's own profile with `--profile`";
        return report
            .add(Issue::new(Code::OUTPUT_INTENT, "output-intent-missing", what).hint(hint));
    };
    let profile = match file.get(intent, "DestOutputProfile") {
        Object::Stream(stream) => file.unpack(stream).map(Some),
        _ => Ok(None),
    };
    let fault = match &profile {
        Ok(Some(profile)) => {
            press.takes_rgb = profile.get(12..20) == Some(b"prtrRGB ");
            cmyk_output_profile(profile)
                .err()
                .map(|why| format!("the profile of the press {why}"))
        }
        Ok(None) => Some("the profile of the press is not in the file".into()),
        Err(why) => Some(format!("the profile of the press cannot be read: {why}")),
    };
    if let Some(fault) = fault {
        let hint =
            "ask the printer for the CMYK profile of press and paper, and give it with `--profile`";
        report.add(Issue::new(Code::INTENT_PROFILE, "output-intent-profile", fault).hint(hint));
    } else if let (Some(wanted), Ok(Some(found))) = (&rules.profile, &profile) {
        compare(found, wanted, report);
    }
}

/// The profile of the file against that which the printer wants.
fn compare(found: &[u8], wanted: &[u8], report: &mut Report) {
    if found == wanted {
        return;
    }
    let name =
        |bytes: &[u8]| cmyk_output_profile(bytes).map_or_else(|why| why, |found| found.description);
    let what = format!(
        "the file is made for “{}”, not for “{}”",
        name(found),
        name(wanted)
    );
    let hint = "export it with the profile that the printer wants: `--profile`";
    report.add(Issue::new(Code::OTHER_INTENT, "output-intent-other", what).hint(hint));
}

fn trapped(file: &File, press: Press, report: &mut Report) {
    let info = file.dict(file.trailer(), "Info");
    let known = info.map(|info| file.get(info, "Trapped")).and_then(as_name);
    let known = known.is_some_and(|value| value == "True" || value == "False");
    if !known && press.is_pdfx {
        let what = "the file does not say whether its colours overlap against gaps (Trapped)";
        report.add(
            Issue::new(Code::TRAPPED, "trapped-unknown", what)
                .hint("export it with `--format press`, which states it"),
        );
    }
}

/// Things of the screen that a printed sheet has no use for.
fn leftovers(file: &File, catalog: &Dictionary, report: &mut Report) {
    let names = file.dict(catalog, "Names");
    let script = names.is_some_and(|names| names.has(b"JavaScript"));
    let opens = file.dict(catalog, "OpenAction").is_some();
    if script || opens || catalog.has(b"AA") {
        let what = "the file runs a program or an action when it is opened";
        report.add(
            Issue::new(Code::ACTION, "action", what)
                .hint("remove scripts and actions; a press cannot run them"),
        );
    }
    if file
        .dict(catalog, "Outlines")
        .is_some_and(|outline| outline.has(b"First"))
    {
        let what = "the file has bookmarks, which mean nothing on paper";
        report.add(
            Issue::new(Code::BOOKMARKS, "outline-left", what)
                .hint("export it with `--format press`"),
        );
    }
    if catalog.has(b"AcroForm") {
        let what = "the file has a form to fill in";
        report
            .add(Issue::new(Code::FORM, "form-fields", what).hint("export it without form fields"));
    }
}

/// Checks what is on a page without being part of it.
pub(super) fn check_page(file: &File, page: &Page, number: usize, pdfx: bool, report: &mut Report) {
    if page.dict.has(b"AA") {
        let what = "the page runs a program or an action";
        report.add(
            Issue::new(Code::ACTION, "action", what)
                .on(number, "page")
                .hint("remove scripts and actions"),
        );
    }
    for annotation in file
        .array(&page.dict, "Annots")
        .iter()
        .filter_map(|one| as_dict(file.resolve(one)))
    {
        let kind = file.name(annotation, "Subtype").unwrap_or_default();
        if matches!(kind.as_str(), "PrinterMark" | "TrapNet") {
            continue;
        }
        let object = match kind.as_str() {
            "Link" => "link".to_string(),
            "Widget" => "form field".to_string(),
            other => format!("annotation {other}"),
        };
        let what = "a link or note lies on the page, which means nothing on paper";
        let code = if pdfx {
            Code::ANNOTATION
        } else {
            Code::SCREEN_LINK
        };
        let issue = Issue::new(code, "annotation-left", what);
        report.add(
            issue
                .on(number, object)
                .hint("export it with `--format press`, which leaves them out"),
        );
        let action = file
            .dict(annotation, "A")
            .and_then(|action| file.name(action, "S"));
        if action.is_some_and(|action| action == "JavaScript" || action == "Launch") {
            let what = "the page runs a program or an action";
            report.add(
                Issue::new(Code::ACTION, "action", what)
                    .on(number, "link")
                    .hint("remove scripts and actions"),
            );
        }
    }
}
