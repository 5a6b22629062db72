//! Invoice payloads: a payload names an order or none, no odd payment is ever granted, and no time is
//! paid twice.

use shop::domain::{
    ChargeId, HeardBy, Order, OrderId, OrderState, Payment, Period, Precheck, Recurring, Standing,
    Stars, StoppedBy, Subscription, SubscriptionChange, SubscriptionState, Term, UnixSeconds,
    UserId,
    verdict::{Claim, claim, may_pay, order_named},
};

const PRICE: i64 = 50;

/// A payment and the facts that it meets: a line of payload, one of currency, and numbers.
pub(crate) fn holds(text: &str) {
    let mut lines = text.lines();
    let (payload, currency) = (
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
    );
    let numbers = lines.flat_map(str::split_whitespace);
    let mut numbers = Numbers(numbers.map(|word| word.parse().unwrap_or(0)));

    let named = order_named(payload);
    // An id has one spelling: nothing else names an order.
    let is_id = payload.len() == 32
        && payload
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    assert_eq!(
        named.map(|id| id.to_string()).as_deref(),
        is_id.then_some(payload)
    );

    let (Ok(charge), Some(order)) = (
        "c1".parse::<ChargeId>(),
        order(named.unwrap_or(OrderId::from_bytes([7; 16])), &mut numbers),
    ) else {
        unreachable!("charge and product are well-formed")
    };
    let payment = Payment {
        charge,
        buyer: UserId(numbers.next()),
        payload: payload.to_owned(),
        currency: currency.to_owned(),
        amount: numbers.next(),
        paid_at: UnixSeconds(numbers.next()),
        recurring: numbers.perhaps(|numbers| Recurring {
            until: numbers.perhaps(|numbers| UnixSeconds(numbers.next())),
            first: numbers.perhaps(Numbers::flag),
        }),
        heard_by: HeardBy::Update,
    };
    let live = numbers.flag();
    let standing = numbers.perhaps(|numbers| standing(&order, numbers));
    is_judged(&payment, &order, live, standing.as_ref());
    is_kept(&payment, &order, standing.as_ref());
}

/// What is claimed is due.
fn is_judged(payment: &Payment, order: &Order, live: bool, standing: Option<&Standing>) {
    let is_right =
        payment.buyer == order.buyer && payment.amount == PRICE && payment.currency == "XTR";
    match claim(payment, Some(order), live, standing) {
        Claim::Grant(transition) => {
            assert!(is_right);
            let after = order.state.after(transition);
            assert!(after.is_ok_and(OrderState::is_granted));
        }
        Claim::Renew(period) => {
            assert!(is_right && !order.state.is_open() && order.term.seconds().is_some());
            let standing = standing.unwrap_or_else(|| unreachable!("nothing is there to renew"));
            let one = &standing.subscription;
            assert!(one.state.after(SubscriptionChange::Renew).is_some());
            assert!(!one.is_stopped_by_shop());
            let mut paid = standing.periods.iter();
            assert!(!paid.any(|paid| paid.is_same_time(period)));
            // Paid once, it is not to be paid again.
            let mut then = standing.clone();
            then.periods.push(period);
            let again = claim(payment, Some(order), live, Some(&then));
            let is_time = period.ends_at > period.starts_at;
            assert!(!is_time || matches!(again, Claim::GiveBack(_)));
        }
        Claim::GiveBack(_) => {}
    }
    assert!(matches!(
        claim(payment, None, live, standing),
        Claim::GiveBack(_)
    ));
}

/// What Telegram is told may be paid is taken when it is paid in that moment.
fn is_kept(payment: &Payment, order: &Order, standing: Option<&Standing>) {
    let query = Precheck {
        buyer: payment.buyer,
        payload: payment.payload.clone(),
        currency: payment.currency.clone(),
        amount: payment.amount,
    };
    if may_pay(&query, Some(order), None, standing, payment.paid_at).is_ok() {
        let payment = Payment {
            recurring: Some(Recurring::default()),
            ..payment.clone()
        };
        let claimed = claim(&payment, Some(order), false, standing);
        assert!(matches!(claimed, Claim::Renew(_)), "{claimed:?}");
    }
}

/// An order of buyer 1 in some state, for some time.
fn order(id: OrderId, numbers: &mut Numbers<impl Iterator<Item = i64>>) -> Option<Order> {
    Some(Order {
        id,
        buyer: UserId(1),
        product: "book".parse().ok()?,
        offer: "default".parse().ok()?,
        title: String::new(),
        price: Stars(PRICE.unsigned_abs()),
        promo: None,
        list_price: None,
        state: numbers.one_of(&OrderState::ALL),
        term: numbers
            .perhaps(|numbers| Term::Subscription {
                seconds: i64::from(numbers.next() as u32),
            })
            .unwrap_or(Term::Forever),
        opened_at: UnixSeconds(0),
        expires_at: UnixSeconds(1),
        paid_at: None,
        charge: None,
        invoice_link: None,
    })
}

/// What the order's buyer has by it.
fn standing(order: &Order, numbers: &mut Numbers<impl Iterator<Item = i64>>) -> Standing {
    let subscription = Subscription {
        order: order.id,
        buyer: order.buyer,
        product: order.product.clone(),
        title: order.title.clone(),
        price: order.price,
        list_price: order.price,
        term: order.term,
        state: numbers.one_of(&SubscriptionState::ALL),
        stopped_by: numbers.perhaps(|numbers| {
            numbers.one_of(&[StoppedBy::Telegram, StoppedBy::Buyer, StoppedBy::Seller])
        }),
        paid_until: UnixSeconds(numbers.next()),
        credit: numbers.next(),
        reminded_of: None,
    };
    let count = numbers.next().rem_euclid(5);
    let periods = (0..count).filter_map(|_| {
        let until = numbers.perhaps(|numbers| UnixSeconds(numbers.next()));
        Period::paid(order.term, UnixSeconds(numbers.next()), until)
    });
    Standing {
        periods: periods.collect(),
        subscription,
    }
}

/// Numbers without an end: zeros follow what is written.
struct Numbers<I>(I);

impl<I: Iterator<Item = i64>> Numbers<I> {
    fn next(&mut self) -> i64 {
        self.0.next().unwrap_or(0)
    }

    fn flag(&mut self) -> bool {
        self.next() % 2 != 0
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.next().unsigned_abs() as usize % all.len()]
    }

    fn perhaps<T>(&mut self, some: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| some(self))
    }
}
