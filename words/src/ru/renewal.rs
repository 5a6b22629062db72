//! Subscriptions and passes in Russian.

use crate::{Counted, Template, groups::*};

pub(crate) static RENEWAL: Renewal = Renewal {
    subscribe: Counted::three(
        "Подписаться за {n}\u{a0}звезду",
        "Подписаться за {n}\u{a0}звезды",
        "Подписаться за {n}\u{a0}звёзд",
    ),
    every_days: Counted::three(
        "каждый {n}\u{a0}день",
        "каждые {n}\u{a0}дня",
        "каждые {n}\u{a0}дней",
    ),
    every_minutes: Counted::three(
        "каждую {n}\u{a0}минуту",
        "каждые {n}\u{a0}минуты",
        "каждые {n}\u{a0}минут",
    ),
    every_seconds: Counted::three(
        "каждую {n}\u{a0}секунду",
        "каждые {n}\u{a0}секунды",
        "каждые {n}\u{a0}секунд",
    ),
    for_days: Counted::three("на {n}\u{a0}день", "на {n}\u{a0}дня", "на {n}\u{a0}дней"),
    renews: Template("Продлевается {every}"),
    once_for: Template("Один платёж, {time}"),
    for_good: "Один платёж, навсегда",
    promise: Template(
        "Подписка продлевается {every}, впервые {date}, пока вы её не остановите. Это можно сделать когда угодно в «Покупках» или в Telegram: Настройки → Ваши звёзды.",
    ),
    no_renewal: "Закончится само, больше ничего не спишется.",
    change: "Вариант можно сменить: остаток прежнего зачтётся в новый.",
    renews_on: Template("Продлится {date} за {price}"),
    under_way: Template("Продлевается, доступно до {date}"),
    ends_on: Template("Закончится {date}"),
    not_renewed: Template("Закончится {date}, без продления"),
    failed: Template("Оплата не прошла, доступно до {date}"),
    top_up: "Не хватило звёзд. Пополните их в Telegram, и подписка продолжится.",
    ended: Template("Закончилось, было оплачено до {date}"),
    changed: "Заменено другим вариантом",
    carried_over: Template("Вместе с остатком прежнего варианта: {time}."),
    by_seller: "Продление остановил продавец.",
    in_telegram: "Включить снова можно в Telegram: Настройки → Ваши звёзды.",
    stop: "Остановить продление",
    stop_title: "Остановить продление?",
    stop_question: Template("Больше ничего не спишется. «{title}» останется у вас до {date}."),
    stop_now_question: Template("Больше ничего не спишется, и «{title}» сразу закончится."),
    keep: "Оставить",
    allow: "Разрешить продление снова",
    again: "Открыть в магазине",
};
