import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel, type ChannelFields } from '#concepts/channel.js';
import { grants } from '../policies.js';
import { entry, says, test, unset, word, type Field, type Table } from '../says.js';

/** `IoTSecurityPolicy_TLS12_1_0_2016_01`: the least version stands behind the greatest (AWS IoT Developer Guide, "Security policies"). */
const least: Field<ChannelFields['leastVersion']> = test<ChannelFields['leastVersion']>('tls_config.security_policy', (policy) => {
  const minor = /^IoTSecurityPolicy_TLS1[23]_1_([0-3])_/.exec(policy)?.[1];
  return minor === undefined ? undefined : (`1.${minor}` as ChannelFields['leastVersion']);
}, undefined);

/** Things that connect from outside: devices, and machines of one's own that stand before the cloud. */
export const devices: Table = {
  aws_iot_policy: entry('IoT policy', grants('policy', 'identity')),
  aws_iot_domain_configuration: entry('IoT domain', says(Channel, { role: 'listens' as const, protocol: 'mqtt' }, { leastVersion: least })),
  aws_iot_logging_options: entry('IoT log', says(AuditTrail, {}, { enabled: word<boolean>('default_log_level', [['INFO', true], ['DISABLED', false]], undefined, true) }), says(AuditTrail, {}, { enabled: unset('disable_all_logs', undefined) })),
  aws_storagegateway_gateway: entry('storage gateway', says(Channel, { role: 'listens' as const, protocol: 'smb' }, {
    protection: word<ChannelFields['protection']>('smb_security_strategy', [['MandatoryEncryption', 'encrypted'], ['ClientSpecified', 'opportunistic'], ['MandatorySigning', 'opportunistic'], ['MandatoryEncryptionNoAes128', 'encrypted']], undefined) })),
};
