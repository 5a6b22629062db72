//! `[[product.benefit]]`.

use std::{collections::BTreeSet, path::Path};

use crate::{
    catalogue_file::section::{Section, TextRule},
    domain::{
        BenefitKind,
        manifest::{BenefitText, ManifestBenefit, ManifestContent},
    },
    files::Shelf,
    limits,
};

pub(super) fn read_all(product: &Section<'_>, base: &str) -> Vec<ManifestBenefit> {
    let sections = product.sections("benefit");
    if sections.is_empty() {
        let message = "a [[product.benefit]] is missing here: what does the buyer get?";
        product.complain("missing", message);
    }
    if sections.len() > limits::BENEFITS_MOST {
        let message = format!("a product has {} benefits at most", limits::BENEFITS_MOST);
        product.complain("too_many", message);
    }
    let mut benefits: Vec<ManifestBenefit> = Vec::new();
    for section in &sections {
        let Some(benefit) = read(section, base) else {
            continue;
        };
        // Kind and title are how a benefit is known again at the next import.
        let same = |other: &ManifestBenefit| {
            other.content.kind() == benefit.content.kind() && other.title == benefit.title
        };
        if benefits.iter().any(same) {
            let message = format!("there is another benefit {:?} of this kind", benefit.title);
            section.complain_at("title", "duplicate", message);
        }
        benefits.push(benefit);
    }
    benefits
}

fn read(section: &Section<'_>, base: &str) -> Option<ManifestBenefit> {
    let kind = kind(section);
    let title = section.needed_text("title", TextRule::line(limits::TITLE_CHARS));
    let kind = kind?;
    let content = match kind {
        BenefitKind::File => file(section),
        BenefitKind::Code => codes(section),
        BenefitKind::Text => {
            let body = body(section, kind);
            if body.is_none() && !section.has("text") && !section.has("file") {
                section.missing("text or file");
            }
            body.map(ManifestContent::Text)
        }
        BenefitKind::Link => {
            let body = body(section, kind);
            if body.is_none() && !section.has("url") {
                section.missing("url");
            }
            body.map(ManifestContent::Link)
        }
    };
    let other = |(language, section): (String, Section<'_>)| {
        let title = section.text("title", TextRule::line(limits::TITLE_CHARS));
        let text = BenefitText {
            title,
            body: body(&section, kind),
        };
        section.end_plain();
        (language, text)
    };
    let texts = section.languages(base).into_iter().map(other).collect();
    section.end();
    Some(ManifestBenefit {
        title: title?,
        content: content?,
        texts,
    })
}

fn kind(section: &Section<'_>) -> Option<BenefitKind> {
    let name = section.needed_text("kind", TextRule::line(16))?;
    let kind = BenefitKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == name);
    if kind.is_none() {
        let kinds = BenefitKind::ALL.map(BenefitKind::as_str).join(", ");
        section.complain_at(
            "kind",
            "unknown_kind",
            format!("kind {name:?} is none of {kinds}"),
        );
    }
    kind
}

fn file(section: &Section<'_>) -> Option<ManifestContent> {
    let protect = section.flag("protect");
    let rule = TextRule::line(limits::FILE_NAME_CHARS);
    let chosen = section
        .has("name")
        .then(|| section.needed_text("name", rule));
    let path = section.needed_text("file", TextRule::line(limits::LINK_CHARS))?;
    let own = Path::new(&path)
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let name = chosen.unwrap_or(own)?;
    if name.contains(['/', '\\', '"']) {
        let message = format!("{name:?} cannot be the name of a file everywhere");
        section.complain_at("name", "bad_name", message);
    }
    let kept = section
        .source
        .file(Shelf::Goods, &path, &section.span_of("file"))?;
    Some(ManifestContent::File {
        file: kept.key,
        name,
        size_bytes: kept.size_bytes,
        media_type: kept.media_type,
        protect,
    })
}

/// One code a line. Blank lines are spacing.
fn codes(section: &Section<'_>) -> Option<ManifestContent> {
    let name = section.needed_text("codes", TextRule::line(limits::LINK_CHARS))?;
    let text = section.source.text_file(&name, &section.span_of("codes"))?;
    let (mut seen, mut codes) = (BTreeSet::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let code = line.trim();
        let complain = |kind, message: &str| {
            section
                .source
                .complain_beside(&name, index + 1, kind, message.to_owned());
        };
        if code.is_empty() {
            continue;
        }
        if code.chars().count() > limits::CODE_CHARS {
            let most = limits::CODE_CHARS;
            complain(
                "too_long",
                &format!("the code has more than {most} characters"),
            );
        } else if code.chars().any(char::is_control) {
            complain("control_character", "the code holds a control character");
        } else if !seen.insert(code) {
            complain(
                "duplicate",
                "the code stands in the file twice: it could be sold twice",
            );
        } else {
            codes.push(code.to_owned());
        }
    }
    if codes.len() > limits::CODES_MOST {
        let message = format!("{name:?} has more than {} codes", limits::CODES_MOST);
        section.complain_at("codes", "too_many", message);
    }
    Some(ManifestContent::Codes(codes))
}

/// The text or address of a benefit, if it is there.
fn body(section: &Section<'_>, kind: BenefitKind) -> Option<String> {
    match kind {
        BenefitKind::File | BenefitKind::Code => None,
        BenefitKind::Link => url(section),
        BenefitKind::Text => text(section),
    }
}

fn text(section: &Section<'_>) -> Option<String> {
    let rule = TextRule::prose(limits::UNLOCKED_TEXT_CHARS);
    if section.has("text") && section.has("file") {
        let message = "text and file exclude each other";
        section.complain_at("file", "text_and_file", message);
    }
    if section.has("text") {
        return section.needed_text("text", rule);
    }
    let name = section.text("file", TextRule::line(limits::LINK_CHARS))?;
    let text = section.source.text_file(&name, &section.span_of("file"))?;
    let text = text.trim();
    if text.is_empty() {
        section.complain_at("file", "empty", format!("{name:?} is empty"));
        return None;
    }
    section
        .keep_rule("file", text, rule)
        .then(|| text.to_owned())
}

fn url(section: &Section<'_>) -> Option<String> {
    if !section.has("url") {
        return None;
    }
    let url = section.needed_text("url", TextRule::line(limits::LINK_CHARS))?;
    let known = ["https://", "http://", "tg://"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    if !known || url.chars().any(char::is_whitespace) {
        let message = format!("{url:?} is not an address: it begins with https:// or tg://");
        section.complain_at("url", "bad_url", message);
        return None;
    }
    Some(url)
}
