//! How a subscription or a pass stands, for its buyer, with what can be done about it.

use leptos::prelude::*;
use shop::domain::{StoppedBy, Subscription, SubscriptionState, UnixSeconds};
use words::Words;

use crate::{
    api::{Fragment, RenewalView},
    page::{PageContext, draw},
    paths,
    ui::{Button, ButtonKind, GoodsCell, LinkButton, glyph},
};

/// What the buyer can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Stop the renewal; something is left of the paid time.
    Stop,
    /// Stop the renewal, and with it all: only the grace is left.
    StopNow,
    /// Take back that the buyer stopped it here.
    Allow,
    /// Buy it again.
    Again,
}

/// A subscription in the words of a language.
#[derive(Debug)]
struct Told {
    /// One line.
    says: String,
    /// What else is to be known.
    notes: Vec<String>,
    step: Option<Step>,
}

/// One line on how it stands: "Renews on 22 December 2026 for 250 Stars".
pub(in crate::pages) fn standing_line(words: Words, of: &Subscription, now: UnixSeconds) -> String {
    tell(words, of, now).says
}

fn tell(words: Words, of: &Subscription, now: UnixSeconds) -> Told {
    let say = words.renewal();
    let date = |at: UnixSeconds| words.end_of(of.term.seconds().unwrap_or_default(), at.0);
    let (next, end) = (date(of.next_end()), date(of.ends_at()));
    let price = words.stars_object(of.price.0);
    let due = of.next_end() <= now;
    let is_used_up = of.paid_until.plus(of.credit) <= now;
    let stop = if is_used_up {
        Step::StopNow
    } else {
        Step::Stop
    };
    let mut notes = Vec::new();
    if of.credit > 0 && of.state.is_running() {
        let time = words.span(of.credit);
        notes.push(say.carried_over.fill(&[("time", &time)]));
    }
    let (says, step) = match of.state {
        SubscriptionState::Active if of.term.renews() && due => {
            (say.under_way.fill(&[("date", &end)]), Some(stop))
        }
        SubscriptionState::Active if of.term.renews() => {
            let gaps = [("date", next.as_str()), ("price", &price)];
            (say.renews_on.fill(&gaps), Some(stop))
        }
        SubscriptionState::Active => (say.ends_on.fill(&[("date", &end)]), None),
        SubscriptionState::Canceled => {
            let step = note_stop(words, of.stopped_by, &mut notes);
            (say.not_renewed.fill(&[("date", &end)]), step)
        }
        SubscriptionState::Failed => {
            notes.push(say.top_up.to_owned());
            (say.failed.fill(&[("date", &end)]), Some(stop))
        }
        SubscriptionState::Lapsed => (say.ended.fill(&[("date", &next)]), Some(Step::Again)),
        SubscriptionState::Changed => (say.changed.to_owned(), None),
        SubscriptionState::Refunded => (words.order().refunded.to_owned(), Some(Step::Again)),
    };
    Told { says, notes, step }
}

/// Who can turn it on again depends on who stopped it.
fn note_stop(words: Words, by: Option<StoppedBy>, notes: &mut Vec<String>) -> Option<Step> {
    let say = words.renewal();
    match by {
        Some(StoppedBy::Buyer) => return Some(Step::Allow),
        Some(StoppedBy::Seller) => notes.push(say.by_seller.to_owned()),
        Some(StoppedBy::Telegram) | None => notes.push(say.in_telegram.to_owned()),
    }
    None
}

/// The standing alone, in place of the one before.
pub(crate) fn draw_standing(page: &PageContext, of: Subscription) -> RenewalView {
    let sentence = match (of.state, of.stopped_by) {
        // What was allowed again still ends: what is to be done now says more.
        (SubscriptionState::Canceled, Some(StoppedBy::Telegram)) => {
            page.words().renewal().in_telegram.to_owned()
        }
        _ => standing_line(page.words(), &of, page.host.now()),
    };
    let page = page.clone();
    let fragment = Fragment(draw(
        move || view! { <Standing page=page of=of can_change=true/> },
    ));
    RenewalView { fragment, sentence }
}

/// How a subscription or a pass stands. The page's one listener does what its button says
/// (`client::actions`), and finds it by its order.
#[component]
pub(in crate::pages) fn Standing(
    page: PageContext,
    of: Subscription,
    /// Whether there is room to do something about it.
    can_change: bool,
) -> impl IntoView {
    let words = page.words();
    let told = tell(words, &of, page.host.now());
    let icon = match (of.state, of.term.renews()) {
        (SubscriptionState::Failed, _) => glyph::WARNING,
        (SubscriptionState::Active, true) => glyph::RETRY,
        _ => glyph::CLOCK,
    };
    let order = of.order.to_string();
    let step = told.step.filter(|_| can_change);
    let product = page.link(&paths::product(of.product.as_str()));
    let button = step.map(|step| view! { <Do words=words step=step of=of product=product/> });
    view! {
        <GoodsCell
            icon=icon
            title=told.says
            subtitle=told.notes.join(" ")
            attr:data-standing=order
            attr:tabindex="-1"
        >
            {button}
        </GoodsCell>
    }
}

#[component]
fn Do(words: Words, step: Step, of: Subscription, product: String) -> impl IntoView {
    let say = words.renewal();
    let period = of.term.seconds().unwrap_or_default();
    let date = words.end_of(period, of.paid_until.plus(of.credit).0);
    let gaps = [("title", of.title.as_str()), ("date", &date)];
    let question = match step {
        Step::Stop => say.stop_question.fill(&gaps),
        Step::StopNow => say.stop_now_question.fill(&gaps),
        Step::Allow => {
            return view! {
                <Button
                    kind=ButtonKind::Small
                    attr:data-action="allow-renewal"
                    attr:data-id=of.order.to_string()
                >
                    {say.allow}
                </Button>
            }
            .into_any();
        }
        Step::Again => {
            return view! {
                <LinkButton kind=ButtonKind::Small href=product>
                    {say.again}
                </LinkButton>
            }
            .into_any();
        }
    };
    view! {
        <Button
            kind=ButtonKind::Small
            attr:data-action="stop-renewal"
            attr:data-id=of.order.to_string()
            attr:data-title=say.stop_title
            attr:data-question=question
            attr:data-yes=say.stop
            attr:data-no=say.keep
        >
            {say.stop}
        </Button>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
