//! One line per finding, in the form editors and `grep` understand: `file:line:column: level[code]: message`.

use super::{Report, printable};
use std::fmt::Write as _;

impl Report<'_> {
    /// One line per finding; help follows the message in brackets.
    pub fn short(&self) -> String {
        let mut text = String::new();
        for told in &self.told {
            let finding = told.finding;
            let _ = write!(
                text,
                "{}:{}:{}: {}[{}]: {}",
                printable(&finding.file),
                told.place.start.line,
                told.place.start.column,
                finding.level.word(),
                finding.code,
                printable(&finding.message)
            );
            if let Some(help) = &finding.help {
                let _ = write!(text, " ({})", printable(help));
            }
            text.push('\n');
        }
        text
    }
}
