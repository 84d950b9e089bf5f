//! A build over the same inputs as the last one stops at once: the site already lies there.
//!
//! Everything a site is made from goes into one hash: the program, what was asked for, every document and attachment,
//! settings, tickets and themes, and the state of the history. What the last build told is told again, so that a run
//! that does nothing says what one that does everything says.

use super::{BuildOptions, Built, Project};
use crate::diag::{Checked, Diagnostic, Level, Span};
use crate::disk::{Receipt, Stage, fingerprint, history_state};
use crate::lint::rule;
use serde_json::{Value, json};
use std::sync::Arc;

/// The hash of all inputs; `None` where they cannot be told for sure, and then a build does everything.
pub(super) fn inputs(project: &Project, options: &BuildOptions) -> Option<String> {
    let program = options.program.as_deref()?;
    let content = project.folder.content();
    let folder = project.folder.path();
    let attachments = content.value.assets.iter().map(|asset| folder.join(&*asset.path)).collect();
    let mut all = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        all.update(&(part.len() as u64).to_le_bytes());
        all.update(part);
    };
    add(program.as_bytes());
    let asked = (options.audience.word(), &options.base_url, options.drafts, options.as_of);
    add(format!("{asked:?}").as_bytes());
    add(folder.as_os_str().as_encoded_bytes());
    add(fingerprint(&project.root, attachments)?.as_bytes());
    add(&history_state(folder));
    for finding in project.settings_found.iter().chain(&content.found) {
        add(format!("{finding:?}").as_bytes());
    }
    for source in &content.value.documents {
        add(source.name.as_bytes());
        add(source.text.as_bytes());
    }
    Some(all.finalize().to_hex().to_string())
}

/// What the last build gave and told, if it was made from these `inputs` and its site is whole.
pub(super) fn last(inputs: &str, options: &BuildOptions) -> Option<Checked<Built>> {
    let (receipt, files) = Receipt::of_intact(&options.out, inputs)?;
    let notes: Value = serde_json::from_str(&receipt.notes).ok()?;
    let found: Option<Vec<Diagnostic>> = notes["found"].as_array()?.iter().map(finding).collect();
    let number = |key: &str| usize::try_from(notes[key].as_u64()?).ok();
    let (pages, drafts, documents) = (number("pages")?, number("drafts")?, number("documents")?);
    // Opened and dropped: clears what killed builds left, as a build that does everything would. Where another build is at
    // work, it is for the full one to say so.
    drop(Stage::open(&options.out).ok()?);
    let built = Built {
        pages,
        written: 0,
        unchanged: files,
        removed: 0,
        others: 0,
        drafts,
        documents,
        out: options.out.clone(),
        lay_there: true,
    };
    Some(Checked::new(built, found?))
}

/// Leaves word for the next build.
pub(super) fn leave(inputs: String, built: &Built, found: &[Diagnostic]) {
    let told = |one: &Diagnostic| {
        json!({
            "level": one.level.word(), "code": one.code, "file": one.file, "start": one.span.start,
            "end": one.span.end, "message": one.message, "help": one.help,
        })
    };
    let found: Vec<Value> = found.iter().map(told).collect();
    let notes =
        json!({ "pages": built.pages, "drafts": built.drafts, "documents": built.documents, "found": found })
            .to_string();
    Receipt { inputs, notes }.leave(&built.out);
}

/// A finding as it was told; `None` for one of no known rule.
fn finding(told: &Value) -> Option<Diagnostic> {
    let place = |key: &str| u32::try_from(told[key].as_u64()?).ok();
    Some(Diagnostic {
        level: if told["level"] == Level::Error.word() { Level::Error } else { Level::Warning },
        code: rule(told["code"].as_str()?)?.code,
        file: Arc::from(told["file"].as_str()?),
        span: Span { start: place("start")?, end: place("end")? },
        message: told["message"].as_str()?.to_owned(),
        help: told["help"].as_str().map(str::to_owned),
    })
}
