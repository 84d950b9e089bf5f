//! Clock points that sentences and labels tell, each told as which point and when.

use crate::model::Milestone;

/// What each time of a sentence is, in words.
fn told(sentence: &str) -> Vec<String> {
    let text = format!("# Hub\n\n## Summary\n\n{sentence}\n");
    let source = crate::diag::Source::new("2024-03-14-hub.md", text);
    let config = crate::config::SiteConfig::default();
    let options = crate::parse::ParseOptions::new(&config);
    let (incident, _) = crate::parse::read(&source, &options, &mut Vec::new());
    let point = |milestone: &Milestone| {
        let at = incident.clock.get(*milestone)?;
        Some(format!("{} {}", milestone.word(), at.at.shown()))
    };
    Milestone::ALL.iter().filter_map(point).collect()
}

#[test]
fn words_beside_a_time_say_which_point_it_is() {
    for (sentence, point) in [
        ("At 03:01 UTC we were paged.", "detected 2024-03-14 03:01 UTC"),
        ("At **19:55 UTC, all services became unresponsive**.", "started 2024-03-14 19:55 UTC"),
        ("The incident was resolved at 14:05 UTC.", "resolved 2024-03-14 14:05 UTC"),
        ("The hub had been down since 10:00 UTC.", "started 2024-03-14 10:00 UTC"),
        (
            "On March 12 it was quiet. On March 13th, 9 pm UTC, the disk ran out of space.",
            "started 2024-03-13 21:00 UTC",
        ),
    ] {
        assert_eq!(told(sentence), [point], "{sentence}");
    }
}

#[test]
fn a_span_of_a_fault_is_start_and_end() {
    let both = ["started 2024-03-14 14:18 UTC", "resolved 2024-03-14 18:39 UTC"];
    assert_eq!(told("The hub was down from 14:18 to 18:39 (UTC)."), both);
    assert_eq!(told("Between 1418 and 1839 UTC, users experienced errors."), both);
    assert_eq!(told("Outages are answered during support hours, 10:00-17:00."), [] as [&str; 0]);
}

#[test]
fn a_time_without_telling_words_is_none() {
    for sentence in [
        "We deployed the bot at 2:55 UTC.",
        "At 10:05 we pushed a fix for the errors.",
        "Nobody noticed until 10:00.",
        "It was not resolved at 14:05.",
        "The ratio was 10:30.",
    ] {
        assert_eq!(told(sentence), [] as [&str; 0], "{sentence}");
    }
}

#[test]
fn a_time_in_brackets_dates_the_event_before_it() {
    assert_eq!(told("A connection spike (00:27 UTC) took the node down."), ["started 2024-03-14 00:27 UTC"]);
    assert_eq!(told("The second node (10:27 UTC) was fine."), [] as [&str; 0]);
}

#[test]
fn a_word_behind_a_time_names_it_and_a_length_before_a_bracket_measures() {
    assert_eq!(
        told("About 14 hours (07:05 UTC detected → 13:30 UTC resolved)."),
        ["detected 2024-03-14 07:05 UTC", "resolved 2024-03-14 13:30 UTC"]
    );
    let both = ["started 2024-03-14 08:00 UTC", "resolved 2024-03-14 08:20 UTC"];
    assert_eq!(told("Total: ~20 minutes (08:00 - 08:20 UTC)"), both);
    assert_eq!(told("The second shift (08:00 - 08:20 UTC) was quiet."), [] as [&str; 0]);
    assert_eq!(
        told("We encountered a failure of all nodes on March 13, 2024 (11:25 AM), which lasted long."),
        ["started 2024-03-13 11:25"]
    );
    assert_eq!(told("This worked -- at 14:05, all hubs came back online."), ["resolved 2024-03-14 14:05"]);
}

#[test]
fn a_label_may_hold_the_whole_window() {
    let both = ["started 2024-03-14 09:12 UTC", "resolved 2024-03-14 11:48 UTC"];
    assert_eq!(told("**Date:** 2024-03-14, 09:12–11:48 UTC (2h36m)"), both);
    assert_eq!(told("**When:** 2024-03-14"), [] as [&str; 0]);
}

#[test]
fn service_that_is_back_is_the_end_where_nothing_is_called_resolved() {
    let text = |more: &str| {
        format!("# Hub\n\n## Timeline (UTC)\n\n- 10:00 the hub goes down\n- 10:20 Service restored\n{more}")
    };
    let end = |text: &str| {
        let source = crate::diag::Source::new("2024-03-14-hub.md", text);
        let config = crate::config::SiteConfig::default();
        let options = crate::parse::ParseOptions::new(&config);
        let (incident, _) = crate::parse::read(&source, &options, &mut Vec::new());
        incident.clock.resolved.map(|point| point.at.shown())
    };
    assert_eq!(end(&text("")).as_deref(), Some("2024-03-14 10:20 UTC"));
    assert_eq!(end(&text("- 11:00 Resolved\n")).as_deref(), Some("2024-03-14 11:00 UTC"));
}

#[test]
fn two_times_of_one_sentence_are_told_apart() {
    let sentence = "At 10:05 we were alerted that the hub had been down since 10:00.";
    assert_eq!(told(sentence), ["started 2024-03-14 10:00", "detected 2024-03-14 10:05"]);
}

#[test]
fn words_of_other_languages_stand_beside_a_time() {
    let both = ["started 2024-03-14 10:00 UTC", "resolved 2024-03-14 11:00 UTC"];
    assert_eq!(told("Зал не работал — с 10:00 UTC (гасла лампа) до примерно 11:00 UTC."), both);
    assert_eq!(told("Die Halle war seit 10:00 UTC nicht erreichbar."), both[..1]);
    assert_eq!(told("At 10:00 UTC, light between the halls was interrupted."), both[..1]);
}

#[test]
fn the_window_stands_behind_labels_of_many_languages_and_in_opening_words() {
    let both = ["started 2024-03-14 10:00", "resolved 2024-03-14 11:00"];
    for text in [
        "障害発生日時：2024年03月14日 10時00分～11時00分",
        "影響期間: 2024-03-14 10:00 〜 11:00",
        "**Horário:** 10:00 - 11:00",
        "- 影響: 2024-03-14 10:00〜11:00。どの部屋も暗かった",
        "- Impact: 2024-03-14 10:00–11:00, all rooms were dark",
        "Readers may have had no light between 10:00 and 11:00 on Thursday, the 14th of March, 2024.",
        "Leider kam es am Abend des 14.03.2024 um 10:00 bis 11:00 Uhr zu einer Pause.",
        "**发生时间 / Occurrence Time:** 2024-03-14 10:00\n\n**恢复时间 / Recovery Time:** 2024-03-14 11:00",
        "At 10 a.m. on 14.03.2024, there was an almost complete failure of the light. At 11 a.m. light was restored.",
    ] {
        assert_eq!(told(text), both, "{text}");
    }
    assert_eq!(
        told("The time of this incident was changed from 10:00 to 11:00 by an editor."),
        [] as [&str; 0]
    );
    assert_eq!(told("- Impact: 12 rooms, as in 2023-02-01 10:00–11:00"), [] as [&str; 0]);
    assert_eq!(told("- **Detection:** a guest called the desk (10:05)"), ["detected 2024-03-14 10:05"]);
    assert_eq!(told("- 検知: 客の電話（10:05）。通知はなかった"), ["detected 2024-03-14 10:05"]);
    assert_eq!(told("- **First alert time**: 10:05"), ["detected 2024-03-14 10:05"]);
}

/// The points of a text with this timeline, in words.
fn of_timeline(entries: &str) -> Vec<String> {
    told(&format!("The hall has many lamps.\n\n## Timeline (UTC)\n\n{entries}"))
}

#[test]
fn stems_and_what_befalls_them_tell_a_point() {
    for (sentence, point) in [
        ("Timeouts first appeared at 10:00 UTC.", "started 2024-03-14 10:00 UTC"),
        ("At 10:00 UTC the lamps started falling over.", "started 2024-03-14 10:00 UTC"),
        ("At 10:00 UTC, the primary froze.", "started 2024-03-14 10:00 UTC"),
        ("At 10:05 UTC readers began complaining.", "detected 2024-03-14 10:05 UTC"),
        ("We received several complaints at 10:05 UTC.", "detected 2024-03-14 10:05 UTC"),
        ("The fix was deployed at 11:00 UTC and light returned to normal.", "resolved 2024-03-14 11:00 UTC"),
        ("By 11:00 UTC all readers were served again.", "resolved 2024-03-14 11:00 UTC"),
        ("We had everything back by 11am UTC.", "resolved 2024-03-14 11:00 UTC"),
        ("The errors subsided at 11:00 UTC.", "resolved 2024-03-14 11:00 UTC"),
        ("At 11:00 UTC all lamps returned to baseline.", "resolved 2024-03-14 11:00 UTC"),
        ("Doors were stuck from around 10:00 UTC on.", "started ~2024-03-14 10:00 UTC"),
    ] {
        assert_eq!(told(sentence), [point], "{sentence}");
    }
    assert_eq!(
        told("The doors were stuck from 10:00 UTC until 11:00 UTC."),
        ["started 2024-03-14 10:00 UTC", "resolved 2024-03-14 11:00 UTC"]
    );
}

#[test]
fn a_day_counts_where_the_story_tells_no_time() {
    assert_eq!(told("On 9 March 2024 a researcher reported the open door."), ["detected 2024-03-09"]);
    assert_eq!(
        told("The key was exposed from on or about 2024-02-10 through 2024-03-09."),
        ["started ~2024-02-10", "resolved ~2024-03-09"]
    );
    assert_eq!(told("The hall was built on 9 March 2024."), [] as [&str; 0]);
    assert_eq!(
        told("On 9 March 2024 a reader noticed it. At 10:05 UTC the next day we were paged."),
        ["detected 2024-03-09 10:05 UTC"]
    );
}

#[test]
fn prose_below_the_entries_and_within_them_tells_when_it_began() {
    let text = "- 10:30 Ann looks at the lamps\n- 10:40 Bo says that this started at about 10:10\n- 11:00 Resolved\n";
    assert_eq!(of_timeline(text), ["started ~2024-03-14 10:10 UTC", "resolved 2024-03-14 11:00 UTC"]);
    let text =
        "- 10:30 Ann changes a lamp\n- 11:00 Bo waits\n\nThe doors were stuck from 10:20 until 11:10.\n";
    assert_eq!(of_timeline(text), ["started 2024-03-14 10:20 UTC", "resolved 2024-03-14 11:10 UTC"]);
}

#[test]
fn an_entry_may_tell_start_and_detection() {
    let text = "- 10:00 Lamps start failing, and an alert is posted\n- 10:20 Ann comes\n- 11:00 Resolved\n";
    assert_eq!(
        of_timeline(text),
        ["started 2024-03-14 10:00 UTC", "detected 2024-03-14 10:00 UTC", "resolved 2024-03-14 11:00 UTC"]
    );
}

#[test]
fn the_last_entry_that_tells_of_relief_or_of_a_fix_is_the_end() {
    let end = |last: &str| of_timeline(&format!("- 10:00 Lamps go dark\n- 10:10 Ann looks\n- {last}\n"));
    let both = ["started 2024-03-14 10:00 UTC", "resolved 2024-03-14 11:00 UTC"];
    let text = "- 10:00 The error rate climbs\n- 10:05 Message from a customer\n- 11:00 Metrics normalize\n";
    assert_eq!(of_timeline(text), [both[0], "detected 2024-03-14 10:05 UTC", both[1]]);
    for last in [
        "11:00 Doors re-open",
        "11:00 The lamp is now running",
        "11:00 A new lamp is in place; the hall loads again",
        "11:00 The change is undone",
        "11:00 Lamp swapped, errors stop",
        "11:00 New lamps arrive. **END OF OUTAGE**",
        "11:00 The patch is merged",
    ] {
        assert_eq!(end(last), both, "{last}");
    }
    assert_eq!(end("11:00 The patch is merged\n- 11:20 Alerts added for dark lamps"), both);
    for last in ["11:00 Ann goes home", "11:00 The patch is merged\n- 11:20 Another outage of the lamps"] {
        assert_eq!(end(last), both[..1], "{last}");
    }
}

#[test]
fn an_indented_paragraph_below_its_heading_is_read_like_any_other() {
    let text = "    The lamps of the hall went dark, an outage from 10:00 UTC to 11:00 UTC on that day.";
    assert_eq!(told(text), ["started 2024-03-14 10:00 UTC", "resolved 2024-03-14 11:00 UTC"]);
    assert_eq!(told("    let outage = from(10:00 UTC, 11:00 UTC).wait();"), [] as [&str; 0]);
}

#[test]
fn the_change_that_brought_the_fault_is_its_start() {
    for sentence in [
        "A release at 10:00 UTC caused the lamps to flicker.",
        "At 10:00 UTC we merged a change, causing dark halls.",
    ] {
        assert_eq!(told(sentence), ["started 2024-03-14 10:00 UTC"], "{sentence}");
    }
    for sentence in [
        "We deployed the new lamps at 10:00 UTC.",
        "At 10:00 UTC we merged a patch for what caused dark halls.",
    ] {
        assert_eq!(told(sentence), [] as [&str; 0], "{sentence}");
    }
}

#[test]
fn a_story_that_opens_with_day_and_time_tells_when_it_began() {
    let sentence = "On March 13, 2024, at 10:00 UTC, a wrong list was printed.";
    assert_eq!(told(sentence), ["started 2024-03-13 10:00 UTC"]);
    assert_eq!(told("On March 13, 2024, at 10:00 UTC, we pushed a fix."), [] as [&str; 0]);
    assert_eq!(told(&format!("The hall has lamps. {sentence}")), [] as [&str; 0]);
}

#[test]
fn a_remark_may_follow_the_time_of_a_label() {
    let text = "**Started**: 2024-03-14 10:00 ※ by the log of the lamp, whose first line about the dark hall stands there, see below";
    assert_eq!(told(text), ["started 2024-03-14 10:00"]);
}

#[test]
fn a_sentence_may_be_a_label_and_its_time() {
    assert_eq!(
        told("Started 10:00 UTC. Detected 10:05 UTC by Ann. Fixed 11:00 UTC."),
        ["started 2024-03-14 10:00 UTC", "detected 2024-03-14 10:05 UTC", "resolved 2024-03-14 11:00 UTC"]
    );
}
