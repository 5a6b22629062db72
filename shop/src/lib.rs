//! What a Star goes through: domain, steps, store.
