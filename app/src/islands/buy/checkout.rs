//! From the tap to the goods.
//!
//! What the client says about the payment sheet is a hint. The screen ends where the shop says:
//! a sheet that "failed" over a payment that went through ends at the goods, and one that was
//! "paid" but is not yet known waits for them.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen_futures::spawn_local;

use super::{
    form::Form,
    sheet::{self, GOODS},
};
use crate::{
    api::{ApiError, OpenedOrder, Remedy, Stage, get_order, open_order},
    bridge::{self, BottomButton, Haptic, InvoiceHint, KeepOpen, Place},
    client::{follow::Follow, page, session::with_session, slot, toast},
    limits::{AFTER_CLOSE_MILLISECONDS, SLOW_MILLISECONDS},
    paths,
    phrase::Phrase,
};

/// What a press of the button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Opens an order, or the buyer's open order again.
    Ready,
    /// Nothing: a payment is under way.
    Paying,
    /// Goes on with an order whose sheet was closed.
    Begun,
    /// Loads the page: it shows an offer that does not hold any more.
    Stale,
    /// Closes the Mini App, to be opened again.
    Reopen,
    /// Goes to the goods.
    Done,
}

/// One buyer in front of one product. Lives as long as the page.
pub(super) struct Checkout {
    form: Form,
    step: Cell<Step>,
    order: RefCell<Option<OpenedOrder>>,
    button: RefCell<Option<BottomButton>>,
    follow: RefCell<Option<Follow>>,
    keep_open: RefCell<Option<KeepOpen>>,
}

impl Checkout {
    /// Takes the main button, where there is a client that has one.
    pub(super) fn start() -> Option<Rc<Self>> {
        let checkout = Rc::new(Self {
            form: Form::of_page()?,
            step: Cell::new(Step::Ready),
            order: RefCell::default(),
            button: RefCell::default(),
            follow: RefCell::default(),
            keep_open: RefCell::default(),
        });
        let pressed = Rc::clone(&checkout);
        let button = BottomButton::take(Place::Main, move || Rc::clone(&pressed).press());
        checkout.button.replace(button);
        checkout.label();
        let back = Rc::clone(&checkout);
        page::on_return(move || back.label());
        Some(checkout)
    }

    /// Hears that another offer was chosen.
    pub(super) fn choose(&self) {
        bridge::feel(Haptic::Selection);
        if matches!(self.step.get(), Step::Ready | Step::Begun) {
            self.go(Step::Ready);
        }
    }

    fn press(self: Rc<Self>) {
        match self.step.get() {
            _ if self.form.blocked().is_some() => {}
            Step::Paying => {}
            Step::Stale => page::reload(),
            Step::Reopen => drop(bridge::close()),
            Step::Done => self.open(),
            Step::Ready | Step::Begun => {
                self.go(Step::Paying);
                spawn_local(async move { self.pay().await });
            }
        }
    }

    /// To the order's page, which has the goods.
    fn open(&self) {
        if let Some(order) = &*self.order.borrow() {
            page::go(&paths::order(&order.order));
        }
    }

    async fn pay(self: Rc<Self>) {
        let Some(chosen) = self.form.chosen() else {
            return;
        };
        sheet::show(sheet::Stage::Asking);
        sheet::open();
        let product = self.form.product();
        let ask = || {
            let (product, chosen) = (product.clone(), chosen.clone());
            open_order(product, chosen.offer, chosen.price, chosen.promo)
        };
        match with_session(ask).await {
            Ok(order) => self.show_invoice(order).await,
            Err(error) => self.refused(&error),
        }
    }

    fn refused(&self, error: &ApiError) {
        sheet::close();
        bridge::feel(Haptic::Error);
        toast::error(error);
        self.go(match error.remedy {
            Remedy::Reload => Step::Stale,
            Remedy::Reopen => Step::Reopen,
            _ => Step::Ready,
        });
    }

    async fn show_invoice(self: Rc<Self>, order: OpenedOrder) {
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
            InvoiceHint::Cancelled => self.closed(Phrase::Closed, &order).await,
            InvoiceHint::Failed => self.closed(Phrase::Failed, &order).await,
            InvoiceHint::NotShown => {
                bridge::open_telegram_link(&order.invoice_link);
                self.wait().await;
            }
        }
    }

    async fn wait(&self) {
        sheet::show(sheet::Stage::Waiting);
        page::sleep(SLOW_MILLISECONDS).await;
        if self.step.get() == Step::Paying {
            sheet::show(sheet::Stage::Slow);
        }
    }

    /// The payment sheet closed without word of a payment. The page can be used again, and goes
    /// on listening for a while: such words have been wrong.
    async fn closed(&self, why: Phrase, order: &OpenedOrder) {
        sheet::close();
        self.keep_open.replace(None);
        toast::phrase(why);
        self.go(Step::Begun);
        page::sleep(AFTER_CLOSE_MILLISECONDS).await;
        if self.step.get() == Step::Begun && self.order.borrow().as_ref() == Some(order) {
            self.follow.replace(None);
        }
    }

    fn heard(self: Rc<Self>, stage: Stage) {
        let paying = self.step.get() == Step::Paying;
        if stage.is_paid() {
            spawn_local(async move { self.done().await });
        } else if stage == Stage::Prechecked && paying {
            sheet::show(sheet::Stage::Waiting);
        } else if stage.is_settled() {
            self.keep_open.replace(None);
            sheet::close();
            toast::phrase(Phrase::Expired);
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
            sheet::open();
            sheet::show(sheet::Stage::Yours);
            bridge::feel(Haptic::Success);
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
        if let Some(why) = self.form.blocked() {
            button.blocked(&why);
            return;
        }
        let label = self
            .form
            .chosen()
            .map(|chosen| chosen.label)
            .unwrap_or_default();
        match self.step.get() {
            Step::Ready => button.ready(&label),
            Step::Paying => button.busy(&label),
            Step::Begun => button.ready(&page::say(Phrase::GoOn)),
            Step::Stale => button.ready(&page::say(Phrase::Retry)),
            Step::Reopen => button.ready(&page::say(Phrase::Reopen)),
            Step::Done => button.ready(&page::say(Phrase::Open)),
        }
    }
}
