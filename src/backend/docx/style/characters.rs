//! Character styles: one for each run style, and those of names, labels and marks.

use std::collections::BTreeSet;

use super::super::run_style::{Link, RunStyle, Shift};
use super::spec::{Spec, tracking};
use crate::base::script::Stress;
use crate::document::Language;
use crate::layout::{Links, Tokens};

/// All character styles; `looks` are those of running text that are used.
pub(super) fn all<'t>(
    tokens: &'t Tokens,
    language: &Language,
    looks: &BTreeSet<RunStyle>,
) -> Vec<Spec<'t>> {
    let (sizes, colours) = (&tokens.sizes, &tokens.colours);
    let sans = Some(tokens.docx.sans_font.as_str());
    let spec = |id: &str, name: &str| Spec {
        id: id.to_owned(),
        name: name.to_owned(),
        character: true,
        based_on: Some("DefaultParagraphFont"),
        ..Spec::default()
    };
    // The labels of headings, also in the contents list.
    let label = |spec: Spec<'t>| Spec {
        face: sans,
        colour: Some(colours.accent),
        bold: true,
        caps: tokens.structure.capitals,
        tracking: tracking(tokens, language, 1.0),
        ..spec
    };
    let mut specs = vec![
        Spec {
            based_on: None,
            ..spec("DefaultParagraphFont", "Default Paragraph Font")
        },
        Spec {
            face: sans,
            bold: true,
            priority: Some(12),
            ..spec("SpeakerName", "Speaker Name")
        },
        Spec {
            face: sans,
            size: Some(sizes.small.to_pt()),
            colour: Some(colours.grey),
            priority: Some(12),
            ..spec("SpeakerPost", "Speaker Post")
        },
        Spec {
            face: sans,
            colour: Some(colours.grey),
            ..spec("ModeratorLabel", "Moderator Label")
        },
        Spec {
            superscript: true,
            ..spec("FootnoteReference", "footnote reference")
        },
        Spec {
            bold: true,
            ..spec("CaptionLabel", "Caption Label")
        },
        Spec {
            face: sans,
            bold: true,
            colour: Some(colours.structure),
            ..spec("HeaderLabel", "Header Label")
        },
        Spec {
            size: Some(sizes.small.to_pt()),
            ..label(spec("ChapterLabel", "Chapter Label"))
        },
        Spec {
            size: Some(sizes.note.to_pt()),
            ..label(spec("PanelLabel", "Panel Label"))
        },
        spec("ChapterTitle", "Chapter Title"),
    ];
    let looks: BTreeSet<RunStyle> = looks.iter().copied().chain(RunStyle::built_in()).collect();
    for look in looks {
        let Some((id, name)) = look.style() else {
            continue;
        };
        if specs.iter().any(|known| known.id == id) {
            continue;
        }
        let stress = look
            .emphasis
            .then(|| look.stress.unwrap_or(language.stress()));
        let italic = stress == Some(Stress::Slant) && tokens.structure.italics;
        let by_weight = matches!(stress, Some(Stress::Slant | Stress::Weight)) && !italic;
        specs.push(Spec {
            priority: Some(20),
            face: look.code.then_some(tokens.docx.code_font.as_str()),
            size: look.code.then_some(sizes.small.to_pt()),
            colour: look.link.map(|_| colours.link),
            underline: match tokens.structure.links {
                Links::Underlined => look.link.is_some(),
                Links::Bold => false,
                Links::Plain => look.link == Some(Link::External),
            },
            bold: look.strong
                || look.person
                || by_weight
                || look.link.is_some() && tokens.structure.links == Links::Bold,
            italic,
            dots: (stress == Some(Stress::Dots)).then_some(match language.code.as_str() {
                "ja" => "dot",
                _ => "underDot",
            }),
            no_proof: look.code,
            struck: look.struck,
            superscript: look.shift == Some(Shift::Raised),
            subscript: look.shift == Some(Shift::Lowered),
            ..spec(&id, &name)
        });
    }
    specs
}
