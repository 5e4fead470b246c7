// What the page asks of the box about rules and times: apart from the rest, which the sign-in fetches too.
import type { components } from '../../api';
import { send } from './send';

type Schemas = components['schemas'];
export type Answering = Schemas['Answering'];
export type AnsweringWrite = Schemas['AnsweringWrite'];
export type DiversionRow = Schemas['DiversionRow'];
export type KeyRow = Schemas['KeyRow'];
export type SecretaryRow = Schemas['SecretaryRow'];
export type AlsoRow = Schemas['AlsoRow'];
export type PlainRead = Schemas['PlainRead'];
export type RuleRow = Schemas['RuleRow'];
export type TargetRow = Schemas['TargetRow'];
export type TimeGroup = Schemas['TimeGroup'];
export type TimeGroupWrite = Schemas['TimeGroupWrite'];
export type TimeOfDay = Schemas['TimeOfDay'];
export type TimeRows = Schemas['TimeRows'];
export type TimeGroups = Schemas['TimeGroups'];
export type NightMode = Schemas['NightMode'];
export type NightModes = Schemas['NightModes'];
export type NightModeWrite = Schemas['NightModeWrite'];
export type Wishes = Schemas['Wishes'];
export type WhatIf = Schemas['WhatIf'];
export type WhatIfPlan = Schemas['WhatIfPlan'];

export const rulesBox = {
  /** What would become of a call that nobody makes. */
  whatIf: (body: WhatIf) => send('post', '/api/what-if', { body }),
  /** What nobody can have wanted of the office in force. */
  findings: () => send('get', '/api/findings'),
  /** What a person does with calls; `who` is `me` or a person's number. */
  answering: (who: string) => send('get', '/api/answering/{who}', { path: { who } }),
  /** Replaces all of it; what is shown besides is left out. */
  setAnswering: (who: string, { rules, otherwise, diversions, callers, blocked_hear, anonymous_hear, completion_offers }: AnsweringWrite, etag: string) =>
    send('put', '/api/answering/{who}', { path: { who }, body: { rules, otherwise, diversions, callers, blocked_hear, anonymous_hear, completion_offers }, etag }),
  /** Whether somebody answers for the boss of this extension. */
  answerFor: (who: string, boss: string, on: boolean) => send('put', '/api/answering/{who}/bosses/{boss}', { path: { who, boss }, body: { on } }),
  /** Lets a caller come to that boss past the secretaries. */
  letPass: (who: string, boss: string, number: string) => send('post', '/api/answering/{who}/bosses/{boss}/pass', { path: { who, boss }, body: { number } }),
  addRule: (who: string, body: RuleRow, etag: string) => send('post', '/api/answering/{who}/rules', { path: { who }, body, etag }),
  orderRules: (who: string, order: number[], etag: string) => send('put', '/api/answering/{who}/order', { path: { who }, body: { order }, etag }),
  /** What a sentence says; nothing is changed. */
  readWords: (who: string, text: string) => send('post', '/api/answering/{who}/words', { path: { who }, body: { text } }),
  removeRule: (who: string, place: number, etag: string) =>
    send('delete', '/api/answering/{who}/rules/{place}', { path: { who, place }, etag }),
  /** Whom somebody waits for, to be called back. */
  wishes: (who: string) => send('get', '/api/wishes/{who}', { path: { who } }),
  endWish: (who: string, target: string) => send('delete', '/api/wishes/{who}/{target}', { path: { who, target } }),
  /** Time groups; `who` may be `office` too. */
  times: (who: string) => send('get', '/api/time-groups/{who}', { path: { who } }),
  addTimes: (who: string, body: TimeGroupWrite) => send('post', '/api/time-groups/{who}', { path: { who }, body }),
  changeTimes: (who: string, name: string, body: TimeGroupWrite, etag: string) =>
    send('put', '/api/time-groups/{who}/{name}', { path: { who, name }, body, etag }),
  /** What is by it goes on by the group `to`. */
  removeTimes: (who: string, name: string, etag: string, to?: string) =>
    send('delete', '/api/time-groups/{who}/{name}', { path: { who, name }, query: to === undefined ? {} : { to }, etag }),
  /** The time groups that the call flow of an extension goes by. */
  timeOfDay: (extension: string) => send('get', '/api/time-of-day/{extension}', { path: { extension } }),
  /** What rows of another system mean; nothing is changed. */
  readRows: (who: string, text: string) => send('post', '/api/time-group-rows/{who}', { path: { who }, body: { text } }),
  /** Until its next change, where no other end is given. */
  forceTimes: (who: string, name: string, state: 'auto' | 'open' | 'closed', end: { for_good?: boolean; until?: string | null } = {}) =>
    send('post', '/api/time-groups/{who}/{name}/force', { path: { who, name }, body: { state, ...end } }),
  /** Time groups of the office that are forced together. */
  nights: () => send('get', '/api/night-modes'),
  addNight: (body: NightModeWrite) => send('post', '/api/night-modes', { body }),
  changeNight: (name: string, body: NightModeWrite, etag: string) => send('put', '/api/night-modes/{name}', { path: { name }, body, etag }),
  removeNight: (name: string, etag: string) => send('delete', '/api/night-modes/{name}', { path: { name }, etag }),
  /** Until the next change of each of its groups, until a moment, or for good. */
  switchNight: (name: string, body: Schemas['NightSwitch']) => send('post', '/api/night-modes/{name}/switch', { path: { name }, body }),
};
