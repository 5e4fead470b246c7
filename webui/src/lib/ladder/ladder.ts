// The messages of a call between the box and its parties: who stands where, and what is said of each.
import type { Ladder, LadderMessage } from '../api/ladder';
import { t } from '../i18n/i18n.svelte';

/** The box's lane has no party. */
export const BOX = '';

/** The phone or the trunk at the other end. */
export function partyOf({ phone, trunk }: LadderMessage): string {
  return phone ?? trunk ?? '';
}

/** The lanes from left to right: whoever was first, the box, and the others as they came; trunks stand on the outside. */
export function lanesOf(messages: readonly LadderMessage[]): string[] {
  const inside = new Set<string>();
  const outside = new Set<string>();
  for (const message of messages) (message.phone ? inside : outside).add(partyOf(message));
  const [first, ...others] = [...inside, ...outside];
  return first === undefined ? [BOX] : [first, BOX, ...others];
}

/** What is asked, or answered and to what: `INVITE`, `180 Ringing (INVITE)`. */
export function titleOf({ title, text }: LadderMessage): string {
  const answer = /^SIP\/2\.0 +(.*)$/.exec(title)?.[1];
  if (answer === undefined) return title.split(' ')[0] ?? title;
  const asked = /^cseq *: *\d+ +(\w+)/im.exec(text)?.[1];
  return asked ? `${answer} (${asked})` : answer;
}

/** The same with how long after the first, and from whom to whom: for whoever reads or hears it as a list. */
export function sentenceOf(message: LadderMessage): string {
  const [box, party] = [t('ladder.box'), partyOf(message)];
  const [from, to] = message.is_incoming ? [party, box] : [box, party];
  const what = message.is_again ? t('ladder.again', { what: titleOf(message) }) : titleOf(message);
  return t('ladder.says', { after: afterOf(message), from, to, what });
}

/** `+0.012 s` since the first message. */
export function afterOf({ after_ms }: LadderMessage): string {
  return `+${(after_ms / 1000).toFixed(3)} s`;
}

/** All of it as plain text: an overview, then each message as it was. */
export function textOf({ messages, left_out }: Ladder): string {
  const overview = [...messages.map(sentenceOf), ...(left_out > 0 ? [t('ladder.left', { n: left_out })] : [])];
  const whole = messages.map((message) => {
    const way = message.is_incoming ? `${message.peer} -> ${message.local}` : `${message.local} -> ${message.peer}`;
    return `${message.at} ${message.transport} ${way}\n\n${message.text}`;
  });
  return [overview.join('\n'), ...whole].join('\n\n----\n\n');
}
