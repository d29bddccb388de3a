//! The settings as `--show-config` prints them: one line each, with name, value and origin.

use super::list::{SETTINGS, Setting};
use super::{Origin, Settings};
use crate::app::console::one_line;

/// The widest column; a longer value goes beyond it.
const WIDEST: usize = 200;

impl Settings {
    /// A line for each setting, in the order of the list, in three columns.
    pub fn show(&self) -> String {
        let lines: Vec<[String; 3]> = SETTINGS.iter().map(|setting| self.line(setting)).collect();
        let wide = |column: usize| {
            let widths = lines.iter().map(|line| line[column].chars().count());
            widths.max().unwrap_or_default().min(WIDEST)
        };
        let (first, second) = (wide(0), wide(1));
        let text = lines
            .iter()
            .map(|[name, value, origin]| format!("{name:first$}  {value:second$}  {origin}\n"));
        text.collect()
    }

    fn line(&self, setting: &Setting) -> [String; 3] {
        // A file that was named takes the place of the folder.
        if let Some(file) = self
            .export
            .output
            .as_ref()
            .filter(|_| setting.name == "out")
        {
            let value = one_line(&file.to_string_lossy());
            return [setting.name.to_owned(), value, Origin::Flag.to_string()];
        }
        let given = self.said.get(setting.name);
        let value = given.map_or_else(
            || setting.default.to_owned(),
            |given| one_line(&given.text.to_string_lossy()),
        );
        let origin = self.origin(setting.name).to_string();
        [setting.name.to_owned(), value, origin]
    }
}
