//! A catalogue with one product of each kind, and a club to subscribe to.

use std::path::PathBuf;

use super::Folder;

/// What the file that is sold holds.
pub const GUIDE: &[u8] = b"Draw what you see, then what you miss.";

/// How many goods each product has.
pub const GOODS_OF: [(&str, usize); 3] = [("guide", 1), ("set", 3), ("club", 1)];

const SHOP: &str = r#"
[shop]
name = "Night Window"
tagline = "Small things"
cover = "cover.svg"
support = "Write to us."
terms = "terms.md"
ru = { name = "Ночное окно" }

[[category]]
code = "all"
title = "All"

[[product]]
code = "guide"
category = "all"
title = "A Guide"
summary = "To look"
description = "Long."
price = 40
pictures = [{ file = "cover.svg", alt = "A window" }]
ru = { title = "Пособие" }

[[product.benefit]]
kind = "file"
title = "The guide"
file = "guide.txt"
protect = true

[[product]]
code = "set"
category = "all"
title = "A Set"
summary = "Three things"
description = "Long."
price = 90
pictures = [{ file = "set.png", alt = "Three things" }]

[[product.benefit]]
kind = "code"
title = "Your key"
codes = "keys.txt"

[[product.benefit]]
kind = "text"
title = "The letter"
text = "Dear *reader* & friend."

[[product.benefit]]
kind = "link"
title = "The pack"
url = "https://t.me/addstickers/night"
"#;

const CLUB: &str = r#"
[[product]]
code = "club"
category = "all"
title = "The Club"
summary = "Every month"
description = "Long."
price = 25
subscription = true
pictures = [{ file = "cover.svg", alt = "A window" }]

[[product.benefit]]
kind = "text"
title = "The letter"
text = "Dear member."
"#;

const PROMO: &str = r#"
[[promo]]
code = "LAMP"
stars_off = 10
uses = 1
products = ["guide"]
"#;

const PICTURE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480"><rect width="640" height="480" fill="#123"/></svg>"##;

/// One grey dot, as PNG.
const PHOTO: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\x68\x00\x00\x00\x82\x00\x81\x77\xcd\x72\xb6\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

/// Writes it and gives its path. The set has one key, so it sells out.
pub fn write(folder: &Folder) -> PathBuf {
    folder.write("catalogue/cover.svg", PICTURE);
    folder.write("catalogue/set.png", PHOTO);
    folder.write("catalogue/guide.txt", GUIDE);
    folder.write("catalogue/terms.md", "Be **kind**.");
    folder.write("catalogue/keys.txt", "MOTH-1234-LAMP\n");
    folder.write("catalogue/shop.toml", format!("{SHOP}{CLUB}{PROMO}"))
}
