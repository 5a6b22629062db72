//! The lists of checks that suites share: one for clients of the Bot API, one for SDKs of Mini Apps.

use crate::{failure::Done, files, project::root};

/// What clients of the Bot API are driven through.
pub(crate) const BOT_API: &str = "sandbox/clients/checks.txt";
/// What SDKs of Mini Apps are driven through.
pub(crate) const MINI_APPS: &str = "end2end/sdks/checks.txt";

/// The checks in their order, under headings.
pub(crate) struct Catalogue(Vec<Section>);

/// Some checks that belong together.
pub(crate) struct Section {
    /// What they are about.
    pub(crate) title: String,
    /// Their names.
    pub(crate) checks: Vec<String>,
}

impl Catalogue {
    /// Reads a list.
    pub(crate) fn read(file: &str) -> Done<Self> {
        Ok(Self::parse(&files::read_text(&root().join(file))?))
    }

    fn parse(text: &str) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for line in text.lines().map(str::trim) {
            let heading = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'));
            if let Some(title) = heading {
                sections.push(Section {
                    title: title.to_owned(),
                    checks: Vec::new(),
                });
            } else if !line.is_empty()
                && !line.starts_with('#')
                && let Some(section) = sections.last_mut()
            {
                section.checks.push(line.to_owned());
            }
        }
        Self(sections)
    }

    /// The headings with their checks.
    pub(crate) fn sections(&self) -> &[Section] {
        &self.0
    }

    /// Whether a check of this name is listed.
    pub(crate) fn has(&self, name: &str) -> bool {
        let mut checks = self.0.iter().flat_map(|section| &section.checks);
        checks.any(|check| check == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_stand_under_their_headings() {
        let list = Catalogue::parse("# a remark\n\n[One]\na: b\nc\n\n[Two]\nd\n");
        let [one, two] = list.sections() else {
            panic!("two sections")
        };
        assert_eq!((one.title.as_str(), one.checks.len()), ("One", 2));
        assert_eq!(two.checks, ["d"]);
        assert!(list.has("a: b") && !list.has("a"));
    }
}
