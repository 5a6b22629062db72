//! Every sentence that people read, one place per language.
