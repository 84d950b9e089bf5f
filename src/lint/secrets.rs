//! What looks like a credential, in a postmortem.

use super::Case;
use crate::corpus::credentials;
use crate::diag::{Diagnostic, Span};

/// A key, a token, or a password in an address.
pub(super) fn exposed(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    case.each_words(|text, span| {
        for (at, length, what) in credentials::find(text) {
            let start = span.start as usize + at;
            // In code the source may be indented where the text is not: the block is place enough.
            let span = if text.len() == span.range().len() { Span::new(start, start + length) } else { span };
            let message = format!("this looks like {what}");
            let help =
                "take it out, revoke it, and keep in mind that the history of the repository still holds it";
            found.push(case.finding("secret", span, message).help(help));
        }
    });
}
