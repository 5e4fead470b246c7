// What the page asks of the box about feature codes.
import type { components } from '../../api';
import { send } from './send';

export type FeatureCodes = components['schemas']['FeatureCodes'];
export type FeatureCodeRow = components['schemas']['FeatureCodeRow'];
export type FeatureCodesWrite = components['schemas']['FeatureCodesWrite'];

export const codesBox = {
  codes: (): Promise<FeatureCodes> => send('get', '/api/feature-codes'),
  setCodes: (body: FeatureCodesWrite, etag: string) => send('put', '/api/feature-codes', { body, etag }),
};

/** The table with another row, and what else differs from the profile. */
export function withRow(table: FeatureCodes, row: { feature: string; code: string; enabled: boolean }): FeatureCodesWrite {
  const rows = table.codes.map((one) => (one.feature === row.feature ? { ...one, ...row } : one));
  return { profile: table.profile, codes: rows.map(({ feature, code, enabled }) => ({ feature, code, enabled })) };
}

/** Another profile, with what was changed by hand. */
export function withProfile(table: FeatureCodes, profile: string): FeatureCodesWrite {
  return { profile, codes: table.codes.filter(isOwn).map(({ feature, code, enabled }) => ({ feature, code, enabled })) };
}

/** Whether this row is not as the profile has it. */
export const isOwn = (row: FeatureCodeRow): boolean => row.code !== row.delivered_code || row.enabled !== row.delivered_enabled;
