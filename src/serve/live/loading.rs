//! While a large archive is read for the first time: how far it is, and a page that says so and leads on by itself.

use super::super::{Answer, Body, Kind, Reload};
use super::early::Early;
use crate::pipeline::Progress;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// So long a reader waits, from the start on, for a page that tells everything.
const FIRST: Duration = Duration::from_millis(600);

/// So long it is waited, from the start on, until it is decided whether there are early pages.
const EARLY: Duration = Duration::from_millis(1_200);

/// So many documents are read between two looks at how far it is.
const STEPS: usize = 250;

/// What pages say that show what recurs before everything was compared.
const COMPARING: &str =
    "kb is still comparing the incidents with each other; which of them are alike shows in a moment.";

/// How far the first reading is; over once there is something to show, and done once everything was compared.
pub(super) struct Loading {
    begun: Instant,
    stage: Mutex<(&'static str, Option<usize>)>,
    done: AtomicUsize,
    over: AtomicBool,
    known: Mutex<Known>,
    came: Condvar,
}

/// What is known before everything is.
#[derive(Default)]
struct Known {
    /// Pages that are there before all is read.
    early: Option<Arc<Early>>,
    /// Whether it is decided if there are any.
    decided: bool,
    /// Whether everything was compared.
    compared: bool,
}

impl Loading {
    /// Nothing is read yet.
    pub(super) fn new() -> Self {
        Self {
            begun: Instant::now(),
            stage: Mutex::default(),
            done: AtomicUsize::new(0),
            over: AtomicBool::new(false),
            known: Mutex::default(),
            came: Condvar::new(),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows `early` pages until there are whole ones.
    pub(super) fn show(&self, early: Option<Arc<Early>>) {
        let mut known = self.known();
        (known.early, known.decided) = (early, true);
        self.came.notify_all();
    }

    /// The pages that are there before all is read; it takes a moment from the start until there are any.
    pub(super) fn early(&self) -> Option<Arc<Early>> {
        self.known_within(EARLY.saturating_sub(self.begun.elapsed()), |known| known.decided).early.clone()
    }

    /// What is known when it is `enough`, or after `patience`.
    fn known_within(&self, patience: Duration, enough: fn(&Known) -> bool) -> MutexGuard<'_, Known> {
        let came = self.came.wait_timeout_while(self.known(), patience, |known| !enough(known));
        came.unwrap_or_else(PoisonError::into_inner).0
    }

    /// There is something to show.
    pub(super) fn end(&self) {
        self.over.store(true, Relaxed);
        self.show(None);
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.load(Relaxed)
    }

    /// Everything was compared; whether it is the first time.
    pub(super) fn compared(&self) -> bool {
        let before = std::mem::replace(&mut self.known().compared, true);
        self.came.notify_all();
        !before
    }

    /// Whether everything was compared, `patience` from now at the latest.
    pub(super) fn is_compared_within(&self, patience: Duration) -> bool {
        self.known_within(patience, |known| known.compared).compared
    }

    /// How long a reader should wait from now on for a page that tells everything.
    pub(super) fn patience(&self) -> Duration {
        FIRST.saturating_sub(self.begun.elapsed())
    }

    /// How far it is: the stage, how many are done and of how many, where that is known.
    fn far(&self) -> (&'static str, Option<(usize, usize)>) {
        let (stage, total) = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        (stage, total.map(|total| (self.done.load(Relaxed).min(total), total)))
    }

    /// An early page, saying that it is one and how far reading is.
    pub(super) fn noted(&self, page: Answer) -> Answer {
        let far = match self.far() {
            (_, Some((done, total))) => {
                format!(" <progress max=\"{total}\" value=\"{done}\"></progress> {done} of {total}")
            }
            _ => String::new(),
        };
        let said = "kb is still reading the postmortems. Until it has, this page shows what was read first; lists, figures and \
                    what belongs together follow by themselves.";
        noted(page, "banner", &format!("{said}{far}"))
    }

    /// A page that shows what recurs, saying so where not everything was compared.
    pub(super) fn noted_if_comparing(&self, page: Answer, path: &str) -> Answer {
        let shows = ["incidents/", "families/", "components/"];
        let shows = ["", "index.html"].contains(&path) || shows.iter().any(|one| path.starts_with(one));
        if shows && !self.is_compared_within(Duration::ZERO) { noted(page, "small", COMPARING) } else { page }
    }

    /// A page for people who wait: it asks for itself again until the page they wanted is there.
    pub(super) fn page(&self) -> Answer {
        let far = match self.far() {
            (stage, Some((done, total))) => format!(
                "<p>{stage}: {done} of {total}</p>\n<progress max=\"{total}\" value=\"{done}\">{done} of {total}</progress>"
            ),
            ("", None) => "<progress></progress>".to_owned(),
            (stage, None) => format!("<p>{stage}</p>\n<progress></progress>"),
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

/// The page `answer` with a line of kb's own at the head of its text.
fn noted(answer: Answer, style: &str, line: &str) -> Answer {
    let Body::Bytes(page) = &answer.body else { return answer };
    if answer.status != 200 || !answer.media_type.starts_with("text/html") {
        return answer;
    }
    let main = page.windows(5).position(|bytes| bytes.eq_ignore_ascii_case(b"<main"));
    let end = main.and_then(|main| Some(main + page.get(main..)?.iter().position(|byte| *byte == b'>')? + 1));
    let Some((before, after)) = end.and_then(|end| page.split_at_checked(end)) else { return answer };
    let note = format!("<p class=\"{style} kb-loading\" lang=\"en\">{line}</p>");
    let body = Body::Bytes([before, note.as_bytes(), after].concat().into());
    Answer { body, ..answer }
}

/// Tells open pages how far reading is.
pub(super) struct Following<'a>(pub(super) &'a Loading, pub(super) &'a Reload);

impl Progress for Following<'_> {
    fn stage(&self, name: &'static str, total: Option<usize>) {
        self.0.stage(name, total);
    }

    fn step(&self) {
        let done = self.0.done.fetch_add(1, Relaxed) + 1;
        let open = if done.is_multiple_of(STEPS) { self.1.pages() } else { Vec::new() };
        if !open.is_empty() {
            self.1.publish(Kind::Page, &open, &[]);
        }
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
    use crate::serve::{Asked, Site};
    use std::sync::mpsc::channel;

    #[test]
    fn it_is_said_how_far_reading_is() {
        let loading = Loading::new();
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
    fn an_early_page_says_that_it_is_one() {
        let loading = Loading::new();
        loading.stage("reading", Some(10_000));
        (0..2_500).for_each(|_| loading.step());
        let shown =
            |html: &str| match loading.noted(Answer::bytes("text/html; charset=utf-8", html.as_bytes())).body
            {
                Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
                Body::File { .. } => panic!("from memory"),
            };
        let page = shown("<body><main id=\"main\"><h1>Disk</h1></main>");
        let (head, rest) = page.split_once("<p class=\"banner kb-loading\" lang=\"en\">").unwrap();
        assert_eq!(head, "<body><main id=\"main\">");
        assert!(rest.contains("2500 of 10000</p><h1>Disk"), "{page}");
        assert_eq!(shown("<p>no such place"), "<p>no such place");
    }

    #[test]
    fn open_pages_hear_how_far_it_is() {
        let (loading, reload) = (Loading::new(), Reload::new());
        let before = reload.generation();
        let read = |n: usize| (0..n).for_each(|_| Following(&loading, &reload).step());
        read(STEPS);
        assert_eq!(reload.generation(), before, "nobody listens");
        let _page = reload.listen("/").unwrap();
        read(2 * STEPS);
        assert_eq!(reload.generation(), before + 2);
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
