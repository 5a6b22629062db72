//! A table of the catalogue file, read key by key.
//!
//! It remembers which keys were asked for, so that what nobody asked for is a complaint: a
//! misspelt key would otherwise be a setting that silently does nothing.

use std::{cell::RefCell, collections::BTreeSet, ops::Range, str::FromStr};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::source::Source;
use crate::domain::UnixSeconds;

type Span = Range<usize>;

/// A table with its place in the file.
pub(super) struct Section<'a> {
    pub(super) source: &'a Source,
    table: &'a DeTable<'a>,
    span: Span,
    asked: RefCell<BTreeSet<&'static str>>,
}

/// What a text may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextRule {
    /// Characters at most.
    pub(super) most: usize,
    /// Whether it must stand on one line.
    pub(super) one_line: bool,
}

impl TextRule {
    /// A title, a name.
    pub(super) const fn line(most: usize) -> Self {
        Self {
            most,
            one_line: true,
        }
    }

    /// Paragraphs.
    pub(super) const fn prose(most: usize) -> Self {
        Self {
            most,
            one_line: false,
        }
    }
}

impl<'a> Section<'a> {
    /// The whole file as a section.
    pub(super) fn root(source: &'a Source, table: &'a DeTable<'a>) -> Self {
        Self {
            source,
            table,
            span: 0..0,
            asked: RefCell::default(),
        }
    }

    /// Complains about the table as a whole.
    pub(super) fn complain(&self, code: &'static str, message: impl Into<String>) {
        self.source.complain(&self.span, code, message.into());
    }

    /// Complains about the value of a key; about the table, where it is missing.
    pub(super) fn complain_at(&self, key: &str, code: &'static str, message: impl Into<String>) {
        let found = self.table.get(key).map(Spanned::span);
        self.source.complain(
            &found.unwrap_or_else(|| self.span.clone()),
            code,
            message.into(),
        );
    }

    /// Where the value of a key stands.
    pub(super) fn span_of(&self, key: &str) -> Span {
        self.table
            .get(key)
            .map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &'static str) -> bool {
        self.asked.borrow_mut().insert(key);
        self.table.contains_key(key)
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str) {
        let found = value.get_ref().type_str();
        let message = format!("{key} must be {wanted}, not {found}");
        self.source.complain(&value.span(), "wrong_type", message);
    }

    /// A text as written, if it is there.
    pub(super) fn raw_text(&self, key: &'static str) -> Option<&'a str> {
        let value = self.value(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value, key, "a text");
        }
        text
    }

    /// A text that keeps its rule, without blanks around it, if it is there.
    pub(super) fn text(&self, key: &'static str, rule: TextRule) -> Option<String> {
        let text = self.raw_text(key)?.trim();
        self.keep_rule(key, text, rule).then(|| text.to_owned())
    }

    /// Whether a text keeps its rule; complains at the key where not.
    pub(super) fn keep_rule(&self, key: &'static str, text: &str, rule: TextRule) -> bool {
        let length = text.chars().count();
        if length > rule.most {
            let message = format!("{key} has {length} characters, {} is the most", rule.most);
            self.complain_at(key, "too_long", message);
        } else if rule.one_line && text.contains(['\n', '\r']) {
            self.complain_at(key, "not_one_line", format!("{key} must stand on one line"));
        } else if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            let message = format!("{key} holds a control character, which no screen can show");
            self.complain_at(key, "control_character", message);
        } else {
            return true;
        }
        false
    }

    /// A text that must be there and not empty.
    pub(super) fn needed_text(&self, key: &'static str, rule: TextRule) -> Option<String> {
        if !self.has(key) {
            self.missing(key);
            return None;
        }
        let text = self.text(key, rule)?;
        if text.is_empty() {
            self.complain_at(key, "empty", format!("{key} must not be empty"));
            return None;
        }
        Some(text)
    }

    /// Says that a key must be there.
    pub(super) fn missing(&self, key: &str) {
        self.complain("missing", format!("{key} is missing here"));
    }

    /// A code or id that must be there and keep its form.
    pub(super) fn needed_code<T: FromStr>(&self, key: &'static str, form: &str) -> Option<T> {
        let text = self.needed_text(key, TextRule::line(256))?;
        let code = text.parse().ok();
        if code.is_none() {
            self.complain_at(key, "bad_code", format!("{key} {text:?} is not {form}"));
        }
        code
    }

    /// A whole number in a range, if it is there.
    pub(super) fn number(&self, key: &'static str, least: u64, most: u64) -> Option<u64> {
        let value = self.value(key)?;
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(value, key, "a whole number");
            return None;
        };
        let number = i128::from_str_radix(number.as_str(), number.radix()).ok();
        let number = number.and_then(|number| u64::try_from(number).ok());
        let inside = number.filter(|number| (least..=most).contains(number));
        if inside.is_none() {
            let message = format!("{key} must be between {least} and {most}");
            self.complain_at(key, "out_of_range", message);
        }
        inside
    }

    /// A day or a moment, if it is there; what names no zone is meant in UTC.
    pub(super) fn moment(&self, key: &'static str) -> Option<UnixSeconds> {
        let value = self.value(key)?;
        let DeValue::Datetime(datetime) = value.get_ref() else {
            self.wrong_type(value, key, "a date or a time");
            return None;
        };
        let text = datetime.to_string();
        let zoned = text.parse::<Timestamp>().ok();
        let plain = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
        let moment = zoned.or_else(|| Some(plain()?.timestamp()));
        if moment.is_none() {
            let message = format!("{key} must be a day or a moment, as 2026-12-01T18:00:00Z");
            self.complain_at(key, "bad_time", message);
        }
        moment.map(|moment| UnixSeconds(moment.as_second()))
    }

    /// The texts of a list, if it is there.
    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<&'a str>> {
        let value = self.value(key)?;
        let texts = value.get_ref().as_array().and_then(|list| {
            let texts = list.iter().map(|item| item.get_ref().as_str());
            texts.collect::<Option<Vec<_>>>()
        });
        if texts.is_none() {
            self.wrong_type(value, key, "a list of texts");
        }
        texts
    }

    /// Yes or no; no where it is missing.
    pub(super) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(value, key, "true or false");
            false
        })
    }

    /// A table below this one, if it is there.
    pub(super) fn section(&self, key: &'static str) -> Option<Self> {
        let value = self.value(key)?;
        self.as_section(value, key)
    }

    fn as_section(&self, value: &'a Spanned<DeValue<'a>>, key: &str) -> Option<Self> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(value, key, "a table");
            return None;
        };
        Some(Self {
            source: self.source,
            table,
            span: value.span(),
            asked: RefCell::default(),
        })
    }

    /// The tables of a list; none where it is missing.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Self> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(value, key, "a list of tables");
            return Vec::new();
        };
        list.iter()
            .filter_map(|item| self.as_section(item, key))
            .collect()
    }

    /// The tables of other languages: every key of two lower-case letters.
    pub(super) fn languages(&self, base: &str) -> Vec<(String, Self)> {
        let mut found = Vec::new();
        for (key, value) in self.table {
            let language = key.get_ref();
            if language.len() != 2 || !language.bytes().all(|b| b.is_ascii_lowercase()) {
                continue;
            }
            if language == base {
                let message =
                    format!("{language} is the shop's own language: its texts stand one level up");
                self.source.complain(&key.span(), "language_twice", message);
            } else if let Some(section) = self.as_section(value, language) {
                found.push((language.to_string(), section));
            }
        }
        found
    }

    /// Complains about every key that nobody asked for.
    pub(super) fn end(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            let is_language = name.len() == 2 && name.bytes().all(|b| b.is_ascii_lowercase());
            if asked.contains(name) || (is_language && !asked.contains("")) {
                continue;
            }
            let known: Vec<&str> = asked
                .iter()
                .copied()
                .filter(|key| !key.is_empty())
                .collect();
            let message = format!("{name:?} is unknown here; known are {}", known.join(", "));
            self.source.complain(&key.span(), "unknown_key", message);
        }
    }

    /// Like [`Section::end`], for a table that has no other languages.
    pub(super) fn end_plain(&self) {
        self.asked.borrow_mut().insert("");
        self.end();
    }
}
