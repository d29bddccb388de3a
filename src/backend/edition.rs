//! An edition: a document in a layout, with the pages typeset at most once for all backends that need them.

use std::sync::{Arc, OnceLock};

use crate::backend::typeset::{self, Drawn, Pagination, Typeset};
use crate::base::diagnostic::Diagnostics;
use crate::document::Document;
use crate::layout::Layout;
use crate::pdf::prepress::{About, Prepared};

/// A document in a layout.
pub struct Edition<'a> {
    /// What is said.
    pub document: &'a Document,
    /// How it looks.
    pub layout: &'a Layout,
    /// The moment that the files carry inside, in seconds since 1970-01-01 UTC.
    pub epoch: i64,
    /// Whether Word files are for those who edit them.
    pub review: bool,
    /// Name of its files without the suffix of their format.
    pub stem: String,
    drawn: Arc<OnceLock<Result<Drawn, Diagnostics>>>,
    typeset: Arc<OnceLock<Result<Typeset, Diagnostics>>>,
    prepared: Arc<OnceLock<Result<Prepared, Diagnostics>>>,
}

impl<'a> Edition<'a> {
    /// An edition; nothing is typeset yet.
    pub fn new(document: &'a Document, layout: &'a Layout, epoch: i64) -> Self {
        Edition {
            document,
            layout,
            epoch,
            review: false,
            stem: document.id.clone(),
            drawn: Arc::default(),
            typeset: Arc::default(),
            prepared: Arc::default(),
        }
    }

    /// The same edition for another print job: `layout` may differ from this one's in its `press` tokens alone, which
    /// templates do not see, so that the pages are shared.
    pub fn for_job(&self, layout: &'a Layout) -> Self {
        debug_assert_eq!(self.layout.name, layout.name);
        Edition {
            document: self.document,
            layout,
            epoch: self.epoch,
            review: self.review,
            stem: self.stem.clone(),
            drawn: Arc::clone(&self.drawn),
            typeset: Arc::clone(&self.typeset),
            prepared: match layout.tokens.press.profile == self.layout.tokens.press.profile {
                true => Arc::clone(&self.prepared),
                false => Arc::default(),
            },
        }
    }

    /// The same edition in Word files for those who edit them, or not.
    #[must_use]
    pub fn for_review(self, review: bool) -> Self {
        Edition { review, ..self }
    }

    /// The same edition in files of another name.
    #[must_use]
    pub fn named(self, stem: &str) -> Self {
        Edition {
            stem: stem.to_owned(),
            ..self
        }
    }

    /// The document as its pages show it: with names for signs that no font of the layout has.
    pub fn drawn(&self) -> Result<&Document, Diagnostics> {
        Ok(self.drawing()?.document.as_ref().unwrap_or(self.document))
    }

    /// The same with what the fonts lack; looked for on the first call.
    pub(crate) fn drawing(&self) -> Result<&Drawn, Diagnostics> {
        self.drawn
            .get_or_init(|| typeset::draw(self.document, self.layout))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The typeset pages; made on the first call.
    pub fn typeset(&self) -> Result<&Typeset, Diagnostics> {
        self.typeset
            .get_or_init(|| typeset::typeset(self.drawn()?, self.layout))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The pages fit for the press, by `make` on the first call.
    pub(crate) fn prepared(
        &self,
        make: impl FnOnce() -> Result<Prepared, Diagnostics>,
    ) -> Result<Prepared, Diagnostics> {
        self.prepared.get_or_init(make).clone()
    }

    /// What the edition's files for printers say of themselves; `kind` tells several files of one edition apart.
    pub(crate) fn about(&self, kind: &str) -> About {
        let document = self.document;
        About {
            title: document.title.clone(),
            author: document.credit.clone(),
            subject: document.description.clone(),
            keywords: document.keywords.join(", "),
            language: document.language.tag.clone(),
            epoch: self.epoch,
            edition: format!("{} {} {kind}", document.id, self.layout.name),
        }
    }

    /// The page of every anchor; typesets on the first call.
    pub fn pagination(&self) -> Result<&Pagination, Diagnostics> {
        Ok(&self.typeset()?.pagination)
    }
}
