//! Leptos.toml, which the shipped shop reads, says what Cargo.toml says, which builds read.

use super::Finding;
use crate::{
    failure::{Done, Failure, OrSay},
    files,
    project::root,
};
use toml::{Table, Value};

/// Names the settings that differ.
pub(crate) fn check() -> Done<(String, Vec<Finding>)> {
    let [built, shipped] = ["Cargo.toml", "Leptos.toml"].map(|name| {
        let text = files::read_text(&root().join(name))?;
        section(&text).ok_or_else(|| {
            Failure::new(format!(
                "{name} has no [[workspace.metadata.leptos]]: put it back."
            ))
        })
    });
    let findings = differences(&built?, &shipped?);
    Ok(("says what Cargo.toml says".to_owned(), findings))
}

fn section(text: &str) -> Option<Table> {
    let table: Table = text.parse().or_say("").ok()?;
    let list = table
        .get("workspace")?
        .get("metadata")?
        .get("leptos")?
        .as_array()?;
    list.first()?.as_table().cloned()
}

fn differences(built: &Table, shipped: &Table) -> Vec<Finding> {
    let differs = |(name, value): (&String, &Value)| {
        (built.get(name) != Some(value)).then(|| {
            let other = built
                .get(name)
                .map_or_else(|| "nothing".to_owned(), ToString::to_string);
            format!("Leptos.toml: {name} is {value}, in Cargo.toml it is {other}")
        })
    };
    shipped.iter().filter_map(differs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_settings_are_named() {
        let head = "[[workspace.metadata.leptos]]\n";
        let built = section(&format!("{head}env = \"DEV\"\nname = \"x\"\n")).unwrap();
        let shipped = section(&format!("{head}env = \"PROD\"\n")).unwrap();
        let expected = ["Leptos.toml: env is \"PROD\", in Cargo.toml it is \"DEV\""];
        assert_eq!(differences(&built, &shipped), expected);
        assert!(differences(&built, &built).is_empty());
    }
}
