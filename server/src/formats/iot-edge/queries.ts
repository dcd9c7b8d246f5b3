import { query } from '#engine/query.js';
import type { Json } from '#notations/json.js';
import { modulesOf, type Module } from './modules.js';

/** The modules of a deployment. */
export const Modules = query<Json, Module>('iot-edge', 'modules', ({ tree }) => modulesOf(tree));
