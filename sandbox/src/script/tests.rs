use super::*;

const SCRIPT: &str = r#"
token = "7001:demo"

[[steps]]
do = "user"
name = "Mila"
stars = 50

[[steps]]
at = 60
every = 10
times = 3
do = "top_up"
user = "Mila"
stars = 1
"#;

#[test]
fn both_forms_are_read_alike() {
    let toml = Script::parse(SCRIPT, false).unwrap();
    let json = r#"{"token":"7001:demo","steps":[{"do":"user","name":"Mila","stars":50},
        {"at":60,"every":10,"times":3,"do":"top_up","user":"Mila","stars":1}]}"#;
    let json = Script::parse(json, true).unwrap();
    assert_eq!(format!("{toml:?}"), format!("{json:?}"));
}

#[test]
fn a_bad_step_is_named() {
    let code = |text: &str| Script::parse(text, false).unwrap_err();
    let wrong = code("token = \"7001:x\"\n[[steps]]\ndo = \"fly\"\n");
    assert_eq!(wrong.code(), "script_step_invalid");
    assert!(
        wrong
            .to_string()
            .starts_with("step 1 of the script: unknown variant `fly`")
    );
    let extra = code("token = \"7001:x\"\n[[steps]]\ndo = \"refund\"\nuser = 1\nfast = true\n");
    assert!(
        extra.to_string().contains("unknown field `fast`"),
        "{extra}"
    );
    let early = code("token = \"7001:x\"\n[[steps]]\nat = -1\ndo = \"refund\"\nuser = 1\n");
    assert!(early.to_string().contains("`at` is a whole number"));
    assert_eq!(code("token = \"x\"").code(), "script_malformed");
    assert_eq!(code("steps = []").code(), "script_malformed");
    let missing = Script::load(Path::new("/nowhere/at/all.toml")).unwrap_err();
    assert_eq!(missing.code(), "script_unreadable");
}

#[test]
fn random_steps_follow_their_seed() {
    let text = |seed| format!("{:?}", random::steps(seed, 200, 1_000, 5));
    assert_eq!(text(1), text(1));
    assert_ne!(text(1), text(2));
    assert_eq!(random::steps(1, 200, 1_000, 5).len(), 205);
}

#[test]
fn random_steps_hold_everything_that_can_go_wrong() {
    let mut kinds = std::collections::BTreeSet::new();
    for (_, step) in random::steps(42, 10_000, 2_592_000, 30) {
        kinds.insert(step.name());
        let written = serde_json::to_value(&step).unwrap();
        for field in ["outcome", "action"] {
            kinds.extend(written[field].as_str().map(|one| format!("{field} {one}")));
        }
        let faults = &written["faults"];
        let of = |list: &str, field: &str| faults[list][0].get(field).map(Value::to_string);
        let actions = of("updates", "action").into_iter();
        kinds.extend(actions.map(|action| format!("update {action}")));
        let ends = of("payments", "outcome").into_iter();
        kinds.extend(ends.map(|outcome| format!("payment {outcome}")));
        if let Some(fault) = faults["methods"].get(0) {
            let (code, after) = (&fault["error_code"], fault.get("retry_after").is_some());
            let (cut, executed) = (&fault["cut"], &fault["executed"]);
            kinds.insert(format!("call {code} {after} {cut} {executed}"));
        }
        if faults["webhook"]["outage"] == true {
            kinds.insert("webhook outage".into());
        }
    }
    let wanted = "affiliate block chargeback faults message pay refund sell stop subscription top_up user \
         withdraw";
    let mut expected: Vec<_> = wanted.split_whitespace().map(str::to_owned).collect();
    for outcome in "normal lost_update double_update late pending cancelled".split(' ') {
        expected.push(format!("outcome {outcome}"));
    }
    for action in "cancel reactivate pay fail_next".split(' ') {
        expected.push(format!("action {action}"));
    }
    for action in "drop duplicate delay reorder unheard unknown_fields".split(' ') {
        expected.push(format!("update \"{action}\""));
    }
    let odd = "cancelled cancelled_but_paid failed_but_paid pending pending_then_paid \
        paid_then_cancelled told_twice never_told answered_too_late";
    for outcome in odd.split_whitespace() {
        expected.push(format!("payment \"{outcome}\""));
    }
    for call in [
        "429 true false false",
        "500 false false false",
        "502 false false false",
        "504 false false false",
        "500 false false true",
        "null false true false",
        "null false true true",
    ] {
        expected.push(format!("call {call}"));
    }
    expected.push("webhook outage".into());
    for kind in expected {
        assert!(kinds.contains(&kind), "no {kind} among {kinds:?}");
    }
}
