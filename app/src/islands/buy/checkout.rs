//! From the tap to the goods.
//!
//! What the client says about the payment sheet is a hint. The screen ends where the shop says:
//! a sheet that "failed" over a payment that went through ends at the goods, and one that was
//! "paid" but is not yet known waits for them.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use leptos::{html::Dialog, prelude::*, task::spawn_local};
use words::Words;

use super::{GOODS, OfferFact};
use crate::{
    api::{ApiError, OpenedOrder, Remedy, Stage, get_order, open_order},
    bridge::{self, BottomButton, Haptic, InvoiceHint, KeepOpen, Place},
    client::{follow::Follow, page, session::with_session, slot, toast},
    limits::{AFTER_CLOSE_MILLISECONDS, SLOW_MILLISECONDS},
    paths,
    ui::PayStage,
};

/// What a press of the button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Nothing: it cannot be bought.
    Blocked,
    /// Opens the order, or the order of the last try again.
    Ready,
    /// Nothing: a payment is under way.
    Paying,
    /// Loads the page: it shows an offer that does not hold any more.
    Stale,
    /// Closes the Mini App, to be opened again.
    Reopen,
    /// Goes to the goods.
    Done,
}

/// One buyer in front of one product. Lives as long as the page.
pub(super) struct Checkout {
    product: String,
    offers: Vec<OfferFact>,
    blocked: Option<String>,
    words: Words,
    chosen: Cell<usize>,
    step: Cell<Step>,
    /// Whether an order waits for its payment.
    begun: Cell<bool>,
    order: RefCell<Option<OpenedOrder>>,
    button: RefCell<Option<BottomButton>>,
    follow: RefCell<Option<Follow>>,
    keep_open: RefCell<Option<KeepOpen>>,
    stage: RwSignal<PayStage>,
    sheet: NodeRef<Dialog>,
}

impl Checkout {
    /// Takes the main button, where there is a client that has one.
    pub(super) fn start(
        product: String,
        offers: Vec<OfferFact>,
        blocked: Option<String>,
        stage: RwSignal<PayStage>,
        sheet: NodeRef<Dialog>,
    ) -> Rc<Self> {
        let step = if blocked.is_some() {
            Step::Blocked
        } else {
            Step::Ready
        };
        let checkout = Rc::new(Self {
            product,
            offers,
            blocked,
            words: page::words(),
            chosen: Cell::new(0),
            step: Cell::new(step),
            begun: Cell::new(false),
            order: RefCell::default(),
            button: RefCell::default(),
            follow: RefCell::default(),
            keep_open: RefCell::default(),
            stage,
            sheet,
        });
        let pressed = Rc::clone(&checkout);
        let button = BottomButton::take(Place::Main, move || Rc::clone(&pressed).press());
        checkout.button.replace(button);
        checkout.label();
        let back = Rc::clone(&checkout);
        page::on_return(move || back.label());
        checkout
    }

    /// Takes another offer.
    pub(super) fn choose(&self, code: &str) {
        let Some(at) = self.offers.iter().position(|offer| offer.code == code) else {
            return;
        };
        self.chosen.set(at);
        bridge::feel(Haptic::Selection);
        if self.step.get() == Step::Ready {
            self.begun.set(false);
            self.label();
        }
    }

    fn press(self: Rc<Self>) {
        match self.step.get() {
            Step::Blocked | Step::Paying => {}
            Step::Stale => page::reload(),
            Step::Reopen => drop(bridge::close()),
            Step::Done => self.open(),
            Step::Ready => {
                self.go(Step::Paying);
                spawn_local(async move { self.pay().await });
            }
        }
    }

    /// To the goods: they are in the sheet; where that was closed, on the order's page.
    fn open(&self) {
        if let Some(order) = &*self.order.borrow() {
            page::go(&paths::order(&order.order));
        }
    }

    async fn pay(self: Rc<Self>) {
        let Some(offer) = self.offers.get(self.chosen.get()).cloned() else {
            return;
        };
        self.stage.set(PayStage::Asking);
        self.show_sheet(true);
        let ask = || open_order(self.product.clone(), offer.code.clone(), offer.price);
        match with_session(ask).await {
            Ok(order) => self.show_invoice(order).await,
            Err(error) => self.refused(&error),
        }
    }

    fn refused(&self, error: &ApiError) {
        self.show_sheet(false);
        bridge::feel(Haptic::Error);
        toast::error(error);
        self.go(match error.remedy {
            Remedy::Reload => Step::Stale,
            Remedy::Reopen => Step::Reopen,
            _ => Step::Ready,
        });
    }

    async fn show_invoice(self: Rc<Self>, order: OpenedOrder) {
        self.begun.set(true);
        self.keep_open.replace(Some(KeepOpen::start()));
        let told = Rc::clone(&self);
        let follow = Follow::start(&order.order, &order.ticket, move |stage| {
            Rc::clone(&told).heard(stage);
        });
        self.follow.replace(Some(follow));
        self.order.replace(Some(order.clone()));
        let hint = bridge::open_invoice(&order.invoice_link).await;
        if self.step.get() != Step::Paying {
            // The shop was quicker than the sheet.
            return;
        }
        match hint {
            InvoiceHint::Paid | InvoiceHint::Pending => self.wait().await,
            InvoiceHint::Cancelled => self.closed(self.words.buying().closed).await,
            InvoiceHint::Failed => self.closed(self.words.buying().failed).await,
            InvoiceHint::NotShown => {
                bridge::open_telegram_link(&order.invoice_link);
                self.wait().await;
            }
        }
    }

    async fn wait(&self) {
        self.stage.set(PayStage::Waiting);
        page::sleep(SLOW_MILLISECONDS).await;
        if self.stage.get_untracked() == PayStage::Waiting {
            self.stage.set(PayStage::Slow);
        }
    }

    /// The sheet closed without word of a payment. The page can be used again, and goes on
    /// listening: such words have been wrong.
    async fn closed(&self, why: &str) {
        self.show_sheet(false);
        self.keep_open.replace(None);
        toast::say(why);
        self.go(Step::Ready);
        let order = self.order.borrow().clone();
        page::sleep(AFTER_CLOSE_MILLISECONDS).await;
        if self.step.get() == Step::Ready && *self.order.borrow() == order {
            self.follow.replace(None);
        }
    }

    fn heard(self: Rc<Self>, stage: Stage) {
        if stage.is_paid() {
            spawn_local(async move { self.done().await });
        } else if stage == Stage::Prechecked && self.step.get() == Step::Paying {
            self.stage.set(PayStage::Waiting);
        } else if stage.is_settled() && self.step.get() != Step::Done {
            self.begun.set(false);
            self.keep_open.replace(None);
            self.show_sheet(false);
            toast::say(self.words.order_state(stage.word()));
            self.go(Step::Ready);
        }
    }

    /// The shop has the payment: the goods are the buyer's.
    async fn done(&self) {
        let Some(order) = self.order.borrow().clone() else {
            return;
        };
        let first = self.step.get() != Step::Done;
        self.go(Step::Done);
        self.keep_open.replace(None);
        if let Ok(view) = with_session(|| get_order(order.order.clone(), true)).await {
            slot::fill(GOODS, &view.fragment);
        }
        if first {
            self.stage.set(PayStage::Yours);
            self.show_sheet(true);
            bridge::feel(Haptic::Success);
            slot::burst(GOODS);
        }
    }

    fn go(&self, step: Step) {
        self.step.set(step);
        self.label();
    }

    /// Puts on the button what a press would do.
    fn label(&self) {
        let button = self.button.borrow();
        let Some(button) = &*button else { return };
        let buying = self.words.buying();
        let price = self
            .offers
            .get(self.chosen.get())
            .map_or(0, |offer| offer.price);
        match self.step.get() {
            Step::Blocked => button.blocked(self.blocked.as_deref().unwrap_or(buying.sold_out)),
            Step::Ready if self.begun.get() => button.ready(buying.go_on),
            Step::Ready => button.ready(&self.words.buy(price)),
            Step::Paying => button.busy(&self.words.buy(price)),
            Step::Stale => button.ready(self.words.errors().retry),
            Step::Reopen => button.ready(self.words.errors().reopen),
            Step::Done => button.ready(buying.open),
        }
    }

    fn show_sheet(&self, show: bool) {
        let Some(sheet) = self.sheet.get_untracked() else {
            return;
        };
        if !show {
            sheet.close();
        } else if !sheet.open() {
            // It fails only for a sheet that is open or not on the page.
            let _ = sheet.show_modal();
        }
    }
}
