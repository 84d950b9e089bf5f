//! Notations of real timelines and what they mean.

use super::*;

fn shown(line: &str) -> String {
    shown_in(line, Order::DayFirst)
}

fn shown_in(line: &str, order: Order) -> String {
    let Some(stamp) = read(line, order) else {
        return "-".into();
    };
    let day = |date: DatePart| {
        let year = date.year.map_or_else(|| "????".into(), |year| year.to_string());
        format!("{year}-{:02}-{:02}", date.month, date.day)
    };
    let clock = |time: TimePart| {
        let seconds = time.second.map(|s| format!(":{s:02}")).unwrap_or_default();
        format!("{:02}:{:02}{seconds}", time.hour, time.minute)
    };
    let mut out = Vec::new();
    out.extend(stamp.approximate.then(|| "~".to_owned()));
    out.extend(stamp.relative.map(|minutes| format!("T{minutes:+}")));
    out.extend(stamp.date.map(day));
    out.extend(stamp.time.map(clock));
    out.extend(stamp.zone.as_ref().map(|zone| zone.name().unwrap_or_else(|| "?zone".into())));
    if let Some((date, time)) = stamp.end {
        out.push("to".into());
        out.extend(date.map(day));
        out.extend(time.map(clock));
    }
    out.extend(stamp.problem.map(|problem| format!("{problem:?}")));
    out.push(format!("| {}", &line[stamp.len..]));
    out.join(" ")
}

#[test]
fn every_notation_of_the_survey_is_read() {
    for (line, meaning) in [
        ("2021-06-30 08:32 alarm", "2021-06-30 08:32 | alarm"),
        ("2021-06-30T08:32:10Z alarm", "2021-06-30 08:32:10 UTC | alarm"),
        ("2021-06-30T08:32+02:00: alarm", "2021-06-30 08:32 +02:00 | alarm"),
        ("14:23 deployed", "14:23 | deployed"),
        ("**14:23** - deployed", "14:23 | deployed"),
        ("`10:40` - branch deployed", "10:40 | branch deployed"),
        ("[08:26] Ann notices", "08:26 | Ann notices"),
        ("11.57 Deployment of API", "11:57 | Deployment of API"),
        ("02.41-06.46 down", "02:41 to 06:46 | down"),
        ("08:52 PM", "20:52 | "),
        ("04:49 PM UTC Site repo", "16:49 UTC | Site repo"),
        ("12:05 AM MST quiet", "00:05 MST | quiet"),
        ("Sept 3, 8pm: slow", "????-09-03 20:00 | slow"),
        ("Sept 3 10:41:56pm - x", "????-09-03 22:41:56 | x"),
        ("Sept 3, 4:26pm", "????-09-03 16:26 | "),
        ("June 14th, 2022, 10:00 AM: As part", "2022-06-14 10:00 | As part"),
        ("July 11, 2025, 12:42 PM", "2025-07-11 12:42 | "),
        ("Feb 20 2018 14:17", "2018-02-20 14:17 | "),
        ("Feb 21, 13:00", "????-02-21 13:00 | "),
        ("19. April, 11:00", "????-04-19 11:00 | "),
        ("March 18, 16:30", "????-03-18 16:30 | "),
        ("Apr-22-2022 11:01 x", "2022-04-22 11:01 | x"),
        ("Feb-05-2022", "2022-02-05 | "),
        ("24. mai 2023 kl 07:25 feil", "2023-05-24 07:25 | feil"),
        ("15 de março 2023 10h15 alerta", "2023-03-15 10:15 | alerta"),
        ("3. Oktober 14:05 Uhr Ausfall", "????-10-03 14:05 | Ausfall"),
        ("11:10 6th Nov 2023 - noticed", "2023-11-06 11:10 | noticed"),
        ("12:45 PM PST Saturday Oct 30th: wave", "????-10-30 12:45 PST | wave"),
        ("15:30 UTC Feb 20: x", "????-02-20 15:30 UTC | x"),
        ("2022-02-03 2300: late", "2022-02-03 23:00 | late"),
        ("1915 UTC jump", "19:15 UTC | jump"),
        ("2018-08-22, 03:26pm: first noticed", "2018-08-22 15:26 | first noticed"),
        ("2017-11-30 16:22 PST", "2017-11-30 16:22 PST | "),
        ("23.05.2023 kl 20:06:19 : x", "2023-05-23 20:06:19 | x"),
        ("27.01.20 - 07:00", "2020-01-27 07:00 | "),
        ("24-10-2024 - 08:15 x", "2024-10-24 08:15 | x"),
        ("Thur | Jan 20 | 22:06 | observed", "????-01-20 22:06 | observed"),
        ("13:14 EDT (17:14 UTC) x", "13:14 EDT | x"),
        ("12:48 (6:48 PDT): last", "12:48 | last"),
        ("14:05 US/Pacific x", "14:05 US/Pacific | x"),
        ("14:05 UTC+2 x", "14:05 +02:00 | x"),
        ("14:05 (UTC) x", "14:05 UTC | x"),
        ("10:00 IST x", "10:00 ?zone | x"),
        ("T+5m: paged", "T+5 | paged"),
        ("T+1h30m rolled back", "T+90 | rolled back"),
        ("T-00:10 deploy", "T-10 | deploy"),
    ] {
        assert_eq!(shown(line), meaning, "{line}");
    }
}

#[test]
fn ranges_and_rough_times_keep_their_meaning() {
    for (line, meaning) in [
        ("2020-10-06 09:00 - 11:00 x", "2020-10-06 09:00 to 11:00 | x"),
        ("00:25 - 00:29 AM x", "00:25 to 00:29 | x"),
        ("2:10 - 2:40 pm x", "14:10 to 14:40 | x"),
        ("2023-02-06 4:46pm - 9:32pm The team", "2023-02-06 16:46 to 21:32 | The team"),
        ("14:01 → 18:05 x", "14:01 to 18:05 | x"),
        ("from 14:18 to 18:39 (UTC) x", "14:18 UTC to 18:39 | x"),
        ("Between 2023-07-10 to 2023-07-16", "2023-07-10 to 2023-07-16 | "),
        ("~13:30-13:45", "~ 13:30 to 13:45 | "),
        ("~22:25 onwards x", "~ 22:25 | x"),
        ("09:00 og utover", "09:00 | "),
        ("24.05.2023 ca kl 07:25", "~ 2023-05-24 07:25 | "),
        ("2018-07-30 ca. 11:20", "~ 2018-07-30 11:20 | "),
        ("c. 11.20 lamps go dark", "~ 11:20 | lamps go dark"),
        ("March 22, around 19:30 x", "~ ????-03-22 19:30 | x"),
        ("kl 11:00? x", "~ 11:00 | x"),
        ("22:52 (maybe earlier?)", "~ 22:52 | "),
        ("10:45 - 3 nodes left", "10:45 | 3 nodes left"),
    ] {
        assert_eq!(shown(line), meaning, "{line}");
    }
}

#[test]
fn what_cannot_be_or_is_not_known_is_said() {
    for (line, meaning) in [
        ("23:00 AM MST x", "MST Impossible | x"),
        ("009:38 x", "Impossible | x"),
        ("31.06.2019 x", "Impossible | x"),
        ("11/03/202 - released", "Impossible | released"),
        ("24 February January 2021 x", "Impossible | x"),
        ("2202-05-20 10:00 x", "2202-05-20 10:00 FarYear | x"),
        ("20202-01-16 12:00 x", "12:00 FarYear | x"),
        ("202-01-16 12:00 x", "12:00 FarYear | x"),
        ("2019-12-03 --:-- x", "2019-12-03 HalfKnown | x"),
        ("2024-03-13 14:?? x", "2024-03-13 HalfKnown | x"),
        ("22:XX x", "HalfKnown | x"),
        ("2X:XX (not sure) x", "HalfKnown | (not sure) x"),
        ("2018-01-17 17:14pm", "2018-01-17 17:14 Impossible | "),
        ("13:55 PM PST x", "13:55 PST Impossible | x"),
    ] {
        assert_eq!(shown(line), meaning, "{line}");
    }
}

#[test]
fn a_day_that_cannot_be_is_lost_whatever_the_time_behind_it_is() {
    for line in ["2204-03-14 28:02 x", "2204-03-14 14:?? x", "2023-02-30 28:02 x"] {
        let stamp = read(line, Order::DayFirst).unwrap();
        assert!(stamp.lost_day && stamp.problem.is_some(), "{line}");
    }
    let until = "2024-03-14 10:00 – 2204-03-14 11:00 x";
    assert_eq!(shown(until), "2024-03-14 10:00 FarYear | x");
}

#[test]
fn what_only_looks_like_a_time_is_left_alone() {
    for line in [
        "1.11.2 to 1.13",
        "10.2.3.4 is down",
        "Mayor of the town",
        "3 nodes",
        "May be slow",
        "12:34:56:78:9a x",
        "v1.20 rollout",
        "Second engineer",
        "100% of users",
        "2021 was a year",
        "+1 from Ann",
        "The cluster",
        "On-call joined",
        "at the same time",
        "1. step",
        "10/20 pods",
        "time to detect",
        "after the deploy",
        "",
        "-",
        "[x] done",
        "(optional) do",
        "http://a.b/10:20",
    ] {
        assert_eq!(shown(line), "-", "{line}");
    }
}

#[test]
fn the_documents_order_decides_between_day_and_month() {
    assert_eq!(shown_in("10/11/2022 - 15:38 CST x", Order::MonthFirst), "2022-10-11 15:38 CST | x");
    assert_eq!(shown_in("10/11/2022 x", Order::DayFirst), "2022-11-10 | x");
    assert_eq!(shown_in("4/21/23", Order::DayFirst), "2023-04-21 | ");
}

#[test]
fn a_time_is_found_behind_its_label() {
    let (at, stamp) = find("First detected 2022-01-22 11:57", Order::DayFirst).expect("a time");
    assert_eq!((at, stamp.time.map(TimePart::minutes)), (15, Some(717)));
    assert!(find("upgraded 1.11 to 1.13", Order::DayFirst).is_none());
}
