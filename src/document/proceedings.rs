//! What came of a meeting: who took part, how votes went, what was decided. Each becomes a block that every format has: a
//! list, a table, terms with what they mean.

use std::collections::BTreeMap;

use super::prose::ProseContext;
use super::resolve::{FieldPath, Resolver, next_label};
use super::{Align, Block, Cell, Column, Definition, Inline, RowKind, Table, plain_content};
use crate::base::diagnostic::Code;
use crate::source::schema as s;

impl<'a> Resolver<'a> {
    /// Who took part, with their posts.
    pub(super) fn participants(&mut self, at: &FieldPath<'a>, ids: &'a [s::Id]) -> Option<Block> {
        if self.refuse_empty(at, ids, "the list of participants") {
            return None;
        }
        let mut known = std::collections::BTreeSet::new();
        let mut items = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let at = at.index(index);
            let Some(person) = self.person_id(&at, id) else {
                continue;
            };
            if !known.insert(person) {
                let message = format!("`{}` is named twice", id.value);
                let twice = at.diagnostic(Code::NAMED_TWICE, id, message);
                self.found.push(twice.hint("delete one of the two"));
            }
            let speaker = self.speaker(person, None, None);
            let mut content = vec![Inline::Person {
                person,
                content: plain_content(&speaker.name),
            }];
            if !speaker.post.is_empty() {
                let comma = &self.words.strings.comma;
                content.extend(plain_content(&format!("{comma}{}", speaker.post)));
            }
            let content = content.into();
            items.push(vec![Block::Paragraph { content }]);
        }
        Some(Block::bullets(items))
    }

    /// A vote: a table with a row for each way to vote.
    pub(super) fn vote(&mut self, at: &FieldPath<'a>, vote: &'a s::Vote) -> Option<Block> {
        let caption = self.running(&at.key("question"), &vote.question);
        let label = Some(next_label(
            &self.words.strings.table,
            &mut self.numbers.table,
        ));
        let anchor = self.block_anchor(&vote.id, "table");
        self.name_target(&vote.id, &label);
        let strings = self.words.strings;
        let ways = [
            ("in_favour", &strings.in_favour, &vote.in_favour),
            ("against", &strings.against, &vote.against),
            ("abstaining", &strings.abstaining, &vote.abstaining),
        ];
        if ways.iter().all(|(.., ids)| ids.is_empty()) {
            let message = "nobody voted";
            let wrong = at
                .key("question")
                .diagnostic(Code::EMPTY_BLOCK, &vote.question, message);
            let hint =
                "name those who did in `in_favour`, `against` and `abstaining`, or delete the vote";
            self.found.push(wrong.hint(hint));
            return None;
        }
        let cell = |text: &str| match text {
            "" => Cell::of(Vec::new()),
            text => Cell::of(vec![Block::Paragraph {
                content: plain_content(text).into(),
            }]),
        };
        let (mut rows, mut known) = (Vec::new(), BTreeMap::new());
        for (key, words, ids) in ways {
            let names = self.voters(&at.key(key), ids, &mut known);
            let names = names.join(&strings.comma);
            rows.push(vec![
                cell(words),
                cell(&ids.len().to_string()),
                cell(&names),
            ]);
        }
        let column = |align, width| Column {
            align,
            decimal: None,
            width,
        };
        let number = if self.words.rtl {
            Align::Start
        } else {
            Align::End
        };
        let head = [&strings.vote, &strings.vote_count, &strings.label_name];
        Some(Block::Table(Table {
            anchor,
            label,
            caption: Some(caption),
            columns: vec![
                column(Align::Start, 2.0),
                column(number, 1.0),
                column(Align::Start, 6.0),
            ],
            header: vec![head.into_iter().map(|words| cell(words)).collect()],
            row_kinds: vec![RowKind::Body; rows.len()],
            rows,
            row_headers: true,
            cell_notes: Vec::new(),
            note: Vec::new(),
            wide: false,
            landscape: false,
            by_rows: false,
            place: Some(at.file.location(vote.question.line, vote.question.column)),
        }))
    }

    /// The short names of those who voted one way; nobody votes twice.
    fn voters(
        &mut self,
        at: &FieldPath<'a>,
        ids: &'a [s::Id],
        known: &mut BTreeMap<usize, u32>,
    ) -> Vec<String> {
        let mut names = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let at = at.index(index);
            let Some(voter) = self.organisation_id(&at, id) else {
                continue;
            };
            if let Some(line) = known.insert(voter, id.line) {
                let message = format!("`{}` votes twice; the first time on line {line}", id.value);
                let twice = at.diagnostic(Code::VOTES_TWICE, id, message);
                self.found.push(twice.hint("leave it where it belongs"));
            }
            let name = self.registry.organisations[voter].short.clone();
            self.usage.acronyms.scan(&name);
            names.push(name);
        }
        names
    }

    /// Decisions, numbered through the report.
    pub(super) fn decisions(
        &mut self,
        at: &FieldPath<'a>,
        list: &'a [s::Decision],
    ) -> Option<Block> {
        if self.refuse_empty(at, list, "the list of decisions") {
            return None;
        }
        let mut entries = Vec::new();
        for (index, decision) in list.iter().enumerate() {
            let at = at.index(index);
            let label = next_label(&self.words.strings.decision, &mut self.numbers.decision);
            self.name_target(&decision.id, &Some(label.clone()));
            let mut term = plain_content(&label);
            if let Some(id) = &decision.id {
                let anchor = id.value.clone();
                term.insert(0, Inline::Place { anchor });
            }
            if let Some(title) = self.optional_running(&at.key("title"), &decision.title) {
                term.extend(plain_content(&self.words.strings.colon));
                term.extend(title);
            }
            let blocks = self.prose(&at.key("text"), &decision.text, ProseContext::Body);
            let term = term.into();
            entries.push(Definition { term, blocks });
        }
        Some(Block::Definitions { entries })
    }
}
