use super::*;

const NOW: UnixSeconds = UnixSeconds(1_800_000_000);
const BUYER: UserId = UserId(42);

fn sessions() -> Sessions {
    Sessions::new([7; 32], 3600)
}

fn flip_last(text: &str) -> String {
    let (head, last) = text.split_at(text.len() - 1);
    format!("{head}{}", if last == "0" { "1" } else { "0" })
}

#[test]
fn a_session_names_its_buyer_until_it_ends() {
    let issued = sessions().issue(BUYER, NOW);
    assert_eq!(issued.expires_at, NOW.plus(3600));
    assert_eq!(sessions().check(&issued.token, NOW.plus(3599)), Ok(BUYER));
    assert_eq!(
        sessions().check(&issued.token, NOW.plus(3600)),
        Err(SessionError::Expired)
    );
}

#[test]
fn a_changed_session_is_forged() {
    let token = sessions().issue(BUYER, NOW).token;
    let another = token.replacen("42.", "43.", 1);
    let longer = token.replacen("1800003600", "1900003600", 1);
    let cut = &token[..token.len() - 2];
    for bad in [
        &another,
        &longer,
        cut,
        &flip_last(&token),
        "",
        ".",
        "..",
        "42.1.",
        &token.to_uppercase()[..20],
    ] {
        assert_eq!(
            sessions().check(bad, NOW),
            Err(SessionError::Forged),
            "{bad}"
        );
    }
    let stranger = Sessions::new([8; 32], 3600);
    assert_eq!(stranger.check(&token, NOW), Err(SessionError::Forged));
}

#[test]
fn a_ticket_opens_one_order_for_a_while() {
    let (order, other) = (OrderId::from_bytes([1; 16]), OrderId::from_bytes([2; 16]));
    let ticket = sessions().ticket(order, NOW);
    assert!(sessions().check_ticket(&ticket, order, NOW));
    assert!(!sessions().check_ticket(&ticket, other, NOW));
    assert!(!sessions().check_ticket(&ticket, order, NOW.plus(TICKET_SECONDS)));
    assert!(!sessions().check_ticket(&flip_last(&ticket), order, NOW));
    assert!(!sessions().check_ticket("", order, NOW));
}

fn parts(path: &str) -> (i64, String) {
    let mut parts = path.split('/').skip(3);
    let expires = parts.next().unwrap().parse().unwrap();
    (expires, parts.next().unwrap().to_owned())
}

#[test]
fn a_download_link_opens_one_file_for_a_while() {
    let (mine, other) = (
        EntitlementId::from_bytes([1; 16]),
        EntitlementId::from_bytes([2; 16]),
    );
    let path = sessions().download_path(mine, "stars.pdf", NOW);
    assert!(path.ends_with("/stars.pdf"), "{path}");
    let (expires, mac) = parts(&path);
    assert!(sessions().check_download(mine, expires, &mac, NOW));
    assert!(!sessions().check_download(other, expires, &mac, NOW));
    assert!(!sessions().check_download(mine, expires + 1, &mac, NOW));
    assert!(!sessions().check_download(mine, expires, &mac, UnixSeconds(expires)));
}

#[test]
fn one_kind_of_proof_is_no_other() {
    let (order, right) = (
        OrderId::from_bytes([1; 16]),
        EntitlementId::from_bytes([1; 16]),
    );
    let (expires, mac) = parts(&sessions().download_path(right, "a", NOW));
    assert!(!sessions().check_ticket(&format!("{expires}.{mac}"), order, NOW));
    assert_eq!(
        sessions().check(&format!("{right}.{expires}.{mac}"), NOW),
        Err(SessionError::Forged)
    );
}

#[test]
fn a_name_cannot_leave_its_place_in_the_path() {
    assert_eq!(plain_name("Звёзды 1.pdf"), "_______1.pdf");
    assert_eq!(plain_name("../../etc"), ".._.._etc");
    assert_eq!(plain_name(".."), "file");
    assert_eq!(plain_name(""), "file");
}
