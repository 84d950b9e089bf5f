//! While a large archive is read for the first time: how far it is, and a page that says so and leads on by itself.

use super::super::Answer;
use crate::pipeline::Progress;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// How far the first reading is; over once there is something to show.
#[derive(Debug, Default)]
pub(super) struct Loading {
    stage: Mutex<(&'static str, Option<usize>)>,
    done: AtomicUsize,
    over: AtomicBool,
}

impl Loading {
    /// There is something to show.
    pub(super) fn end(&self) {
        self.over.store(true, Relaxed);
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.load(Relaxed)
    }

    /// A page for people who wait: it asks for itself again until the page they wanted is there.
    pub(super) fn page(&self) -> Answer {
        let (stage, total) = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let done = self.done.load(Relaxed);
        let far = match total {
            Some(total) => {
                let done = done.min(total);
                format!(
                    "<p>{stage}: {done} of {total}</p>\n<progress max=\"{total}\" value=\"{done}\">{done} of {total}</progress>"
                )
            }
            None if stage.is_empty() => "<progress></progress>".to_owned(),
            None => format!("<p>{stage}</p>\n<progress></progress>"),
        };
        let text = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>kb is reading</title>\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"refresh\" content=\"1\">\n<link rel=\"stylesheet\" href=\"/__kb/loading.css\">\n</head>\n<body>\n\
             <main>\n<h1>kb is reading the postmortems</h1>\n{far}\n<p>This page opens by itself as soon as it is there.</p>\n\
             </main>\n</body>\n</html>\n"
        );
        Answer { status: 503, ..Answer::bytes("text/html; charset=utf-8", text.into_bytes()) }
    }
}

impl Progress for Loading {
    fn stage(&self, name: &'static str, total: Option<usize>) {
        self.done.store(0, Relaxed);
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = (name, total.filter(|total| *total > 0));
    }

    fn step(&self) {
        self.done.fetch_add(1, Relaxed);
    }
}

/// Tells two listeners.
pub(super) struct Both<'a>(pub(super) &'a dyn Progress, pub(super) &'a dyn Progress);

impl Progress for Both<'_> {
    fn stage(&self, name: &'static str, total: Option<usize>) {
        self.0.stage(name, total);
        self.1.stage(name, total);
    }

    fn step(&self) {
        self.0.step();
        self.1.step();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::live::{Preview, PreviewOptions};
    use crate::serve::{Asked, Body, Site};
    use std::sync::mpsc::channel;

    #[test]
    fn it_is_said_how_far_reading_is() {
        let loading = Loading::default();
        let page = || match loading.page() {
            Answer { status: 503, body: Body::Bytes(bytes), .. } => {
                String::from_utf8(bytes.to_vec()).unwrap()
            }
            other => panic!("{other:?}"),
        };
        assert!(page().contains("<progress></progress>"));
        loading.stage("reading", Some(4));
        (0..3).for_each(|_| loading.step());
        assert!(page().contains("reading: 3 of 4") && page().contains("max=\"4\" value=\"3\""), "{}", page());
        loading.stage("relating", None);
        assert!(page().contains("<p>relating</p>"));
    }

    #[test]
    fn people_are_told_instead_of_kept_waiting() {
        let options = PreviewOptions::of_tests("/".into());
        let (ask, asked) = channel();
        let preview = Preview::new(&options, "content".into(), &ask);
        for path in ["/", "/incidents/a.html", "/__kb/public/"] {
            let query = Vec::new();
            let wanted = Asked { path: path.into(), query, from_here: true, for_a_reader: true };
            let told = preview.answer(&wanted);
            assert_eq!((told.status, told.media_type), (503, "text/html; charset=utf-8"), "{path}");
        }
        assert!(preview.is_loading() && !preview.is_settled());
        assert!(asked.try_recv().is_err(), "nobody asks for the public's site before there is any");
    }
}
