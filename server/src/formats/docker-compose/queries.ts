import { query } from '#engine/query.js';
import type { Yaml } from '#notations/yaml.js';
import { publishedPorts, servicesOf, type Published, type Service } from './services.js';

/** The ports it publishes. */
export const Ports = query<Yaml, { readonly service: Service; readonly port: Published }>('docker-compose', 'published ports', ({ tree }) =>
  servicesOf(tree).flatMap((service) => publishedPorts(service).map((port) => ({ service, port }))));
