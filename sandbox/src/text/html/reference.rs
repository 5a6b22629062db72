//! Character references such as `&lt;` and `&#39;`. Source: tdlib/td
//! MessageEntity.cpp `decode_html_entity`.

/// Decodes the reference at the start of `text`: the character and how many
/// bytes it took.
pub(super) fn decode(text: &str) -> (char, usize) {
    let body = &text[1..];
    let (code, length) = if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, skipped) = match number.strip_prefix('x') {
            Some(hexadecimal) => (hexadecimal, 16, 3),
            None => (number, 10, 2),
        };
        let end = digits
            .find(|c: char| !c.is_digit(radix))
            .unwrap_or(digits.len());
        let code = u32::from_str_radix(&digits[..end], radix)
            .ok()
            .and_then(char::from_u32);
        (code.filter(|c| *c != '\0'), skipped + end)
    } else {
        let end = body
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(body.len());
        let code = match &body[..end] {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            _ => None,
        };
        (code, 1 + end)
    };
    match code {
        Some(character) => {
            let semicolon = usize::from(text[length..].starts_with(';'));
            (character, length + semicolon)
        }
        None => ('&', 1),
    }
}
