//! Markdown as Telegram's messages can show it.
//!
//! source: core.telegram.org/bots/api#html-style: few tags, no lists, no headings; `<`, `>` and
//! `&` escaped.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use telegram::text::escape_html;

/// Markdown as Telegram HTML of about `limit` characters of text at most, cut between blocks.
/// Says whether something was cut off.
pub(crate) fn to_telegram(markdown: &str, limit: usize) -> (String, bool) {
    let mut page = Page {
        limit,
        ..Page::default()
    };
    for event in Parser::new(markdown) {
        page.take(event);
        if page.full {
            break;
        }
    }
    (page.done.trim_end().to_owned(), page.full)
}

#[derive(Default)]
struct Page {
    limit: usize,
    /// Whole blocks.
    done: String,
    done_chars: usize,
    /// The block under way.
    block: String,
    block_chars: usize,
    /// One entry a list: the next number, or nothing for bullets.
    lists: Vec<Option<u64>>,
    link: bool,
    full: bool,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.block.push_str("<code>");
                self.text(&text);
                self.block.push_str("</code>");
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::Rule => {
                self.text("⸻");
                self.end_block("\n\n");
            }
            // Raw HTML of a seller is not shown, as on the page.
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } | Tag::Strong => self.block.push_str("<b>"),
            Tag::Emphasis => self.block.push_str("<i>"),
            Tag::BlockQuote(_) => self.block.push_str("<blockquote>"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.block.push_str("<pre>");
            }
            Tag::Link { dest_url, .. } if dest_url.starts_with("https://") => {
                self.link = true;
                let address = escape_html(dest_url);
                self.block.push_str(&format!("<a href=\"{address}\">"));
            }
            Tag::List(first) => self.lists.push(*first),
            Tag::Item => self.item(),
            _ => {}
        }
    }

    fn item(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "• ".to_owned(),
        };
        self.text(&mark);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.block.push_str("</b>");
                self.end_block("\n\n");
            }
            TagEnd::Strong => self.block.push_str("</b>"),
            TagEnd::Emphasis => self.block.push_str("</i>"),
            TagEnd::BlockQuote(_) => {
                self.block.push_str("</blockquote>");
                self.end_block("\n\n");
            }
            TagEnd::CodeBlock => {
                self.block.push_str("</pre>");
                self.end_block("\n\n");
            }
            TagEnd::Link if self.link => {
                self.link = false;
                self.block.push_str("</a>");
            }
            TagEnd::Item => self.end_block("\n"),
            TagEnd::List(_) => {
                self.lists.pop();
                self.done.push('\n');
            }
            // Inside a quote or an item the outer block ends later.
            TagEnd::Paragraph if self.lists.is_empty() && !self.block.contains("<blockquote>") => {
                self.end_block("\n\n");
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.block.push_str(&escape_html(text));
        self.block_chars += text.chars().count();
    }

    fn end_block(&mut self, gap: &str) {
        if self.done_chars + self.block_chars > self.limit {
            self.full = true;
            return;
        }
        self.done.push_str(self.block.trim_end());
        self.done.push_str(gap);
        self.done_chars += self.block_chars + gap.len();
        self.block.clear();
        self.block_chars = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_telegram_can_show() {
        let markdown = "# Tea\n\nBoil *water* & **wait** <b>.\n\n- one\n- two\n\n1. `x < y`\n\n> said\n\n\
                        [site](https://a.example/?a=\"b\") and [bad](javascript:x)";
        let (html, cut) = to_telegram(markdown, 4000);
        assert_eq!(
            html,
            "<b>Tea</b>\n\nBoil <i>water</i> &amp; <b>wait</b> .\n\n• one\n• two\n\n\
             1. <code>x &lt; y</code>\n\n<blockquote>said</blockquote>\n\n\
             <a href=\"https://a.example/?a=&quot;b&quot;\">site</a> and bad"
        );
        assert!(!cut);
    }

    #[test]
    fn cuts_between_blocks() {
        let markdown = format!("{}\n\n{}", "a".repeat(60), "b".repeat(60));
        let (html, cut) = to_telegram(&markdown, 100);
        assert_eq!(html, "a".repeat(60));
        assert!(cut);
    }
}
