//! Nothing is lost, doubled or stuck, whenever the process dies.

mod books;
mod crashes;
mod customer;
mod keeper;
mod kills;
mod pair;
mod story;
mod world;
