//! What a reader types into the search box, over a small archive.

use super::editions;
use jiff::civil::date;
use kb::corpus::Edition;
use kb::index::{Answer, Facet, Index, Order, Request, words};
use kb::model::Audience;
use std::sync::OnceLock;

const ARCHIVE: [(&str, &str); 4] = [
    (
        "2023/pool.md",
        "---\nid: INC-1\nseverity: SEV1\ncomponents: [db]\ntags: [capacity]\nfamily: pool\n---\n# Connection pool ran dry\n\n\
         ## Timeline\n\n- 2023-05-01 14:00 FATAL: too many clients already\n- 14:30 restarted `pg_bouncer`\n\n\
         ## Action items\n\n- [ ] Alert on pool usage (@mia) OPS-12\n",
    ),
    (
        "2023/disk.md",
        "# Disk full\n\n```\nERROR: could not write: No space left on device (os error 28)\n```\n\n## Impact\n\n38 % of checkouts\n",
    ),
    (
        "2024/dns.md",
        "---\ndate: 2024-02-29\nkind: near-miss\n---\n# NodeLost: gke-resource-quotas\n\nSERVFAIL for x509: certificate, HTTP 503\n",
    ),
    ("2024/cjk.md", "# 数据库连接池耗尽\n\n数据库在高峰期无法连接。Größe, naïve, İstanbul, ſtop.\n"),
];

/// Searches as the reader types and when all is typed.
pub fn run(data: &[u8]) {
    static BUILT: OnceLock<(Edition, Index)> = OnceLock::new();
    let config = &editions::settings().0;
    let (edition, index) = BUILT.get_or_init(|| {
        let edition = editions::of(&ARCHIVE, Audience::Internal).value;
        let index = Index::in_memory(&edition, config, date(2026, 1, 1)).expect("an archive can be indexed");
        (edition, index)
    });
    let text = String::from_utf8_lossy(data);
    words::split(&text, &mut |word| assert!(text.get(word.start..word.end).is_some(), "{word:?}"));
    let chosen = [(Facet::Severity, "SEV1".to_owned())];
    for (typing, chosen) in [(true, &chosen[..0]), (false, &chosen[..])] {
        let request =
            Request { typing, chosen, facets: !typing, limit: 2, order: Order::Best, ..Request::new(&text) };
        let results = index.search(edition, config, &request).expect("any query is answered");
        assert!(
            results.hits.len() <= 2
                && results.hits.len() <= results.total + results.partial
                && results.total + results.partial <= ARCHIVE.len()
        );
        for hit in &results.hits {
            assert!(hit.score.is_finite(), "{hit:?}");
        }
        let answer = Answer::new(edition, &text, &results, &|published| published.slug.clone());
        serde_json::to_string(&answer).expect("an answer is JSON");
    }
}
