//! Settings and papers.

use super::Text;
use crate::Template;

group! {
    /// Settings and papers.
    Settings {
        /// Heading over the languages.
        language: Text,
        /// Under the languages.
        language_note: Text,
        /// Heading over the papers.
        papers: Text,
        /// The terms of sale.
        terms: Text,
        /// The privacy policy.
        privacy: Text,
        /// Help with a payment.
        support: Text,
        /// Under the help: who answers.
        support_note: Text,
        /// Link to the chat with the bot.
        open_chat: Text,
        /// About the shop.
        about: Text,
        /// Stands in for a paper that the seller has not written.
        no_paper: Text,
        /// The software's name and version; gap `{version}`.
        version: Template,
    }
}
