//! The tables of docs/sandbox.md.

use super::{
    catalogue::Catalogue,
    coverage::{Coverage, State},
    suite::{Outcome, Report},
};
use std::collections::BTreeMap;

/// Check × client × outcome, with the reasons of what could not be tried.
pub(crate) fn table(catalogue: &Catalogue, reports: &[Report]) -> String {
    let mut text = String::from("| |");
    for report in reports {
        text += &format!(" {} {} |", report.client, report.version);
    }
    text += "\n|---|";
    text += &":---:|".repeat(reports.len());
    text += "\n";
    let mut notes = Vec::new();
    for section in catalogue.sections() {
        text += &format!("| **{}** |{}\n", section.title, " |".repeat(reports.len()));
        for check in &section.checks {
            text += &format!("| {check} |");
            for report in reports {
                text += &format!(" {} |", cell(report, check, &mut notes));
            }
            text += "\n";
        }
    }
    text += "\n✓ as it should · – not tried: the client has nothing for it, or the note says why\n";
    for (index, note) in notes.iter().enumerate() {
        text += &format!("\n{}. {note}", index + 1);
    }
    if notes.is_empty() {
        return text;
    }
    text + "\n"
}

fn cell(report: &Report, check: &str, notes: &mut Vec<String>) -> String {
    let line = report.lines.iter().find(|line| line.check == check);
    match line.map(|line| (line.outcome, &line.why)) {
        None => "–".to_owned(),
        Some((Outcome::Passed, _)) => "✓".to_owned(),
        Some((Outcome::Failed, _)) => "✗".to_owned(),
        Some((Outcome::Skipped, why)) => {
            notes.push(format!("{}: {why}", report.client));
            format!("– ({})", notes.len())
        }
    }
}

/// How much is there, and the names of what is not.
pub(crate) fn coverage(coverage: &Coverage) -> String {
    let (missing, answered): (Vec<_>, Vec<_>) = coverage
        .methods
        .iter()
        .partition(|(_, answered)| !**answered);
    let names = |list: Vec<(&String, &bool)>| join(list.into_iter().map(|(name, _)| name));
    let mini = &coverage.mini_app;
    let mut text = String::from(
        "| list | names | answered | \"this device has none\" | not in the sandbox |\n\
         |---|---:|---:|---:|---:|\n",
    );
    text += &format!(
        "| Bot API methods, frankenstein {} | {} | {} | | {} |\n",
        coverage.bot_api,
        coverage.methods.len(),
        answered.len(),
        missing.len()
    );
    for (title, list) in [
        ("Mini App to Telegram", &mini.methods),
        ("Telegram to Mini App", &mini.events),
    ] {
        text += &format!(
            "| {title}, @tma.js/bridge {} | {} | {} | {} | {} |\n",
            mini.version,
            list.len(),
            count(list, State::Answered),
            count(list, State::Lacking),
            count(list, State::Unknown)
        );
    }
    text += &format!("\n**Methods answered**: {}\n", names(answered));
    text += &format!(
        "\n**Methods refused with Telegram's 404**: {}\n",
        names(missing)
    );
    text += &format!(
        "\n**Events that the window answers as a device without the thing**: {}\n",
        of(&mini.methods, State::Lacking)
    );
    text += &format!(
        "\n**Events that the window never sends**: {}\n",
        of(&mini.events, State::Unknown)
    );
    text
}

fn count(list: &BTreeMap<String, State>, wanted: State) -> usize {
    list.values().filter(|state| **state == wanted).count()
}

fn of(list: &BTreeMap<String, State>, wanted: State) -> String {
    let names = list.iter().filter(|(_, state)| **state == wanted);
    join(names.map(|(name, _)| name))
}

fn join<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::clients::suite::Line;

    #[test]
    fn reasons_stand_below_the_table() {
        let line = |check: &str, outcome, why: &str| Line {
            check: check.to_owned(),
            outcome,
            why: why.to_owned(),
        };
        let report = Report {
            client: "c".to_owned(),
            version: "1".to_owned(),
            lines: vec![
                line("a", Outcome::Passed, ""),
                line("b", Outcome::Skipped, "cannot read it"),
            ],
        };
        let mut notes = Vec::new();
        let row = ["a", "b", "d"].map(|check| cell(&report, check, &mut notes));
        assert_eq!(row, ["✓", "– (1)", "–"]);
        assert_eq!(notes, ["c: cannot read it"]);
    }
}
