//! Finishing touches to running text: neighbouring words become one piece, and bare addresses become links, as on code
//! hosts.

use crate::diag::Span;
use crate::model::text::{Inline, InlineKind, Link};

/// Merges neighbouring words and turns bare `https://…` and `www.…` into links. `source` is the text that was read;
/// it stands at byte `from` of its file.
pub(super) fn settle(inlines: Vec<Inline>, source: &str, from: usize) -> Vec<Inline> {
    let merged = merge(inlines);
    let may_hold = |text: &str| text.contains("://") || text.contains("www.");
    if !merged.iter().any(|inline| matches!(&inline.kind, InlineKind::Text(text) if may_hold(text))) {
        return merged;
    }
    let mut out = Vec::with_capacity(merged.len() + 2);
    for inline in merged {
        match &inline.kind {
            InlineKind::Text(text) => split(text, inline.span, source, from, &mut out),
            _ => out.push(inline),
        }
    }
    out
}

/// Merges neighbouring words.
pub(super) fn merge(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    let mut run: Option<(Span, String)> = None;
    for inline in inlines {
        if let InlineKind::Text(text) = &inline.kind {
            match &mut run {
                Some((span, words)) => {
                    span.end = inline.span.end;
                    words.push_str(text);
                }
                None => run = Some((inline.span, text.to_string())),
            }
            continue;
        }
        out.extend(run.take().map(words));
        out.push(inline);
    }
    out.extend(run.map(words));
    out.shrink_to_fit();
    out
}

fn words((span, text): (Span, String)) -> Inline {
    Inline { span, kind: InlineKind::Text(text.into()) }
}

/// Cuts `text` at the addresses in it. Where it was written with escapes or entities, the pieces share its span.
fn split(text: &str, span: Span, source: &str, from: usize, out: &mut Vec<Inline>) {
    let start = span.start as usize;
    let exact = source.get(start - from..span.end as usize - from) == Some(text);
    let place = |a: usize, b: usize| {
        if exact { Span::new(start + a, start + b) } else { span }
    };
    let mut done = 0;
    while let Some((a, b)) = address(text, done) {
        if a > done {
            out.push(words((place(done, a), text[done..a].to_owned())));
        }
        let shown = &text[a..b];
        let target = if shown.starts_with("www.") { format!("http://{shown}") } else { shown.to_owned() };
        let text = vec![words((place(a, b), shown.to_owned()))];
        let link = Link { target: target.into(), title: "".into(), text };
        out.push(Inline { span: place(a, b), kind: InlineKind::Link(Box::new(link)) });
        done = b;
    }
    if done < text.len() {
        out.push(words((place(done, text.len()), text[done..].to_owned())));
    }
}

/// Longest address that is looked for, in bytes; nothing a person pastes is longer.
const MAX_ADDRESS: usize = 4096;

/// The first bare address at or after byte `from`.
fn address(text: &str, mut from: usize) -> Option<(usize, usize)> {
    loop {
        let at = text.get(from..)?.find(['h', 'w'])? + from;
        let rest = &text[at..];
        let prefix = ["https://", "http://", "www."].into_iter().find(|prefix| rest.starts_with(prefix));
        let free = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        if let Some(length) = prefix.filter(|_| free).and_then(|prefix| length(rest, prefix)) {
            return Some((at, at + length));
        }
        from = at + 1;
    }
}

/// How much of `text` belongs to the address it starts with; closing punctuation belongs to the sentence.
fn length(text: &str, prefix: &str) -> Option<usize> {
    let mut most = text.len().min(MAX_ADDRESS);
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let text = &text[..most];
    let stops = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '`');
    let host = text.get(prefix.len()..)?.split(|c| matches!(c, '/' | '?' | '#') || stops(c)).next()?;
    if !host.chars().any(char::is_alphanumeric) || (prefix == "www." && !host.contains('.')) {
        return None;
    }
    let end = text.char_indices().take_while(|(at, c)| *at < MAX_ADDRESS && !stops(*c)).last();
    let mut url = &text[..end.map_or(0, |(at, c)| at + c.len_utf8())];
    let surplus =
        |open: char, close: char| url.matches(close).count().saturating_sub(url.matches(open).count());
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    while let Some(last) = url.chars().next_back() {
        let drop = match last {
            ')' if round > 0 => {
                round -= 1;
                true
            }
            ']' if square > 0 => {
                square -= 1;
                true
            }
            last => "?!.,:;*_~'\"|’”".contains(last),
        };
        if !drop {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    (url.len() > prefix.len()).then_some(url.len())
}
