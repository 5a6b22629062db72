//! What the program says of options that it cannot use.

use std::net::TcpListener;
use std::process::Command;

use crate::script::temporary;

/// Runs the program, which must not start: its last words, without the address of a file.
fn last_words(arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_starfront-sandbox"));
    let ended = program.args(arguments).output().unwrap();
    assert!(!ended.status.success(), "{arguments:?} was taken");
    assert!(ended.stdout.is_empty(), "no address is promised");
    String::from_utf8(ended.stderr).unwrap()
}

#[test]
fn a_port_in_use_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let words = last_words(&["--port", &port]);
    assert!(words.starts_with("starfront-sandbox: address_in_use: cannot listen on 127.0.0.1:"));
    assert!(words.contains("choose a port with --port"), "{words}");
    let words = last_words(&["--port", "70000"]);
    assert!(words.contains("'70000' for '--port <PORT>'"), "{words}");
    let words = last_words(&["--port", "0", "--host", "192.0.2.1"]);
    assert!(words.contains("address_unusable"), "{words}");
    assert!(
        words.contains("This machine has no such address"),
        "{words}"
    );
}

#[test]
fn an_unusable_script_is_told_even_when_a_state_is_continued() {
    let (script, state) = (temporary("words.toml"), temporary("words.json"));
    let (script, state) = (script.to_str().unwrap(), state.to_str().unwrap());
    let words = last_words(&["--port", "0", "--state", state, "--script", script]);
    assert!(
        words.contains("script_unreadable: cannot read the script"),
        "{words}"
    );
    let steps = "token = \"7001:a\"\n[[steps]]\ndo = \"dance\"\n";
    std::fs::write(script, steps).unwrap();
    let words = last_words(&["--port", "0", "--state", state, "--script", script]);
    let told = "script_step_invalid: step 1 of the script: unknown variant `dance`";
    assert!(words.contains(told), "{words}");
    assert!(!std::path::Path::new(state).exists(), "nothing was written");
    std::fs::remove_file(script).unwrap();
}

#[test]
fn an_unusable_state_is_told() {
    let words = last_words(&["--port", "0", "--state", "/no/such/folder/state.json"]);
    assert!(
        words.contains("state_inaccessible: cannot use the state file /no/such/folder/state.json"),
        "{words}"
    );
    let words = last_words(&["--port", "0", "--start-time", "99999999999"]);
    assert!(
        words.contains("99999999999 is not in 0..=2147483647"),
        "{words}"
    );
}
