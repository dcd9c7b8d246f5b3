import type { Whole } from '#engine/concept.js';
import { stakeOf } from '#notations/workloads.js';
import { isEverywhere, publishedPorts, variables, type Service } from './services.js';

/** A service as what runs: one container, or several alike. */
export function workloadOf(service: Service): Whole {
  const { place, name, label } = service;
  const privileged = place.get('privileged').text === 'true' || ['network_mode', 'pid', 'ipc'].some((key) => place.get(key).text === 'host');
  const names = [name, ...['image', 'container_name', 'hostname', 'build'].map((key) => place.get(key).text), place.get('build', 'context').text];
  return { label: label.replace(/^The/, 'the'), span: place.head, stake: stakeOf({ privileged, reached: isReached(service), names }) };
}

/** Whether a port of the machine, or a proxy that reads the labels or variables of services, leads to it. */
function isReached(service: Service): boolean {
  return publishedPorts(service).some(isEverywhere)
    || service.environment.some(({ name }) => name === 'VIRTUAL_HOST')
    || variables(service.place.get('labels')).some(({ name, value }) => /^traefik\.(?:http|tcp|udp)\.routers\.|^caddy$/.test(name) || (name === 'traefik.enable' && value === 'true'));
}
