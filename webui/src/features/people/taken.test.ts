import { expect, test } from 'vitest';
import type { Person } from '../../lib/api/box';
import type { FeatureCodeRow } from '../../lib/api/codes';
import { holderOf } from './taken';

const people = [{ id: 1, name: 'Desk', extension: '1001' }, { id: 2, name: 'Visitor', extension: null }] as Person[];
const code = (code: string, argument: string, enabled = true) => ({ code, argument, enabled, does: `what ${code} does` }) as FeatureCodeRow;
const codes = [code('70', 'extension'), code('811', 'none'), code('900', 'none', false), code('*43', 'none')];

test.each([
  ['1001', undefined, { name: 'Desk' }],
  ['1001', 1, undefined],
  ['1001', 2, { name: 'Desk' }],
  ['1002', undefined, undefined],
  ['', undefined, undefined],
  ['7012', undefined, { code: '70', what: 'what 70 does' }],
  ['70', undefined, { code: '70', what: 'what 70 does' }],
  ['811', undefined, { code: '811', what: 'what 811 does' }],
  ['8112', undefined, undefined],
  ['900', undefined, undefined],
] as const)('f11 %s, for person %s, is held by %j', (extension, own, holder) => {
  expect(holderOf(extension, own, people, codes)).toEqual(holder);
});
