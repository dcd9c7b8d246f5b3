import { query } from '#engine/query.js';
import { compressions, controlKeys, management, profiles, renewals, scripts, sharedNames, type Matter } from './access.js';
import { wholeOf, type OpenVpn } from './file.js';

const matters = (name: string, select: (vpn: OpenVpn) => readonly Matter[]) => query<OpenVpn, Matter>('openvpn', name, (analysis) => select(wholeOf(analysis)));

export const compressed = matters('compression', compressions);
export const controlChannels = matters('key of the control channel', controlKeys);
export const duplicates = matters('shared certificates', sharedNames);
export const managementPorts = matters('management', management);
export const scriptPasswords = matters('passwords of scripts', scripts);
export const keyRenewals = matters('renewal of keys', renewals);
export const certificateProfiles = matters('certificate profile', profiles);
