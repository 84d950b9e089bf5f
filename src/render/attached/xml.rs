//! Drawings and other XML without anything that runs: read token by token, strictly, and written out again. What is not
//! well-formed enough to be sure about is refused as a whole.

/// Elements that run, load or embed something; they go with all that stands in them.
const ACTIVE: [&str; 14] = [
    "script",
    "foreignobject",
    "iframe",
    "frame",
    "embed",
    "object",
    "applet",
    "handler",
    "listener",
    "audio",
    "video",
    "meta",
    "base",
    "link",
];

/// Attributes that hold an address, or an animation's value that can become one.
const ADDRESSES: [&str; 13] = [
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "from",
    "to",
    "by",
    "values",
    "srcdoc",
    "background",
    "poster",
    "base",
];

/// `text` without what could run, comments and instructions; `quiet` takes its metadata too. `None` where it cannot be
/// read with certainty.
pub(super) fn inert(text: &str, quiet: bool) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    // The elements inside the one that is being left out, itself included.
    let mut skipping: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, markup) = rest.split_at(at);
        if skipping.is_empty() {
            out.push_str(before);
        }
        rest = if let Some(comment) = markup.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if markup.starts_with("<![CDATA[") {
            let end = markup.find("]]>")? + 3;
            if skipping.is_empty() {
                out.push_str(markup.get(..end)?);
            }
            markup.get(end..)?
        } else if markup.starts_with("<!") {
            doctype(markup)?
        } else if markup.starts_with("<?") {
            markup.split_once("?>")?.1
        } else if let Some(end) = markup.strip_prefix("</") {
            let (name, after) = end.split_once('>')?;
            close(name.trim(), &mut skipping, &mut out)?;
            after
        } else {
            open(markup.get(1..)?, quiet, &mut skipping, &mut out)?
        };
    }
    if !skipping.is_empty() {
        return None;
    }
    out.push_str(rest);
    Some(out.trim_start().to_owned())
}

/// What follows a document type; one with declarations of its own can make any text from an entity, so it goes.
fn doctype(markup: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, c) in markup.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '<' | '[') => depth += 1,
            (None, '>' | ']') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 && quote.is_none() {
            return markup.get(at + c.len_utf8()..);
        }
    }
    None
}

fn close(name: &str, skipping: &mut Vec<&str>, out: &mut String) -> Option<()> {
    if !is_name(name) {
        return None;
    }
    if let Some(open) = skipping.pop() {
        return (open == name).then_some(());
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
    Some(())
}

/// Reads a tag from after its `<` and writes what is harmless of it; returns what follows.
fn open<'a>(tag: &'a str, quiet: bool, skipping: &mut Vec<&'a str>, out: &mut String) -> Option<&'a str> {
    let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))?;
    let name = tag.get(..end).filter(|name| is_name(name))?;
    let (attributes, empty, after) = attributes(tag.get(end..)?)?;
    let kind = local(name);
    let animated = |value: &str| {
        let value = local(value.trim());
        ADDRESSES.contains(&value.as_str()) || value.starts_with("on")
    };
    let noted = quiet && is_of_editor(name);
    let active = noted
        || ACTIVE.contains(&kind.as_str())
        || quiet && kind == "metadata"
        || attributes.iter().any(|(name, value)| local(name) == "attributename" && animated(value));
    if active || !skipping.is_empty() {
        if !empty {
            skipping.push(name);
        }
        return Some(after);
    }
    out.push('<');
    out.push_str(name);
    for (name, value) in attributes.into_iter().filter(|(name, value)| is_harmless(name, value)) {
        if quiet && (is_of_editor(name) || name == "content") {
            continue;
        }
        let quote = if value.contains('"') { '\'' } else { '"' };
        out.push_str(&format!(" {name}={quote}{value}{quote}"));
    }
    out.push_str(if empty { "/>" } else { ">" });
    Some(after)
}

/// Whether a name is of those in which drawing programs note where a file lies, who drew it and how.
fn is_of_editor(name: &str) -> bool {
    const EDITORS: [&str; 12] =
        ["inkscape", "sodipodi", "rdf", "dc", "cc", "sketch", "figma", "serif", "i", "x", "xmp", "krita"];
    let (prefix, local) = name.split_once(':').unwrap_or_default();
    EDITORS.contains(&prefix) || prefix == "xmlns" && EDITORS.contains(&local)
}

type Attributes<'a> = Vec<(&'a str, &'a str)>;

/// The attributes of a tag, whether it is closed at once, and what follows it.
fn attributes(mut rest: &str) -> Option<(Attributes<'_>, bool, &str)> {
    let mut all = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((all, true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some((all, false, after));
        }
        let (name, value) = rest.split_once('=')?;
        let (name, value) = (name.trim_end(), value.trim_start());
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = value.get(1..)?.split_once(quote)?;
        if !is_name(name) || value.contains('<') {
            return None;
        }
        all.push((name, value));
        rest = after;
    }
}

fn is_harmless(name: &str, value: &str) -> bool {
    let name = local(name);
    let plain: String = decoded(value).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let plain = plain.to_ascii_lowercase();
    let address = ADDRESSES.contains(&name.as_str());
    let picture =
        ["png", "jpeg", "gif", "webp"].iter().any(|kind| plain.starts_with(&format!("data:image/{kind}")));
    let runs = plain.contains("javascript:") || plain.contains("vbscript:");
    let loads = address && plain.contains("data:") && !picture;
    !(runs || loads || name.starts_with("on") || name == "srcdoc" || name == "base")
}

/// `value` with its numbers decoded; the five names of XML make no letter of a scheme but the colon's neighbours.
fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let (number, after) = after.split_once(';').unwrap_or((after, ""));
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        out.extend(code.ok().and_then(char::from_u32));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A name without its prefix, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(text: &str) -> String {
        inert(text, false).unwrap_or_else(|| "refused".into())
    }

    #[test]
    fn a_drawing_stays_as_it_was_drawn() {
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width='9'><style>a{b:c}</style><path d=\"M0 0\"/><a href=\"x.html\">t &amp; u</a></svg>";
        assert_eq!(fitted(drawing), drawing.replace('\'', "\""));
    }

    #[test]
    fn whatever_would_run_goes() {
        for (text, left) in [
            ("<svg onload=\"x()\"/>", "<svg/>"),
            ("<svg><script>x()</script><g/></svg>", "<svg><g/></svg>"),
            ("<svg><s:SCRIPT xlink:href='data:,x()'/><g/></svg>", "<svg><g/></svg>"),
            (
                "<svg><foreignObject><body xmlns='x' onload='x()'>a</body></foreignObject></svg>",
                "<svg></svg>",
            ),
            ("<svg><a xlink:href=\"java&#115;cript:x()\">a</a></svg>", "<svg><a>a</a></svg>"),
            ("<svg><a href=\" java\tscript:x()\">a</a></svg>", "<svg><a>a</a></svg>"),
            ("<svg><set attributeName='onmouseover' to='x()'/></svg>", "<svg></svg>"),
            ("<svg><animate attributeName='xlink:href' values='javascript:x()'/></svg>", "<svg></svg>"),
            ("<svg><use href='data:image/svg+xml;base64,AA'/></svg>", "<svg><use/></svg>"),
            (
                "<?xml-stylesheet href='x.xsl'?><!DOCTYPE svg [<!ENTITY e \"<script>\">]><svg>&e;</svg>",
                "<svg>&e;</svg>",
            ),
            ("<svg><!-- a --><metadata>who</metadata></svg>", "<svg><metadata>who</metadata></svg>"),
        ] {
            assert_eq!(fitted(text), left, "{text}");
        }
        let drawn = "<svg xmlns:inkscape=\"x\" inkscape:export-filename=\"/home/ada/a.svg\" content=\"&lt;mxfile\"><sodipodi:namedview id=\"ada\"/><g id=\"g\"/></svg>";
        assert_eq!(inert(drawn, true).as_deref(), Some("<svg><g id=\"g\"/></svg>"));
        assert_eq!(inert("<svg><metadata>who</metadata></svg>", true).as_deref(), Some("<svg></svg>"));
    }

    #[test]
    fn what_cannot_be_read_with_certainty_is_refused() {
        for text in [
            "<svg onload=x()>",
            "<svg><script>",
            "<svg a='<b>'/>",
            "<svg",
            "<!-- a",
            "<svg/onload='x()'>",
            "<a <b>",
        ] {
            assert_eq!(fitted(text), "refused", "{text}");
        }
    }
}
