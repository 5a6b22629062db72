//! A page with parts that are made: tables, and programs that stand in files of their own.

use super::{Round, coverage::Coverage, outcomes};
use crate::{
    failure::{Done, Failure},
    files,
    project::root,
};

/// Begins a part that is made; what makes it follows, up to [`CLOSE`].
const OPEN: &str = "<!-- made: ";
/// Ends the comment.
const CLOSE: &str = " -->\n";
/// Ends the part.
const END: &str = "<!-- end -->";

/// A page of the documents.
pub(crate) struct Page {
    name: &'static str,
    text: String,
}

impl Page {
    /// Reads a page.
    pub(crate) fn read(name: &'static str) -> Done<Self> {
        let text = files::read_text(&root().join(name))?;
        Ok(Self { name, text })
    }

    /// The page with every made part made anew.
    pub(crate) fn fill(&self, clients: &Round, sdks: &Round, coverage: &Coverage) -> Done<String> {
        self.replace(|what| match what {
            "outcomes" => Ok(outcomes::table(&clients.catalogue, &clients.reports)),
            "sdks" => Ok(outcomes::table(&sdks.catalogue, &sdks.reports)),
            "coverage" => Ok(outcomes::coverage(coverage)),
            path => program(path),
        })
    }

    fn replace(&self, make: impl Fn(&str) -> Done<String>) -> Done<String> {
        let mut parts = self.text.split(OPEN);
        let mut page = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let broken = || Failure::new(format!("{}: a made part has no end.", self.name));
            let (what, rest) = part.split_once(CLOSE).ok_or_else(broken)?;
            let (_, after) = rest.split_once(END).ok_or_else(broken)?;
            page += &format!("{OPEN}{what}{CLOSE}\n{}\n{END}{after}", make(what)?);
        }
        Ok(page)
    }
}

/// A file as a block of code.
fn program(path: &str) -> Done<String> {
    let text = files::read_text(&root().join(path))?;
    let language = path.rsplit('.').next().unwrap_or_default();
    Ok(format!("```{language}\n{text}```\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_parts_are_replaced_and_all_else_stays() {
        let page = Page {
            name: "x.md",
            text: "a\n<!-- made: t -->\nold\n<!-- end -->\nb\n".to_owned(),
        };
        let made = page.replace(|what| Ok(format!("new {what}"))).unwrap();
        assert_eq!(made, "a\n<!-- made: t -->\n\nnew t\n<!-- end -->\nb\n");
        let again = Page {
            name: "x.md",
            text: made.clone(),
        };
        assert_eq!(
            again.replace(|what| Ok(format!("new {what}"))).unwrap(),
            made
        );
        let broken = Page {
            name: "x.md",
            text: "<!-- made: t -->\n".to_owned(),
        };
        assert!(broken.replace(|_| Ok(String::new())).is_err());
    }
}
