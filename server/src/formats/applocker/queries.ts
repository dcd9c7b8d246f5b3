import { query } from '#engine/query.js';
import type { Xml } from '#notations/xml.js';
import { allowances, collections, type Allowance, type Collection } from './collections.js';

export const allowed = query<Xml, Allowance>('applocker', 'rules that allow', ({ tree }) => allowances(tree));
export const kinds = query<Xml, Collection>('applocker', 'kinds of program', ({ tree }) => collections(tree));
