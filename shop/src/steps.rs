//! What happens to an order, one file a step.
