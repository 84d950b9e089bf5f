//! Words that tell nothing of what failed. Beside the function words that search leaves out, reports share words of
//! degree, order, time and doubt; in a small archive they are rare enough to look telling.
//!
//! For English alone: other languages rely on the share of documents that hold a word.

/// In alphabetical order, as written before stemming.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "able", "about", "above", "actual", "actually", "after", "afternoon", "again", "all", "already", "also",
    "although", "always", "am", "another", "any", "anyone", "anything", "approximately", "apr", "april",
    "around", "aug", "august", "away", "back", "became", "because", "become", "been", "before", "began",
    "begin", "being", "below", "best", "better", "between", "both", "came", "can", "cannot", "cause",
    "caused", "causes", "causing", "cest", "cet", "come", "could", "couldn", "date", "day", "days", "dec",
    "december", "did", "didn", "different", "do", "does", "doesn", "doing", "don", "done", "due", "during",
    "each", "either", "else", "enough", "etc", "even", "eventually", "ever", "every", "everyone",
    "everything", "example", "far", "feb", "february", "few", "find", "first", "follow", "followed",
    "following", "found", "fri", "friday", "from", "further", "gave", "general", "get", "gets", "getting",
    "give", "given", "go", "goes", "going", "good", "got", "great", "had", "hadn", "half", "happen",
    "happened", "happening", "happens", "has", "hasn", "have", "haven", "having", "he", "her", "here",
    "high", "him", "his", "hour", "hours", "how", "however", "immediately", "incident", "incidents",
    "instead", "isn", "issue", "issues", "itself", "jan", "january", "jul", "july", "jun", "june", "just",
    "keep", "kept", "knew", "know", "known", "last", "late", "later", "least", "left", "less", "let",
    "like", "likely", "little", "long", "look", "looked", "looking", "looks", "lot", "low", "made", "main",
    "make", "makes", "making", "many", "mar", "march", "may", "maybe", "me", "mean", "means", "meant",
    "meanwhile", "might", "min", "minute", "minutes", "mon", "monday", "month", "months", "more", "morning",
    "most", "much", "multiple", "must", "my", "need", "needed", "needs", "never", "next", "night", "normal",
    "normally", "nothing", "nov", "november", "now", "number", "occur", "occurred", "oct", "october", "off",
    "often", "old", "once", "one", "ones", "only", "onto", "other", "others", "our", "out", "over", "own",
    "part", "pdt", "perhaps", "possible", "possibly", "previous", "previously", "probably", "problem",
    "problems", "pst", "put", "quickly", "quite", "rather", "really", "result", "resulted", "resulting",
    "root", "same", "sat", "saturday", "saw", "second", "seconds", "see", "seem", "seemed", "seems", "seen",
    "sep", "september", "set", "several", "shall", "she", "should", "shouldn", "show", "showed", "showing",
    "shown", "shows", "side", "since", "small", "so", "some", "someone", "something", "sometimes", "soon",
    "still", "subsequently", "such", "sun", "sunday", "take", "taken", "takes", "taking", "than", "them",
    "themselves", "these", "thing", "things", "think", "third", "those", "though", "thought", "three",
    "through", "thu", "thursday", "thus", "time", "times", "together", "told", "too", "took", "toward",
    "towards", "tried", "tries", "try", "trying", "tue", "tuesday", "two", "under", "unfortunately",
    "until", "up", "upon", "us", "use", "used", "using", "usual", "usually", "utc", "very", "via", "want",
    "wanted", "was", "wasn", "way", "ways", "we", "wed", "wednesday", "week", "weeks", "well", "went",
    "were", "weren", "what", "when", "where", "whether", "which", "while", "who", "whole", "whose", "why",
    "within", "without", "won", "would", "wouldn", "year", "years", "yes", "yesterday", "yet", "you",
    "your",
];

/// Whether `word`, in lower case, is one of them.
pub(super) fn tells_nothing(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(WORDS.is_sorted());
        assert!(tells_nothing("which") && !tells_nothing("node"));
    }
}
