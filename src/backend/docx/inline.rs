//! Running text: from inlines to the atoms of a line.

use super::composer::Composer;
use super::label;
use super::line::ParagraphContent;
use super::run_style::{Link, RunStyle, Shift};
use crate::base::script::Stress;
use crate::document::{Inline, Language, Line};

/// The line that running text makes, between the marks of the place that it is written at.
pub(super) fn line(composer: &mut Composer<'_>, content: &Line) -> ParagraphContent {
    let place = composer.places.of(composer.document, content);
    let mut line = ParagraphContent::new();
    let Some(name) = place else {
        return set(composer, content, RunStyle::default());
    };
    let id = composer.bookmark_number();
    line.open_bookmark(id, &name);
    line.append(set(composer, content, RunStyle::default()));
    line.close_bookmark(id);
    line
}

/// The line that running text makes whose words look like that.
pub(super) fn set(
    composer: &mut Composer<'_>,
    content: &[Inline],
    look: RunStyle,
) -> ParagraphContent {
    let mut line = ParagraphContent::new();
    let language = composer.language.clone();
    add(composer, content, look, language.as_ref(), &mut line);
    line
}

fn add(
    composer: &mut Composer<'_>,
    content: &[Inline],
    look: RunStyle,
    language: Option<&Language>,
    line: &mut ParagraphContent,
) {
    for inline in content {
        match inline {
            Inline::Text { text } => words(composer, text, look, language, line),
            Inline::Code { text } => words(
                composer,
                text,
                RunStyle { code: true, ..look },
                language,
                line,
            ),
            Inline::Break => line.line_break(),
            Inline::Place { anchor } => composer.mark_here(line, anchor),
            Inline::Emphasis { content } => {
                add(
                    composer,
                    content,
                    RunStyle {
                        emphasis: !look.emphasis,
                        ..look
                    },
                    language,
                    line,
                );
            }
            Inline::Strong { content } => add(
                composer,
                content,
                RunStyle {
                    strong: true,
                    ..look
                },
                language,
                line,
            ),
            Inline::Superscript { content } => {
                let look = RunStyle {
                    shift: Some(Shift::Raised),
                    ..look
                };
                add(composer, content, look, language, line);
            }
            Inline::Subscript { content } => {
                let look = RunStyle {
                    shift: Some(Shift::Lowered),
                    ..look
                };
                add(composer, content, look, language, line);
            }
            Inline::Strike { content } => {
                let look = RunStyle {
                    struck: true,
                    ..look
                };
                add(composer, content, look, language, line);
            }
            Inline::Person { content, .. } => add(
                composer,
                content,
                RunStyle {
                    person: true,
                    ..look
                },
                language,
                line,
            ),
            Inline::Language { language, content } => {
                add(composer, content, look, Some(language), line)
            }
            Inline::Organisation {
                anchor, content, ..
            } => {
                composer.mark_here(line, anchor);
                add(composer, content, look, language, line);
            }
            Inline::Footnote { note, again: false } => composer.mark_of_note(line, *note),
            Inline::Footnote { note, again: true } => composer.mark_of_note_again(line, *note),
            Inline::Link { url, content } => {
                if look.link.is_some() {
                    add(composer, content, look, language, line);
                    continue;
                }
                line.open_link(super::line::Target::Relationship(
                    composer.relationships.link(url),
                ));
                add(
                    composer,
                    content,
                    RunStyle {
                        link: Some(Link::External),
                        ..look
                    },
                    language,
                    line,
                );
                line.close_link();
            }
            Inline::Reference {
                anchor,
                content,
                page,
            } => {
                if look.link.is_some() {
                    add(composer, content, look, language, line);
                    continue;
                }
                let [before, between, after] = match page {
                    true => composer.document.strings.around_page(),
                    false => [""; 3],
                };
                words(composer, before, look, language, line);
                line.open_link(composer.target(anchor));
                let linked = RunStyle {
                    link: Some(Link::Internal),
                    ..look
                };
                let label = composer.referred.get(anchor);
                let repeats = label.is_some_and(|label| label::is_label(content, label));
                if repeats {
                    let field = format!("REF {} \\h", composer.label(anchor));
                    let style = linked.style().map(|(id, _)| id);
                    line.open_styled_field(&field, style);
                }
                add(composer, content, linked, language, line);
                if repeats {
                    line.close_field();
                }
                line.close_link();
                words(composer, between, look, language, line);
                if *page {
                    line.append(composer.page_of(anchor));
                }
                words(composer, after, look, language, line);
            }
        }
    }
}

fn words(
    composer: &mut Composer<'_>,
    text: &str,
    look: RunStyle,
    language: Option<&Language>,
    line: &mut ParagraphContent,
) {
    let own = composer.document.language.stress();
    let pieces = if look.emphasis {
        Stress::pieces(text)
    } else {
        vec![(text, None)]
    };
    for (piece, stress) in pieces {
        let look = RunStyle {
            stress: stress.filter(|stress| *stress != own),
            ..look
        };
        let style = look.style().map(|(id, _)| {
            composer.looks.insert(look);
            id
        });
        line.styled(piece, style, language);
    }
}
