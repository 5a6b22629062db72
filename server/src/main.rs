//! The thin server: configuration, router, webhook, workers, command line.

fn main() {}
