//! Weaker words than those of [`phrases`](super::phrases): they count where no entry says it plainly.

use crate::parse::wording::{Frame, Phrases};

/// Words of the change that brought the fault, where no entry tells of the fault itself.
pub(super) static ORIGINS: Phrases = Phrases::of(&[
    "introduces",
    "introduced",
    "introducing",
    "causes",
    "causing",
    "triggers",
    "triggered",
    "triggering",
    "bug",
    "unaware",
    "increase in",
    "not properly",
    "mistakenly",
    "by mistake",
    "inadvertently",
    "unintentionally",
    "breaking",
    "culprit",
]);

/// Words of those who speak of the fault or act on it, where nobody is said to notice it.
pub(super) static SIGNS: Phrases = Phrases::composed(
    &[
        "detect",
        "notice",
        "surfaces",
        "surfaced",
        "tweets",
        "tweeted",
        "pings",
        "degradation",
        "degraded",
        "finds that",
        "found that",
        "realizes",
        "realized",
        "realises",
        "realised",
        "can't reach",
        "cannot reach",
        "complain",
    ],
    &[
        &[
            &["users", "customers", "people", "someone", "a user", "a customer", "user", "customer"],
            &[
                "report",
                "ask",
                "complain",
                "see",
                "say",
                "says",
                "cannot",
                "can't",
                "unable",
                "contact",
                "contacts",
                "contacted",
            ],
        ],
        &[
            &["incident", "ticket", "issue"],
            &["", "is", "was"],
            &["opened", "raised", "filed", "declared", "created"],
        ],
    ],
);

/// Words of those who tend to alerts, and of alerts that end.
pub(super) static TENDED: Phrases = Phrases::composed(
    &[],
    &[
        &[
            &["alert", "alerts", "alarm", "alarms", "alerting", "errors"],
            &["", "is", "are", "was", "were", "has", "have", "has been", "have been"],
            &[
                "added",
                "refined",
                "updated",
                "created",
                "tuned",
                "improved",
                "silenced",
                "disabled",
                "muted",
                "cleared",
                "clear",
                "resolved",
                "closed",
                "stop",
                "stops",
                "stopped",
                "gone",
                "subside",
                "subsided",
                "disappeared",
                "recovered",
            ],
        ],
        &[
            &[
                "added", "adds", "add", "create", "created", "creates", "improved", "improves", "updated",
                "silenced", "set up",
            ],
            &["", "an", "the", "new", "more", "a new", "some"],
            &["alert", "alerts", "alarm", "alarms", "alerting", "monitoring"],
        ],
    ],
);

/// A fault that is measured, or that fills what it should not.
pub(super) const FAULTY: &[Frame] = &[
    &[
        &[
            "latency",
            "latencies",
            "error rate",
            "error rates",
            "errors",
            "response times",
            "load",
            "cpu",
            "queue",
            "queues",
        ],
        &["", "starts", "started", "begins", "began"],
        &[
            "climbs",
            "climbed",
            "climbing",
            "rises",
            "rose",
            "rising",
            "increases",
            "increased",
            "increasing",
            "jumps",
            "jumped",
            "grows",
            "grew",
            "to climb",
            "to rise",
            "to increase",
            "to grow",
        ],
    ],
    &[
        &["disk", "disks", "volume", "partition", "queue", "memory"],
        &["", "is", "was", "runs", "ran"],
        &["full", "fills up", "filled up"],
    ],
    &[&["first"], &["500s", "502s", "503s", "504s", "5xx", "timeouts", "symptoms"]],
];

/// Somebody is told of it.
pub(super) const TOLD: &[Frame] = &[
    &[
        &["message", "messages", "call", "calls", "mail", "email", "e-mail", "ticket", "tickets"],
        &["from", "by"],
        &["", "a", "the", "our", "several"],
        &["support", "user", "users", "customer", "customers", "client", "clients", "colleague"],
    ],
    &[
        &["gets", "got", "receives", "received"],
        &["", "a", "an", "the first"],
        &[
            "call",
            "calls",
            "mail",
            "message",
            "messages",
            "page",
            "complaint",
            "complaints",
            "ticket",
            "tickets",
        ],
    ],
];
