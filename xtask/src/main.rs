//! Project tasks: setup, run, watch, test, bench, dist, tidy.

fn main() {}
