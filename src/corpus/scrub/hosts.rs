//! Internal hosts, addresses of trackers, and mail.

use super::word::{LONGEST_NAME, shortened};
use super::{Place, Scrubber};
use crate::corpus::addresses::{Address, decoded};
use crate::model::fold::{folded, is_unseen};

impl<'a> Scrubber<'a> {
    /// Whether a link to `address` must lose its address: where it leads, or what it says.
    pub(in crate::corpus) fn is_internal(&self, address: &str) -> bool {
        if address.trim().split_once('@').is_some_and(|(local, domain)| is_mailbox(local, domain)) {
            return true;
        }
        let Some(read) = Address::of(address) else { return false };
        read.is_mail()
            || read.is_chat()
            || self.tracker_urls.iter().any(|tracker| read.is_below(tracker))
            || read.host().is_some_and(|host| self.internal_host(host))
            || read.ends().is_some_and(|end| end.len() >= 3 && self.handles.contains_key(end))
            || !self.hits(&decoded(address), Place::Address).is_empty()
    }

    fn internal_host(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.');
        self.networks.iter().any(|network| network.holds(host))
            || self.hosts.iter().any(|hidden| {
                let above = host.len().checked_sub(hidden.len());
                let (above, tail) = above.and_then(|at| host.split_at_checked(at)).unwrap_or_default();
                tail.eq_ignore_ascii_case(hidden) && (above.is_empty() || above.ends_with('.'))
            })
    }

    /// A bare host name that is internal, or an e-mail address, at the start of `word`.
    pub(super) fn address(&self, word: &str) -> Option<(usize, &'a str)> {
        if !word.starts_with(char::is_alphanumeric) {
            return None;
        }
        // No name is longer, so a word without blanks, however long, is read once.
        let name = shortened(word, LONGEST_NAME);
        // As nobody is to follow them, and as patterns have them.
        let dotted = (name.contains("[.]") || name.contains("\\."))
            .then(|| name.replace("[.]", ".").replace("\\.", "."));
        let name = dotted.as_deref().unwrap_or(name);
        if let Some((local, domain)) = name.split_once('@')
            && is_mailbox(local, domain)
        {
            return Some((word.len(), self.role));
        }
        let host = name.split(['/', ':', '?', '&', '#', '=']).next().unwrap_or(name);
        let seen = || host.chars().filter(|c| !is_unseen(*c));
        let ascii = |c| if matches!(c, '。' | '｡') { '.' } else { c };
        let wide = (!host.is_ascii()).then(|| seen().map(ascii).flat_map(folded).collect::<String>());
        let host = wide.as_deref().unwrap_or(host);
        if self.internal_host(host) {
            return Some((word.len(), "an internal host"));
        }
        if !host.contains('.') {
            return None;
        }
        let small = host.to_lowercase();
        let tracker = self.tracker_urls.iter().any(|tracker| {
            tracker.host() == Some(&*small)
                && Address::of(&format!("//{name}")).is_some_and(|read| read.is_below(tracker))
        });
        tracker.then_some((word.len(), "an internal address"))
    }
}

/// Whether `local` and `domain` are an e-mail address: a domain ends in letters, a version does not, and `icon@2x.png` is a
/// picture.
pub(super) fn is_mailbox(local: &str, domain: &str) -> bool {
    let domain = domain.split(['/', '?', '&', '#', ':', '@']).next().unwrap_or_default();
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    let picture =
        ["png", "jpg", "jpeg", "gif", "svg", "webp"].iter().any(|end| top.eq_ignore_ascii_case(end));
    !local.is_empty()
        && !picture
        && !local.starts_with('/')
        && top.chars().count() >= 2
        && top.chars().all(|c| c.is_alphabetic() || c == '-' || top.starts_with("xn--"))
        && local.chars().all(|c| c.is_alphanumeric() || "._%+-!#$&*/=?^~".contains(c))
}

pub(super) fn begins(word: &str, scheme: &str) -> bool {
    word.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
}
