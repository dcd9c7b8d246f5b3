import type { Whole } from '#engine/concept.js';
import { query } from '#engine/query.js';
import { publishedPorts, servicesOf, type Compose, type Published, type Service } from './services.js';
import { workloadOf } from './workloads.js';

/** The ports it publishes. */
export const Ports = query<Compose, { readonly service: Service; readonly port: Published; readonly whole: Whole }>('docker-compose', 'published ports', ({ tree }) =>
  servicesOf(tree).flatMap((service) => publishedPorts(service).map((port) => ({ service, port, whole: workloadOf(service) }))));
