//! Which language.

/// A language that the shop speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Lang {
    /// English, spoken where nothing fits better.
    #[default]
    En,
    /// Russian.
    Ru,
}

impl Lang {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 2] = [Self::En, Self::Ru];

    /// The language of a tag such as `ru`, `ru-RU` or `en_GB`, if the shop speaks it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| primary.eq_ignore_ascii_case(lang.tag()))
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4): the highest weight
    /// wins, the first among equals. A weight of zero forbids; `*` stands for English.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let lang = match tag {
                "*" => Some(Self::default()),
                _ => Self::from_tag(tag),
            };
            let weight = parts.next().map_or(Some(1000), weight_thousandths);
            let (Some(lang), Some(weight)) = (lang, weight) else {
                continue;
            };
            if weight > best.map_or(0, |(weight, _)| weight) {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }

    /// The BCP 47 tag, for `<html lang>` and for the store.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }

    /// The writing direction, for `<html dir>`.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Ru => "ltr",
        }
    }

    /// The language's own name for itself, for a menu.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ru => "Русский",
        }
    }
}

/// `q=0.8` as 800. Nothing for what is not a weight: such a range is skipped.
fn weight_thousandths(parameter: &str) -> Option<u16> {
    let value = parameter.trim().strip_prefix("q=")?.trim();
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{fraction:0<3}").parse::<u16>().ok()?;
    match (whole, thousandths) {
        ("1", 0) => Some(1000),
        ("0", part) => Some(part),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_by_their_first_part() {
        assert_eq!(Lang::from_tag("ru-RU"), Some(Lang::Ru));
        assert_eq!(Lang::from_tag("EN_gb"), Some(Lang::En));
        assert_eq!(Lang::from_tag("rue"), None);
        assert_eq!(Lang::from_tag(""), None);
    }

    #[test]
    fn the_highest_weight_wins() {
        let best = Lang::from_accept_language;
        assert_eq!(best("de, ru;q=0.8, en;q=0.7"), Some(Lang::Ru));
        assert_eq!(best("en;q=0.5, ru-RU;q=0.500"), Some(Lang::En));
        assert_eq!(best("ru;q=0, en;q=0.001"), Some(Lang::En));
        assert_eq!(best("ru;q=1.5, *;q=0.1"), Some(Lang::En));
        assert_eq!(best("ru;q=x"), None);
        assert_eq!(best("de-DE,fr"), None);
        assert_eq!(best(""), None);
    }
}
