//! The decoded pairs of initData, sorted as Telegram signs them.

use std::borrow::Cow;

use percent_encoding::percent_decode;

use super::InitDataError;
use crate::limits;

/// Name and value, form-decoded, as bytes: what is signed need not be UTF-8.
type Pair<'a> = (Cow<'a, [u8]>, Cow<'a, [u8]>);

/// All pairs of one initData, sorted by name, each name once.
pub(super) struct Pairs<'a>(Vec<Pair<'a>>);

impl<'a> Pairs<'a> {
    /// Splits at `&`, then at the first `=`, decodes and sorts.
    pub(super) fn read(raw: &'a str) -> Result<Self, InitDataError> {
        refuse_lookalikes(raw)?;
        let mut pairs = raw
            .split('&')
            .map(read_pair)
            .collect::<Result<Vec<_>, _>>()?;
        pairs.sort_unstable_by(|left, right| left.0.cmp(&right.0));
        if pairs.windows(2).any(|two| two[0].0 == two[1].0) {
            return Err(InitDataError::DuplicateKey);
        }
        Ok(Self(pairs))
    }

    /// The value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        let found = self
            .0
            .binary_search_by(|pair| pair.0.as_ref().cmp(name.as_bytes()))
            .ok()?;
        Some(self.0.get(found)?.1.as_ref())
    }

    /// Feeds `name=value` lines, joined by single line breaks, to `sink`, leaving out `without`.
    pub(super) fn each_line(&self, without: &[&str], mut sink: impl FnMut(&[u8])) {
        let mut first = true;
        for (name, value) in &self.0 {
            if without
                .iter()
                .any(|left_out| left_out.as_bytes() == name.as_ref())
            {
                continue;
            }
            if !first {
                sink(b"\n");
            }
            first = false;
            sink(name);
            sink(b"=");
            sink(value);
        }
    }

    /// `auth_date` in unix seconds.
    pub(super) fn auth_date(&self) -> Result<i64, InitDataError> {
        let value = self
            .get("auth_date")
            .ok_or(InitDataError::MissingAuthDate)?;
        let digits = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        let text = std::str::from_utf8(value).map_err(|_| InitDataError::BadAuthDate)?;
        match text.parse() {
            Ok(seconds) if digits => Ok(seconds),
            _ => Err(InitDataError::BadAuthDate),
        }
    }

    /// The pairs, owned, for reading after the check.
    pub(super) fn into_owned(self) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.0
            .into_iter()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    }
}

/// Names the usual mistakes before they surface as a puzzling mismatch.
fn refuse_lookalikes(raw: &str) -> Result<(), InitDataError> {
    if raw.is_empty() {
        return Err(InitDataError::Empty);
    }
    if raw.len() > limits::INIT_DATA_BYTES {
        return Err(InitDataError::TooLong {
            limit: limits::INIT_DATA_BYTES,
        });
    }
    if raw.trim_start_matches(['#', '?']).starts_with("tgWebApp") {
        return Err(InitDataError::WholeFragment);
    }
    let escaped = |text: &str| raw.contains(text) || raw.contains(&text.to_ascii_lowercase());
    if !raw.contains('=') && escaped("%3D") && escaped("%26") {
        return Err(InitDataError::EncodedTwice);
    }
    Ok(())
}

fn read_pair(piece: &str) -> Result<Pair<'_>, InitDataError> {
    let (name, value) = piece.split_once('=').ok_or(InitDataError::Malformed)?;
    let name = form_decode(name);
    if name.is_empty() {
        return Err(InitDataError::Malformed);
    }
    if name.contains(&b'\n') {
        return Err(InitDataError::NewlineInKey);
    }
    Ok((name, form_decode(value)))
}

/// Decodes one piece of a form: `+` to space first, then percent escapes.
fn form_decode(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('+') {
        return percent_decode(text.as_bytes()).into();
    }
    let spaced = text.replace('+', " ");
    Cow::Owned(percent_decode(spaced.as_bytes()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(raw: &str, without: &[&str]) -> String {
        let mut text = Vec::new();
        Pairs::read(raw)
            .unwrap()
            .each_line(without, |part| text.extend_from_slice(part));
        String::from_utf8(text).unwrap()
    }

    fn error(raw: &str) -> InitDataError {
        Pairs::read(raw).err().unwrap()
    }

    #[test]
    fn sorts_decodes_and_leaves_out_only_what_is_named() {
        assert_eq!(lines("b=2&a=1+%2B%20x&hash=h", &["hash"]), "a=1 + x\nb=2");
        assert_eq!(
            lines("signature=s&new=1&hash=h", &["hash"]),
            "new=1\nsignature=s"
        );
        assert_eq!(
            lines("a=b=c==", &[]),
            "a=b=c==",
            "only the first = separates"
        );
        assert_eq!(lines("a=%zz%", &[]), "a=%zz%", "broken escapes stay");
    }

    #[test]
    fn names_the_usual_mistakes() {
        assert_eq!(error(""), InitDataError::Empty);
        assert_eq!(error("test"), InitDataError::Malformed);
        assert_eq!(error("a=1&&b=2"), InitDataError::Malformed);
        assert_eq!(error("=1"), InitDataError::Malformed);
        assert_eq!(error("a=1&a=2"), InitDataError::DuplicateKey);
        assert_eq!(error("a=1&%61=1"), InitDataError::DuplicateKey);
        assert_eq!(error("a%0Ab=1"), InitDataError::NewlineInKey);
        assert_eq!(
            error("#tgWebAppData=a%3D1&tgWebAppVersion=8.0"),
            InitDataError::WholeFragment
        );
        assert_eq!(error("tgWebAppData=a%3D1"), InitDataError::WholeFragment);
        assert_eq!(
            error("auth_date%3D1%26hash%3D2"),
            InitDataError::EncodedTwice
        );
        assert_eq!(
            error("auth_date%3d1%26hash%3d2"),
            InitDataError::EncodedTwice
        );
        let long = format!("a={}", "b".repeat(limits::INIT_DATA_BYTES));
        assert_eq!(error(&long).code(), "init_data_too_long");
    }

    #[test]
    fn reads_auth_date_strictly() {
        let date = |raw| Pairs::read(raw).unwrap().auth_date();
        assert_eq!(date("auth_date=1650385342"), Ok(1_650_385_342));
        assert_eq!(date("a=1"), Err(InitDataError::MissingAuthDate));
        for raw in [
            "auth_date=",
            "auth_date=-1",
            "auth_date=%2B1",
            "auth_date=1.5",
        ] {
            assert_eq!(date(raw), Err(InitDataError::BadAuthDate), "{raw}");
        }
        assert_eq!(
            date("auth_date=99999999999999999999"),
            Err(InitDataError::BadAuthDate)
        );
    }
}
