use super::*;

fn update(queue: Queue) -> Update {
    Update {
        expires_ms: 100_000,
        ..Update::new("message", json!({}), queue, 0)
    }
}

fn ids(updates: &[Update]) -> Vec<i64> {
    updates.iter().map(|update| update.id).collect()
}

#[test]
fn one_queue_is_strictly_ordered_and_others_do_not_wait() {
    let mut queue = UpdateQueue::new(1);
    queue.push(update(Queue::Message(7)));
    queue.push(update(Queue::Message(7)));
    queue.push(update(Queue::PreCheckout(7)));
    assert_eq!(ids(&queue.start(10, 0)), [1, 3]);
    assert!(queue.start(10, 0).is_empty());
    queue.delivered(1);
    assert_eq!(ids(&queue.start(10, 0)), [2]);
}

#[test]
fn retries_double_and_give_up_at_expiry() {
    let mut queue = UpdateQueue::new(1);
    queue.push(update(Queue::Message(7)));
    let mut now = 0;
    let mut waits = Vec::new();
    for _ in 0..5 {
        queue.start(1, now);
        queue.failed(1, 0, 60, now);
        let wake = queue.items[0].wake_ms;
        waits.push((wake - now) / 1000);
        now = wake;
    }
    assert_eq!(waits, [0, 2, 4, 8, 16]);
    queue.start(1, 99_000);
    queue.failed(1, 0, 60, 99_000);
    assert!(queue.is_empty());
}

#[test]
fn offsets_acknowledge_and_negative_ones_keep_the_newest() {
    let mut queue = UpdateQueue::new(10);
    for user in 0..4 {
        queue.push(update(Queue::Message(user)));
    }
    assert_eq!(ids(&queue.poll(0, 2, 0)), [10, 11]);
    assert_eq!(ids(&queue.poll(11, 100, 0)), [11, 12, 13]);
    assert_eq!(ids(&queue.poll(-1, 100, 0)), [13]);
    assert_eq!(queue.len(), 1);
}

#[test]
fn a_doubled_update_comes_twice() {
    let mut queue = UpdateQueue::new(1);
    queue.push(Update {
        repeats: 1,
        ..update(Queue::Message(7))
    });
    queue.push(update(Queue::Message(7)));
    assert_eq!(ids(&queue.poll(3, 100, 0)), [1]);
    assert!(queue.poll(3, 100, 0).is_empty());
}

#[test]
fn a_late_update_is_overtaken_and_never_lost() {
    let mut queue = UpdateQueue::new(1);
    queue.defer(Update {
        wake_ms: 50,
        ..update(Queue::Message(7))
    });
    queue.push(update(Queue::Message(7)));
    queue.settle(0);
    assert_eq!(ids(&queue.poll(0, 100, 0)), [1]);
    assert_eq!(queue.next_wake(0), Some(50));
    queue.settle(50);
    assert_eq!(ids(&queue.poll(2, 100, 50)), [2]);
}

#[test]
fn allowed_updates_follow_the_servers_rules() {
    let mut queue = UpdateQueue::new(1);
    assert!(queue.wants("message") && !queue.wants("chat_member"));
    queue.allow(&json!(["Message", "nonsense"]));
    assert!(queue.wants("message") && !queue.wants("callback_query"));
    queue.allow(&json!("not a list"));
    assert_eq!(queue.allowed(), Some(vec!["message"]));
    queue.allow(&json!([]));
    assert_eq!(queue.allowed(), None);
}

#[test]
fn a_page_ends_when_it_is_large() {
    let mut queue = UpdateQueue::new(1);
    let large = json!({ "text": "a".repeat(3 << 20) });
    for user in 0..3 {
        let update = Update::new("message", large.clone(), Queue::Message(user), 0);
        queue.push(update);
    }
    assert_eq!(ids(&queue.poll(0, 100, 0)), [1, 2]);
    assert_eq!(ids(&queue.poll(3, 100, 0)), [3]);
}
