//! A catalogue as a file, in and out, whole or nothing.
