//! Writes figures into docs/figures.md, each between the comments that name it.

use super::Table;
use crate::{
    failure::{Done, Failure},
    files,
    project::root,
};

const PAGE: &str = "docs/figures.md";

/// Ends a part.
const END: &str = "<!-- end -->";

/// Puts the table of a figure in its place, under a line that tells where and when.
pub(crate) fn write(name: &str, measured: &str, table: &Table) -> Done {
    let path = root().join(PAGE);
    let page = files::read_text(&path)?;
    let part = format!("{measured}\n\n{}", table.markdown());
    let page = replace(&page, name, &part).ok_or_else(|| {
        Failure::new(format!(
            "{PAGE} has no place for it: <!-- bench: {name} --> … {END}"
        ))
    })?;
    files::write(&path, page)
}

fn replace(page: &str, name: &str, part: &str) -> Option<String> {
    let open = format!("<!-- bench: {name} -->\n");
    let (before, rest) = page.split_once(&open)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{open}\n{part}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Figure;
    use clap::ValueEnum;

    #[test]
    fn every_figure_has_its_place() {
        let page = files::read_text(&root().join(PAGE)).unwrap();
        for figure in Figure::value_variants() {
            let name = figure.name();
            assert!(replace(&page, &name, "").is_some(), "{name}");
        }
    }

    #[test]
    fn one_part_is_replaced_and_all_else_stays() {
        let page = "a\n<!-- bench: x -->\nold\n<!-- end -->\nb\n<!-- bench: y -->\n<!-- end -->\n";
        let written = replace(page, "x", "| new |\n").unwrap();
        let expected = "a\n<!-- bench: x -->\n\n| new |\n\n<!-- end -->\nb\n\
                        <!-- bench: y -->\n<!-- end -->\n";
        assert_eq!(written, expected);
        assert_eq!(
            replace(&written, "x", "| new |\n").as_deref(),
            Some(expected)
        );
        assert_eq!(replace(page, "z", ""), None);
    }
}
