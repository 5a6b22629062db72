//! The shop in Russian.

use crate::{Counted, Template, groups::*};

pub(crate) static NAV: Nav = Nav {
    shop: "Магазин",
    purchases: "Покупки",
    settings: "Настройки",
    back: "Назад",
    close: "Закрыть",
    menu: "Главное меню",
};

pub(crate) static HOME: Home = Home {
    search: "Поиск по магазину",
    search_hint: "Поиск",
    categories: "Разделы",
    all: "Все",
    featured: "Выбор магазина",
    everything: "Все товары",
    results_for: Template("По запросу «{query}»"),
    more: "Показать ещё",
    paused: "У магазина перерыв. Можно осмотреться и открыть свои покупки.",
};

pub(crate) static PRODUCT: Product = Product {
    once: "один раз",
    price_from: Template("от {price}"),
    offers: "Выберите",
    what_you_get: "Что вы получите",
    about: "О товаре",
    refunds: "Возврат",
    similar: "Вам может понравиться",
    left: Counted::three(
        "Осталась {n}\u{a0}штука",
        "Осталось {n}\u{a0}штуки",
        "Осталось {n}\u{a0}штук",
    ),
    edition: Counted::three(
        "Тираж {n}\u{a0}штука",
        "Тираж {n}\u{a0}штуки",
        "Тираж {n}\u{a0}штук",
    ),
    per_buyer: Counted::three(
        "Не больше {n}\u{a0}штуки на человека",
        "Не больше {n}\u{a0}штук на человека",
        "Не больше {n}\u{a0}штук на человека",
    ),
    sold_out: "Распродано",
    yours: "Ваше",
    file: "Файл",
    file_how: "Скачайте здесь или найдите в чате с ботом",
    code: "Код",
    code_how: "Только ваш: каждый код выдаётся один раз",
    text: "Текст",
    text_how: "Откроется здесь сразу",
    link: "Ссылка",
    link_how: "Откроется здесь сразу",
    terms_before: "Покупая, вы принимаете",
    terms_link: "условия продажи",
    share: "Поделиться",
    pictures: "Изображения",
    picture: Template("Изображение {n} из {total}"),
};

pub(crate) static BUYING: Buying = Buying {
    buy: Counted::three(
        "Купить за {n}\u{a0}звезду",
        "Купить за {n}\u{a0}звезды",
        "Купить за {n}\u{a0}звёзд",
    ),
    sold_out: "Распродано",
    paused: "Продажи на паузе",
    open_in_telegram: "Купить в Telegram",
    stars_in_telegram: "Звёздами платят в Telegram.",
    asking: "Обращаемся к Telegram",
    waiting: "Ждём ответа Telegram",
    yours: "Теперь это ваше",
    slow: "Telegram отвечает дольше обычного. Заказ сохранён, страницу можно закрыть.",
    closed: "Оплата не завершена. Если вы не платили, звёзды не списаны. Если платили, покупка сама появится здесь.",
    failed: "Telegram сообщает, что оплата не прошла. Если звёзды всё же списаны, покупка сама появится здесь.",
    go_on: "Перейти к оплате",
    open: "Открыть",
    to_purchases: "Все покупки",
    also_in_chat: "Уже и в чате с ботом.",
    on_way_to_chat: "Скоро придёт и в чат с ботом.",
    write_access_title: "Прислать в чат?",
    write_access: "Бот просит разрешения писать вам: чтобы прислать покупку и сообщить, если платёж вернётся.",
    write_access_allow: "Разрешить сообщения",
    no_script: "Для покупки нужен JavaScript. Смотреть товары можно и без него.",
};

pub(crate) static LIBRARY: Library = Library {
    goods: "Можно открыть",
    orders: "Заказы",
    bought: Template("Куплено {date}"),
    open: "Открыть",
    close: "Свернуть",
    download: "Скачать",
    copy: "Скопировать",
    copied: "Скопировано",
    copy_failed: "Копирование здесь закрыто. Выделите код и скопируйте его вручную.",
    send_again: "Прислать в чат ещё раз",
    sent: "Скоро придёт в чат с ботом.",
    your_code: "Ваш код",
    refunded: "Возвращено",
    refunded_note: "Если звёзды вернулись к вам, покупки здесь больше нет.",
};

pub(crate) static ORDER: Order = Order {
    title: "Заказ",
    number: "Номер заказа",
    price: "Цена",
    opened_on: "Создан",
    paid_on: "Оплачен",
    charge: "Номер платежа",
    state: "Состояние",
    opened: "Ждёт оплаты",
    prechecked: "Telegram проводит оплату",
    paid: "Оплачен",
    delivered: "Оплачен и прислан в чат",
    expired: "Истёк, звёзды не списаны",
    refunded: "Звёзды возвращены",
    help: "Помощь с этим платежом",
    help_note: "Продавец отвечает в чате. Назовите, пожалуйста, номер заказа.",
};

pub(crate) static SETTINGS: Settings = Settings {
    language: "Язык",
    language_note: "На этом языке магазин и его сообщения.",
    papers: "Полезно знать",
    terms: "Условия продажи",
    privacy: "Конфиденциальность",
    support: "Помощь с платежом",
    support_note: "Вопросы о покупках решает продавец, а не поддержка Telegram.",
    open_chat: "Открыть чат",
    about: "О магазине",
    no_paper: "Продавец этого ещё не написал.",
    version: Template("Starfront {version}"),
};

pub(crate) static PARTS: Parts = Parts {
    stars: Counted::three("{n}\u{a0}звезда", "{n}\u{a0}звезды", "{n}\u{a0}звёзд"),
    stars_object: Counted::three("{n}\u{a0}звезду", "{n}\u{a0}звезды", "{n}\u{a0}звёзд"),
    days: Counted::three("{n}\u{a0}день", "{n}\u{a0}дня", "{n}\u{a0}дней"),
    hours: Counted::three("{n}\u{a0}час", "{n}\u{a0}часа", "{n}\u{a0}часов"),
    minutes: Counted::three("{n}\u{a0}минута", "{n}\u{a0}минуты", "{n}\u{a0}минут"),
    seconds: Counted::three("{n}\u{a0}секунда", "{n}\u{a0}секунды", "{n}\u{a0}секунд"),
    size_units: ["Б", "кБ", "МБ", "ГБ"],
    months: [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
};
