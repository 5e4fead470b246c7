// What the page asks of the box about the messages of a call.
import type { components } from '../../api';
import { send } from './send';

export type Ladder = components['schemas']['Ladder'];
export type LadderMessage = components['schemas']['LadderMessage'];

/** The messages of a call, as far as they are kept. */
export const ladderOf = (id: number): Promise<Ladder> => send('get', '/api/calls/{id}/ladder', { path: { id } });
