//! First load of a buyer's pages, in bytes on the wire.

use super::{Bench, Table, page};
use crate::{failure::Done, files, limits::FIRST_LOAD_BYTES, step::step};

/// Weighs home and product page as a browser without a cache gets them.
pub(crate) fn measure(bench: &Bench) -> Done<Table> {
    let (stage, _running) = bench.start("sizes")?;
    step("sizes", |_| {
        let shop = stage.shop_url();
        let mut rows = Vec::new();
        for path in ["/".to_owned(), page::first_product(&shop)?] {
            let weight = page::weigh(&shop, &path)?;
            let share = weight.total() * 100 / FIRST_LOAD_BYTES;
            let sizes = [
                weight.html,
                weight.css,
                weight.js,
                weight.wasm,
                weight.total(),
                weight.official,
            ];
            let mut row = vec![path];
            row.extend(sizes.map(files::size));
            row.push(format!("{share} %"));
            rows.push(row);
        }
        let columns = [
            "page",
            "html",
            "css",
            "js",
            "wasm",
            "sum",
            "official script",
            "of 120 kB",
        ];
        let columns = columns.map(str::to_owned).to_vec();
        Ok((
            String::new(),
            Table {
                title: "First load, brotli, without pictures",
                columns,
                rows,
            },
        ))
    })
}
