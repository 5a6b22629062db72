//! Updates: kept whole whatever their kind.

#![no_main]

use libfuzzer_sys::fuzz_target;
use telegram::{Update, UpdateKind};

fuzz_target!(|bytes: &[u8]| {
    let Ok(update) = Update::parse(bytes) else { return };
    // Nothing of it is lost: written and read again it is the same.
    let again = Update::from_value(update.raw.clone());
    assert!(again.is_ok_and(|again| again == update));
    assert_eq!(update.raw["update_id"], update.update_id);
    let name = update.kind_name();
    assert!(name.is_empty() || update.raw.get(name).is_some());
    if let UpdateKind::Message(message) = &update.kind {
        if let Some(command) = message.command() {
            assert!(message.text.as_deref().is_some_and(|text| text.contains(command.name)));
        }
        let _ = message.file_id();
    }
    assert!(!format!("{update:?}").is_empty());
});
