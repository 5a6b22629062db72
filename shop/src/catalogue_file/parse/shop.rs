//! `[shop]`.

use crate::{
    catalogue_file::section::{Section, TextRule},
    domain::{
        FileKey,
        manifest::{ManifestProfile, ProfileText},
    },
    limits,
};

pub(super) fn read(section: &Section<'_>) -> ManifestProfile {
    let language = section
        .text("language", TextRule::line(2))
        .unwrap_or_else(|| "en".to_owned());
    if language.len() != 2 || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        let message = "language must be two lower-case letters, such as \"en\"";
        section.complain_at("language", "bad_language", message);
    }
    section.needed_text("name", TextRule::line(limits::SHOP_NAME_CHARS));
    let mut text = texts(section);
    for value in [
        &mut text.name,
        &mut text.tagline,
        &mut text.about,
        &mut text.support,
        &mut text.terms,
        &mut text.privacy,
    ] {
        value.get_or_insert_default();
    }
    let cover = picture(section, "cover");
    let welcome = picture(section, "welcome");
    if welcome.as_ref().is_some_and(|key| !is_photo(key)) {
        let message = "welcome must be a JPEG or PNG: Telegram shows no other picture in a chat";
        section.complain_at("welcome", "picture_kind", message);
    }
    let other = |(language, section): (String, Section<'_>)| {
        let text = texts(&section);
        section.end_plain();
        (language, text)
    };
    let texts = section
        .languages(&language)
        .into_iter()
        .map(other)
        .collect();
    section.end();
    ManifestProfile {
        language,
        text,
        texts,
        cover,
        welcome,
    }
}

fn texts(section: &Section<'_>) -> ProfileText {
    ProfileText {
        name: section.text("name", TextRule::line(limits::SHOP_NAME_CHARS)),
        tagline: section.text("tagline", TextRule::line(limits::SUMMARY_CHARS)),
        about: section.text("about", TextRule::prose(limits::MARKDOWN_CHARS)),
        support: section.text("support", TextRule::prose(limits::MARKDOWN_CHARS)),
        terms: paper(section, "terms"),
        privacy: paper(section, "privacy"),
    }
}

/// A paper stands in a file of its own.
fn paper(section: &Section<'_>, key: &'static str) -> Option<String> {
    let name = section.raw_text(key)?;
    let text = section.source.text_file(name, &section.span_of(key))?;
    let text = text.trim();
    let rule = TextRule::prose(limits::MARKDOWN_CHARS);
    section.keep_rule(key, text, rule).then(|| text.to_owned())
}

fn picture(section: &Section<'_>, key: &'static str) -> Option<FileKey> {
    let name = section.raw_text(key)?;
    super::picture::keep(section, key, name)
}

fn is_photo(key: &FileKey) -> bool {
    [".jpg", ".jpeg", ".png"]
        .iter()
        .any(|ext| key.as_str().ends_with(ext))
}
