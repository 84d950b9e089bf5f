//! What reports show as proof: log lines in a fence, a snippet in some language, a table of figures, a footnote.

use super::calendar::{clock, date};
use super::prose::Page;
use super::style::WhysForm;

/// Log lines with the family's signature and parts that vary.
pub(crate) fn log(page: &mut Page) {
    let plan = page.plan;
    let component = plan.components.first().map_or("", String::as_str);
    let day = date(plan.started, super::calendar::Zone::Utc).iso();
    page.push("```text\n");
    for offset in 0..page.rng.between(2, 6) {
        let at = clock(plan.started + offset, super::calendar::Zone::Utc);
        let (second, host) = (page.rng.between(0, 59), page.rng.between(1, 48));
        let level = page.rng.pick(&["ERROR", "ERROR", "WARN", "FATAL"]);
        let request = page.rng.next();
        let signature = &plan.family.signature;
        let line =
            format!("{day}T{at}:{second:02}Z {component}-{host:02} {level} {signature} req={request:016x}\n");
        page.push(&line);
    }
    page.push("```\n\n");
}

/// A few lines of configuration, query or code.
pub(crate) fn snippet(page: &mut Page) {
    let plan = page.plan;
    let service = plan.components.first().map_or("", String::as_str);
    let name = page.noun().replace('-', "_");
    let (many, few) = (page.rng.between(100, 9_000), page.rng.between(2, 40));
    let region = plan.region;
    let fence = match page.rng.below(7) {
        0 => format!(
            "yaml\nservice: {service}\nplace: {region}\n{name}:\n  hold_for: {many}ms\n  lanes: {few}\n"
        ),
        1 => format!("toml\n[{name}]\nhold_for_ms = {many}\nlanes = {few}\nplace = \"{region}\"\n"),
        2 => {
            format!("json\n{{\"place\": \"{region}\", \"{name}\": {{\"held\": {many}, \"lanes\": {few}}}}}\n")
        }
        3 => format!(
            "sql\nselect place, max({name}_at) as latest\nfrom {name}_log\nwhere lane <= {few}\ngroup by place\nhaving count(*) > {many};\n"
        ),
        4 => format!(
            "sh\nquayctl --place {region} {service} status --lane {few}\nquayctl {service} drain --hold {many}ms\n"
        ),
        5 => format!(
            "rust\nfn {name}_left(held: u32) -> u32 {{\n    const LANES: u32 = {few};\n    ({many} / LANES).saturating_sub(held)\n}}\n"
        ),
        _ => {
            format!("python\ndef {name}_is_late(age_ms, lanes={few}):\n    return age_ms > {many} // lanes\n")
        }
    };
    page.push(&format!("```{fence}```\n\n"));
}

/// A table of figures before, during and after.
pub(crate) fn figures(page: &mut Page) {
    page.push("| Figure | Before | Worst | After |\n|---|--:|--:|--:|\n");
    for _ in 0..page.rng.between(2, 5) {
        let before = page.rng.between(10, 400);
        let worst = before * page.rng.between(2, 30);
        let after = before + page.rng.between(0, 9);
        let noun = page.noun();
        page.push(&format!("| {noun} | {before} | {worst} | {after} |\n"));
    }
    page.push("\n");
}

/// Five whys, the first about the component and the last about the fix that was never made.
pub(crate) fn whys(page: &mut Page) {
    let plan = page.plan;
    let component = plan.components.first().map_or("", String::as_str);
    let questions = [
        format!("Why did {component} give way?"),
        "Why was that possible?".to_owned(),
        "Why did nothing hold it back?".to_owned(),
        "Why did we not see it coming?".to_owned(),
        "Why had it not been put right before?".to_owned(),
    ];
    let form = plan.style.whys;
    if form == WhysForm::Table {
        page.push("| Why | Because |\n|---|---|\n");
    }
    for (depth, question) in questions.iter().enumerate() {
        page.push(&match form {
            WhysForm::Numbered => format!("{}. **{question}** Because ", depth + 1),
            WhysForm::Nested => format!("{}- {question} → because ", "  ".repeat(depth)),
            WhysForm::Table => format!("| {question} | "),
        });
        match depth {
            0 => page.push(&plan.family.mechanism),
            1 => page.push(&format!("of {}, which had not been thought of", plan.family.trigger)),
            4 => page.push(&format!("the plan to {} had been put off", plan.family.fix)),
            _ => page.phrase("why"),
        }
        page.push(if form == WhysForm::Table { " |\n" } else { ".\n" });
    }
    page.push("\n");
}
