//! What must hold for every text of every language.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Counted, Lang, Template, limits, words};

/// Shows each text with its path.
pub(crate) trait Each {
    fn each(&self, path: &str, see: &mut dyn FnMut(&str, &str));
}

impl Each for &'static str {
    fn each(&self, path: &str, see: &mut dyn FnMut(&str, &str)) {
        see(path, self);
    }
}

impl Each for Template {
    fn each(&self, path: &str, see: &mut dyn FnMut(&str, &str)) {
        see(path, self.0);
    }
}

impl Each for Counted {
    fn each(&self, path: &str, see: &mut dyn FnMut(&str, &str)) {
        see(&format!("{path}.one"), self.one);
        see(&format!("{path}.few"), self.few);
        see(&format!("{path}.many"), self.many);
    }
}

impl<T: Each, const N: usize> Each for [T; N] {
    fn each(&self, path: &str, see: &mut dyn FnMut(&str, &str)) {
        for (i, item) in self.iter().enumerate() {
            item.each(&format!("{path}.{i}"), see);
        }
    }
}

/// All texts of a language by their paths.
fn all(lang: Lang) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    words(lang).each(&mut |path, text| {
        let before = texts.insert(path.to_owned(), text.to_owned());
        assert_eq!(before, None, "{path} is there twice");
    });
    texts
}

fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

#[test]
fn every_text_is_clean() {
    for lang in Lang::ALL {
        for (path, text) in all(lang) {
            assert!(!text.is_empty(), "{path} is empty");
            assert_eq!(text.trim(), text, "{path} has space at its ends");
            for bad in ['!', '<', '>', '&', '"', '\t', '⭐', '★'] {
                assert!(!text.contains(bad), "{path} has a {bad}");
            }
            for bad in ["  ", "...", " - ", "'"] {
                assert!(!text.contains(bad), "{path} has a {bad:?}");
            }
            let (open, close) = (text.matches('{').count(), text.matches('}').count());
            assert_eq!(
                (open, gaps(&text).len()),
                (close, open),
                "{path} has a broken gap"
            );
        }
    }
}

#[test]
fn languages_have_the_same_gaps() {
    let english = all(Lang::En);
    for lang in Lang::ALL {
        for (path, text) in all(lang) {
            assert_eq!(gaps(&text), gaps(&english[&path]), "{path} in {lang:?}");
        }
    }
}

#[test]
fn languages_are_not_copies() {
    let (english, russian) = (all(Lang::En), all(Lang::Ru));
    let same: Vec<_> = russian
        .iter()
        .filter(|(path, text)| english[*path] == **text)
        .map(|(path, _)| path.as_str())
        .collect();
    // The name of the software and its version are the same everywhere.
    assert_eq!(same, ["settings.version"]);
}

#[test]
fn counted_texts_show_their_number() {
    for lang in Lang::ALL {
        for (path, text) in all(lang) {
            let counted = [".one", ".few", ".many"]
                .iter()
                .any(|form| path.ends_with(form));
            assert_eq!(
                counted,
                gaps(&text).contains("n") && path != "product.picture",
                "{path}"
            );
        }
    }
}

#[test]
fn texts_fit_where_they_go() {
    let buttons = [
        "bot.menu_button",
        "bot.open_product",
        "bot.open_purchases",
        "bot.open_shop",
        "buying.buy.many",
        "buying.go_on",
        "buying.open",
        "buying.open_in_telegram",
        "buying.paused",
        "buying.sold_out",
        "buying.write_access_allow",
        "buying.write_access_title",
        "errors.reopen",
        "errors.retry",
        "renewal.allow",
        "renewal.keep",
        "renewal.stop",
        "renewal.stop_title",
        "renewal.subscribe.many",
    ];
    for lang in Lang::ALL {
        let all = all(lang);
        for path in buttons {
            // The longest amount, 10 000 Stars, adds a few characters for the gap of three.
            assert!(
                all[path].chars().count() <= limits::BUTTON_CHARS - 8,
                "{path}"
            );
        }
        for (path, text) in &all {
            let chars = text.chars().count();
            let most = match path.as_str() {
                "bot.description" => limits::DESCRIPTION_CHARS - 64,
                "bot.short_description" => limits::SHORT_DESCRIPTION_CHARS - 32,
                "buying.write_access" => limits::POPUP_CHARS,
                // The longest title, and a date with its time, are filled in.
                path if path.starts_with("renewal.stop") => limits::POPUP_CHARS - 96,
                "bot.file" => limits::CAPTION_CHARS,
                path if path.starts_with("bot.commands") => limits::COMMAND_CHARS,
                path if path.starts_with("refusals") => limits::REFUSAL_CHARS,
                path if path.starts_with("scenes") && path.ends_with("title") => 40,
                path if path.starts_with("scenes") && path.ends_with("action") => 32,
                _ => 1_000,
            };
            assert!(chars <= most, "{path} has {chars} characters, {most} fit");
        }
    }
}

#[test]
fn refusals_say_that_nothing_was_taken() {
    for (lang, nothing) in [
        (Lang::En, "No Stars were taken"),
        (Lang::Ru, "Звёзды не списаны"),
    ] {
        for (path, text) in all(lang) {
            if path.starts_with("refusals") && path.ends_with("says") {
                assert!(text.contains(nothing), "{path} in {lang:?}: {text}");
            }
        }
    }
}
