//! Addresses of pages, as far as they tell which file a page was made from.

/// The name a page has at its address, where a whole date begins it: `2020-11-12-mirrors` of `…/issues/2020-11-12-mirrors/`,
/// and of `…/2020/11/12/mirrors.html` as well. Sites are made from files of such names, and nothing else is called so.
pub fn dated_page(url: &str) -> Option<String> {
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let path = path.split(['#', '?']).next()?.trim_end_matches('/');
    let mut parts = path.rsplit('/');
    let last = parts.next()?;
    let name = last.strip_suffix(".html").unwrap_or(last);
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let (day, month, year) = (parts.next(), parts.next(), parts.next());
    if let (Some(year), Some(month), Some(day)) = (year, month, day)
        && digits(year, 4)
        && digits(month, 2)
        && digits(day, 2)
    {
        return Some(format!("{year}-{month}-{day}-{name}"));
    }
    let dated = name.get(..11).is_some_and(|head| {
        let mut parts = head.trim_end_matches('-').split('-');
        let mut next = |len| parts.next().is_some_and(|part| digits(part, len));
        next(4) && next(2) && next(2) && head.ends_with('-')
    });
    (dated && !name.contains('.')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_named_after_a_day_are_told_from_others() {
        for (url, name) in [
            ("https://status.example.com/issues/2020-11-12-mirrors/", Some("2020-11-12-mirrors")),
            ("https://example.org/2023/01/05/post-mortem/", Some("2023-01-05-post-mortem")),
            ("https://example.org/2023/01/05/post-mortem.html#impact", Some("2023-01-05-post-mortem")),
            ("https://example.org/2023/01/", None),
            ("https://example.org/a/2020-11-12", None),
            ("https://example.org/a/2020-11-12-plot.png", None),
            ("https://example.org/runs/8801", None),
        ] {
            assert_eq!(dated_page(url).as_deref(), name, "{url}");
        }
    }
}
