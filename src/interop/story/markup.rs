//! Words of other systems made into plain Markdown of one line: HTML of status pages and feeds, Slack's own notation.

use crate::interop::text;

/// Tags that end a line.
const LINES: [&str; 9] = ["p", "br", "li", "div", "tr", "h1", "h2", "h3", "small"];

/// `words` without tags, with their entities decoded; line breaks stay.
pub fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(&unescape(before));
        let inside = tag.get(1..).unwrap_or_default();
        let is_tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        let Some(end) = inside.find('>').filter(|_| is_tag) else {
            out.push('<');
            rest = inside;
            continue;
        };
        let name: String =
            inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if LINES.contains(&name.to_ascii_lowercase().as_str()) {
            out.push('\n');
        }
        rest = inside.get(end + 1..).unwrap_or_default();
    }
    out.push_str(&unescape(rest));
    text::clean(&out)
}

/// The entities that HTML and Slack write, decoded once.
pub(super) fn unescape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let end = entity.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        let decoded = end.and_then(|end| Some((decode(entity.get(1..end)?)?, end)));
        if let Some((c, end)) = decoded {
            out.push(c);
            rest = entity.get(end + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = entity.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn decode(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// Slack's notation as Markdown: `<https://…|words>`, `<@U…>`, `<#C…|name>`, `<!here>`, and three entities. People are
/// left as `@U…`, for roles to take their place.
pub fn slack(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(&unescape(before));
        // Slack writes every other `<` as an entity; one that opens nothing stays what it is.
        if let Some((inside, after)) = after.split_once('>').filter(|(inside, _)| !inside.contains('<')) {
            out.push_str(&mention(inside));
            rest = after;
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(&unescape(rest));
    text::clean(&out)
}

fn mention(inside: &str) -> String {
    let (target, label) =
        inside.split_once('|').map_or((inside, None), |(target, label)| (target, Some(label)));
    let label = label.map(unescape).filter(|label| !label.is_empty());
    let mut letters = target.chars();
    match letters.next() {
        Some('@') => format!("@{}", letters.as_str()),
        Some('#') => format!("#{}", label.as_deref().unwrap_or("channel")),
        Some('!') => {
            format!("@{}", label.as_deref().unwrap_or(letters.as_str().split('^').next().unwrap_or_default()))
        }
        _ => {
            let target = unescape(target);
            match label {
                Some(label) if label != target && target.starts_with("http") => {
                    format!("[{}]({})", label.replace(['[', ']'], ""), target.replace(')', "%29"))
                }
                _ => target.strip_prefix("mailto:").unwrap_or(&target).to_owned(),
            }
        }
    }
}

/// `words` as they may stand in a Markdown list: no tag, no comment, no picture that a page would fetch.
pub fn defused(words: &str) -> String {
    words.replace('<', "&lt;").replace("![", "[")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text() {
        assert_eq!(
            plain("<p>We&#39;re &lt;up&gt; &amp; well</p>a < b<br/>c").trim(),
            "We're <up> & well\na < b\nc"
        );
        assert_eq!(plain("<!-- x --><b>y</b> & &nosuch; &#xD83D; <"), "y & &nosuch; &#xD83D; <");
    }

    #[test]
    fn slack_becomes_markdown() {
        assert_eq!(
            slack(
                "<@U03> see <https://g.example/d|graph>: 5xx &gt; 5% in <#C1|ops> <!here> <https://x.example>"
            ),
            "@U03 see [graph](https://g.example/d): 5xx > 5% in #ops @here https://x.example"
        );
        assert_eq!(slack("a < b <mailto:a@b.example|a@b.example>"), "a < b a@b.example");
    }

    #[test]
    fn nothing_that_a_page_would_follow_is_left() {
        assert_eq!(
            defused("![x](http://t.example) <!-- internal -->"),
            "[x](http://t.example) &lt;!-- internal -->"
        );
    }
}
