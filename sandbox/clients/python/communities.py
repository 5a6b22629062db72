"""Groups and channels: links, requests, members, bans."""

from calls import DAY, MONTH, refused


async def follows(w, name: str, url: str, stars: int = 0) -> int:
    """A new user who follows a link, and is in."""
    user = await w.desk.user(name, stars)
    assert (await w.desk.join(user, url))["entry"] == "joined"
    return user


async def change_of(w, user: int):
    """The next `chat_member` of a user: where they were, where they are, and the update."""
    change = await w.inbox.take("chat_member", lambda found: found.new_chat_member.user.id == user)
    return change.old_chat_member.status, change.new_chat_member.status, change


async def founded(w) -> None:
    w.owner = await w.desk.user("Pia")
    w.group = await w.desk.found("supergroup", "Sea friends", w.owner)
    change = await w.inbox.take("my_chat_member", lambda found: found.chat.id == w.group)
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("left", "administrator")
    assert change.new_chat_member.can_invite_users and change.new_chat_member.can_restrict_members
    assert (change.chat.type, change.chat.title, change.from_user.id) == ("supergroup", "Sea friends", w.owner)
    found = await w.bot.get_chat(w.group)
    assert (found.type, found.title) == ("supergroup", "Sea friends")


async def members(w) -> None:
    assert (await w.bot.get_chat_member(w.group, w.owner)).status == "creator"
    assert (await w.bot.get_chat_member(w.group, w.bot.id)).status == "administrator"
    assert (await w.bot.get_chat_member(w.group, w.buyer)).status == "left"
    count = await w.bot.get_chat_member_count(w.group)
    link = await w.bot.create_chat_invite_link(w.group)
    inside = await follows(w, "Quin", link.invite_link)
    assert (await w.bot.get_chat_member(w.group, inside)).status == "member"
    assert await w.bot.get_chat_member_count(w.group) == count + 1
    await refused(w, w.bot.get_chat_member(w.group, 1), "PARTICIPANT_ID_INVALID")


async def limits(w) -> None:
    end = int(await w.desk.now()) + DAY
    link = await w.bot.create_chat_invite_link(w.group, name="One", member_limit=1, expire_date=end)
    assert (link.name, link.member_limit, w.stamp(link.expire_date)) == ("One", 1, end)
    assert link.creator.id == w.bot.id and not link.creates_join_request
    assert not link.is_primary and not link.is_revoked
    user = await follows(w, "Rae", link.invite_link)
    old, new, change = await change_of(w, user)
    assert (old, new, change.from_user.id) == ("left", "member", user)
    assert change.invite_link.invite_link == link.invite_link
    late = await w.desk.user("Sid")
    assert await w.desk.refuses(w.desk.join(late, link.invite_link), "link_expired")
    timed = await w.bot.create_chat_invite_link(w.group, expire_date=end)
    await w.desk.advance(DAY)
    assert await w.desk.refuses(w.desk.join(late, timed.invite_link), "link_expired")
    both = w.bot.create_chat_invite_link(w.group, member_limit=1, creates_join_request=True)
    await refused(w, both, "Member limit can't be specified")


async def changed(w) -> None:
    link = await w.bot.create_chat_invite_link(w.group, name="Old")
    edited = await w.bot.edit_chat_invite_link(w.group, link.invite_link, name="New", member_limit=2)
    assert (edited.invite_link, edited.name, edited.member_limit) == (link.invite_link, "New", 2)
    revoked = await w.bot.revoke_chat_invite_link(w.group, link.invite_link)
    assert revoked.is_revoked and revoked.invite_link == link.invite_link
    late = await w.desk.user("Tom")
    assert await w.desk.refuses(w.desk.join(late, link.invite_link), "link_expired")
    main = await w.bot.export_chat_invite_link(w.group)
    assert (await w.bot.get_chat(w.group)).invite_link == main
    again = await w.bot.export_chat_invite_link(w.group)
    assert again != main and await w.desk.refuses(w.desk.join(late, main), "link_expired")
    # Without a main link there is none: another takes its place.
    assert (await w.bot.revoke_chat_invite_link(w.group, again)).is_revoked
    assert (await w.bot.get_chat(w.group)).invite_link not in (main, again, None)


async def requests(w) -> None:
    link = await w.bot.create_chat_invite_link(w.group, name="Ask", creates_join_request=True)
    assert link.creates_join_request
    wanted, other = await w.desk.user("Una"), await w.desk.user("Vic")
    for user in (wanted, other):
        assert (await w.desk.join(user, link.invite_link))["entry"] == "requested"
        asked = await w.inbox.take("chat_join_request")
        assert (asked.chat.id, asked.from_user.id, asked.user_chat_id) == (w.group, user, user)
        assert asked.invite_link.invite_link == link.invite_link
    assert asked.invite_link.pending_join_request_count == 2
    # Who asks to come in can be written to, though they never started the bot.
    assert await w.bot.send_message(other, "Why do you want to come in?")
    assert await w.bot.approve_chat_join_request(w.group, wanted)
    old, new, change = await change_of(w, wanted)
    assert (old, new, change.from_user.id) == ("left", "member", w.bot.id)
    assert change.via_join_request
    assert await w.bot.decline_chat_join_request(w.group, other)
    assert (await w.bot.get_chat_member(w.group, other)).status == "left"
    await refused(w, w.bot.approve_chat_join_request(w.group, other), "HIDE_REQUESTER_MISSING")
    await refused(w, w.bot.approve_chat_join_request(w.group, wanted), "USER_ALREADY_PARTICIPANT")


async def bans(w) -> None:
    link = (await w.bot.create_chat_invite_link(w.group)).invite_link
    user = await follows(w, "Wim", link)
    await change_of(w, user)
    assert await w.bot.ban_chat_member(w.group, user)
    old, new, change = await change_of(w, user)
    assert (old, new, change.from_user.id) == ("member", "kicked", w.bot.id)
    assert await w.desk.refuses(w.desk.join(user, link), "banned")
    assert await w.bot.unban_chat_member(w.group, user, only_if_banned=True)
    assert (await change_of(w, user))[:2] == ("kicked", "left")
    assert (await w.desk.join(user, link))["entry"] == "joined"
    await change_of(w, user)
    end = int(await w.desk.now()) + DAY
    assert await w.bot.ban_chat_member(w.group, user, until_date=end)
    assert w.stamp((await w.bot.get_chat_member(w.group, user)).until_date) == end
    await w.desk.advance(DAY + 1)
    assert (await w.bot.get_chat_member(w.group, user)).status == "left"
    assert (await w.desk.join(user, link))["entry"] == "joined"
    assert [(await change_of(w, user))[:2] for _ in range(2)] == [("member", "kicked"), ("left", "member")]
    # Without only_if_banned, to unban puts a member out, by way of a ban.
    assert await w.bot.unban_chat_member(w.group, user)
    assert [(await change_of(w, user))[:2] for _ in range(2)] == [("member", "kicked"), ("kicked", "left")]
    assert (await w.bot.get_chat_member(w.group, user)).status == "left"
    await refused(w, w.bot.ban_chat_member(w.group, w.owner), "can't remove chat owner")


async def paid_channel(w) -> None:
    channel = await w.desk.found("channel", "Sea reports", w.owner)
    await w.inbox.take("my_chat_member", lambda found: found.chat.id == channel)
    create = w.bot.create_chat_subscription_invite_link
    await refused(w, create(w.group, MONTH, 25), "CHAT_INVALID")
    await refused(w, create(channel, 3600, 25), "SUBSCRIPTION_PERIOD_INVALID")
    link = await create(channel, MONTH, 25, name="Monthly")
    assert (w.seconds(link.subscription_period), link.subscription_price) == (MONTH, 25)
    edited = await w.bot.edit_chat_subscription_invite_link(channel, link.invite_link, name="Each month")
    assert (edited.name, edited.subscription_price) == ("Each month", 25)
    user = await follows(w, "Xia", link.invite_link, 60)
    end = await w.desk.now() + MONTH
    _, new, change = await change_of(w, user)
    assert new == "member" and abs(w.stamp(change.new_chat_member.until_date) - end) < 60
    await w.desk.advance(MONTH)
    found = await w.bot.get_chat_member(channel, user)
    assert abs(w.stamp(found.until_date) - end - MONTH) < 60
    assert await w.desk.stars(user) == 10
    await w.desk.advance(MONTH)
    assert (await w.bot.get_chat_member(channel, user)).status == "left"


CHECKS = {
    "my_chat_member: the bot becomes an administrator; getChat": founded,
    "getChatMember, getChatMemberCount": members,
    "createChatInviteLink: name, member_limit, expire_date; chat_member": limits,
    "editChatInviteLink, revokeChatInviteLink, exportChatInviteLink": changed,
    "chat_join_request, approveChatJoinRequest, declineChatJoinRequest": requests,
    "banChatMember, unbanChatMember, for ever and for a time": bans,
    "createChatSubscriptionInviteLink, editChatSubscriptionInviteLink: paid by the month": paid_channel,
}
