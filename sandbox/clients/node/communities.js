/** grammY against the sandbox: groups and channels, their links, requests, members, bans. */

import { deepStrictEqual as same, ok } from 'node:assert';
import { DAY, MONTH } from './calls.js';
import { refused } from './refused.js';

/** A new user who follows a link, and is in. */
async function follows(w, name, url, stars = 0) {
  const user = await w.desk.user(name, stars);
  same((await w.desk.join(user, url)).entry, 'joined');
  return user;
}

/** The next `chat_member` of a user: where they were, where they are, and the update. */
async function change(w, user) {
  const told = await w.inbox.take('chat_member', (found) => found.new_chat_member.user.id === user);
  return [told.old_chat_member.status, told.new_chat_member.status, told];
}

const told = async (w, user) => (await change(w, user)).slice(0, 2);
const status = async ({ api, group }, user) => (await api.getChatMember(group, user)).status;

const members = {
  async 'my_chat_member: the bot becomes an administrator; getChat'(w) {
    w.owner = await w.desk.user('Pia');
    w.group = await w.desk.found('supergroup', 'Sea friends', w.owner);
    const { old_chat_member: old, new_chat_member: now, chat, from } =
      await w.inbox.take('my_chat_member', (found) => found.chat.id === w.group);
    same([old.status, now.status, from.id], ['left', 'administrator', w.owner]);
    ok(now.can_invite_users && now.can_restrict_members && now.can_send_welcome_messages === false);
    same([chat.type, chat.title], ['supergroup', 'Sea friends']);
    const { type, title } = await w.api.getChat(w.group);
    same([type, title], ['supergroup', 'Sea friends']);
  },
  async 'getChatMember, getChatMemberCount'(w) {
    const people = [w.owner, w.bot.botInfo.id, w.buyer];
    const found = await Promise.all(people.map((user) => status(w, user)));
    same(found, ['creator', 'administrator', 'left']);
    const count = await w.api.getChatMemberCount(w.group);
    const link = await w.api.createChatInviteLink(w.group);
    same(await status(w, await follows(w, 'Quin', link.invite_link)), 'member');
    same(await w.api.getChatMemberCount(w.group), count + 1);
    await refused(w.api.getChatMember(w.group, 1), 400, 'PARTICIPANT_ID_INVALID');
  },
  async 'banChatMember, unbanChatMember, for ever and for a time'(w) {
    const { api, group, desk } = w;
    const { invite_link: link } = await api.createChatInviteLink(group);
    const user = await follows(w, 'Wim', link);
    await change(w, user);
    ok(await api.banChatMember(group, user));
    const [old, now, { from }] = await change(w, user);
    same([old, now, from.id], ['member', 'kicked', w.bot.botInfo.id]);
    await desk.refuses(desk.join(user, link), 'banned');
    ok(await api.unbanChatMember(group, user, { only_if_banned: true }));
    same(await told(w, user), ['kicked', 'left']);
    same((await desk.join(user, link)).entry, 'joined');
    await change(w, user);
    const end = Math.floor(await desk.now()) + DAY;
    ok(await api.banChatMember(group, user, { until_date: end }));
    same((await api.getChatMember(group, user)).until_date, end);
    await desk.advance(DAY + 1);
    same(await status(w, user), 'left');
    same((await desk.join(user, link)).entry, 'joined');
    same([await told(w, user), await told(w, user)], [['member', 'kicked'], ['left', 'member']]);
    // Without only_if_banned, to unban puts a member out, by way of a ban.
    ok(await api.unbanChatMember(group, user));
    same([await told(w, user), await told(w, user)], [['member', 'kicked'], ['kicked', 'left']]);
    same(await status(w, user), 'left');
    await refused(api.banChatMember(group, w.owner), 400, "can't remove chat owner");
  },
};

const links = {
  async 'createChatInviteLink: name, member_limit, expire_date; chat_member'(w) {
    const { api, group, desk } = w;
    const expire_date = Math.floor(await desk.now()) + DAY;
    const link = await api.createChatInviteLink(group, { name: 'One', member_limit: 1, expire_date });
    same([link.name, link.member_limit, link.expire_date], ['One', 1, expire_date]);
    same([link.creator.id, link.creates_join_request], [w.bot.botInfo.id, false]);
    same([link.is_primary, link.is_revoked], [false, false]);
    const user = await follows(w, 'Rae', link.invite_link);
    const [old, now, { from, invite_link: by }] = await change(w, user);
    same([old, now, from.id, by.invite_link], ['left', 'member', user, link.invite_link]);
    const late = await desk.user('Sid');
    await desk.refuses(desk.join(late, link.invite_link), 'link_expired');
    const timed = await api.createChatInviteLink(group, { expire_date });
    await desk.advance(DAY);
    await desk.refuses(desk.join(late, timed.invite_link), 'link_expired');
    const both = api.createChatInviteLink(group, { member_limit: 1, creates_join_request: true });
    await refused(both, 400, "member limit can't be specified");
  },
  async 'editChatInviteLink, revokeChatInviteLink, exportChatInviteLink'({ api, group, desk }) {
    const { invite_link: url } = await api.createChatInviteLink(group, { name: 'Old' });
    const edited = await api.editChatInviteLink(group, url, { name: 'New', member_limit: 2 });
    same([edited.invite_link, edited.name, edited.member_limit], [url, 'New', 2]);
    const revoked = await api.revokeChatInviteLink(group, url);
    same([revoked.invite_link, revoked.is_revoked], [url, true]);
    const late = await desk.user('Tom');
    await desk.refuses(desk.join(late, url), 'link_expired');
    const main = await api.exportChatInviteLink(group);
    same((await api.getChat(group)).invite_link, main);
    const again = await api.exportChatInviteLink(group);
    ok(again !== main);
    await desk.refuses(desk.join(late, main), 'link_expired');
    // Without a main link there is none: another takes its place.
    ok((await api.revokeChatInviteLink(group, again)).is_revoked);
    ok(![main, again, undefined].includes((await api.getChat(group)).invite_link));
  },
  async 'chat_join_request, approveChatJoinRequest, declineChatJoinRequest'(w) {
    const { api, group, desk } = w;
    const link = await api.createChatInviteLink(group, { name: 'Ask', creates_join_request: true });
    ok(link.creates_join_request);
    const [wanted, other] = [await desk.user('Una'), await desk.user('Vic')];
    for (const [at, user] of [wanted, other].entries()) {
      same((await desk.join(user, link.invite_link)).entry, 'requested');
      const asked = await w.inbox.take('chat_join_request');
      same([asked.chat.id, asked.from.id, asked.user_chat_id], [group, user, user]);
      const { invite_link, pending_join_request_count } = asked.invite_link;
      same([invite_link, pending_join_request_count], [link.invite_link, at + 1]);
    }
    // Who asks to come in can be written to, though they never started the bot.
    ok(await api.sendMessage(other, 'Why do you want to come in?'));
    ok(await api.approveChatJoinRequest(group, wanted));
    const [old, now, { from, via_join_request }] = await change(w, wanted);
    same([old, now, from.id, via_join_request], ['left', 'member', w.bot.botInfo.id, true]);
    ok(await api.declineChatJoinRequest(group, other));
    same(await status(w, other), 'left');
    await refused(api.approveChatJoinRequest(group, other), 400, 'HIDE_REQUESTER_MISSING');
    await refused(api.approveChatJoinRequest(group, wanted), 400, 'USER_ALREADY_PARTICIPANT');
  },
  async 'createChatSubscriptionInviteLink, editChatSubscriptionInviteLink: paid by the month'(w) {
    const { api, desk } = w;
    const channel = await desk.found('channel', 'Sea reports', w.owner);
    await w.inbox.take('my_chat_member', (found) => found.chat.id === channel);
    await refused(api.createChatSubscriptionInviteLink(w.group, MONTH, 25), 400, 'CHAT_INVALID');
    await refused(api.createChatSubscriptionInviteLink(channel, 3600, 25), 400, 'SUBSCRIPTION_PERIOD_INVALID');
    const link = await api.createChatSubscriptionInviteLink(channel, MONTH, 25, { name: 'Monthly' });
    same([link.subscription_period, link.subscription_price], [MONTH, 25]);
    const edited = await api.editChatSubscriptionInviteLink(channel, link.invite_link, { name: 'Each month' });
    same([edited.name, edited.subscription_price], ['Each month', 25]);
    const user = await follows(w, 'Xia', link.invite_link, 60);
    const end = (await desk.now()) + MONTH;
    const [, now, { new_chat_member }] = await change(w, user);
    ok(now === 'member' && Math.abs(new_chat_member.until_date - end) < 60);
    await desk.advance(MONTH);
    ok(Math.abs((await api.getChatMember(channel, user)).until_date - end - MONTH) < 60);
    same(await desk.stars(user), 10);
    await desk.advance(MONTH);
    same((await api.getChatMember(channel, user)).status, 'left');
  },
};

export const communities = { ...members, ...links };
