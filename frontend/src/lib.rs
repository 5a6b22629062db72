//! The WASM entry: hydrates the islands, nothing else.
