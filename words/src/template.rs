//! Texts with named gaps.

/// A text with gaps such as `{title}`. It cannot be shown before they are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template(pub(crate) &'static str);

impl Template {
    /// The text with its gaps filled. Filled-in text is never searched for gaps again, so a title
    /// with braces stays as it is; a gap without a value stays visible.
    pub fn fill(self, values: &[(&str, &str)]) -> String {
        let mut text = String::with_capacity(self.0.len() + 32);
        let mut rest = self.0;
        while let Some((before, gap)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, after)) = gap.split_once('}') else {
                rest = gap;
                break;
            };
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => text.push_str(value),
                None => text.extend(["{", name, "}"]),
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_once() {
        let text = Template("{a} and {b}, {c}.");
        assert_eq!(text.fill(&[("a", "{b}"), ("b", "2")]), "{b} and 2, {c}.");
        assert_eq!(Template("plain").fill(&[]), "plain");
    }
}
