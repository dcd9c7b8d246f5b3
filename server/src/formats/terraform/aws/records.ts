import { AuditTrail } from '#concepts/audit-trail.js';
import { Malware } from '#concepts/malware.js';
import { Store } from '#concepts/store.js';
import { known, undetermined } from '#engine/setting.js';
import { always, daysOrEver, entry, flag, ownKey, present, says, word, type Says, type Table } from '../says.js';
import { EveryRegion } from '../traits.js';
import { keyed } from './storage.js';

const trailKey: Says = says(Store, { kind: 'log' }, { encrypted: always(true), ownKey: ownKey('kms_key_id') });

export const records: Table = {
  aws_cloudtrail: entry('CloudTrail trail', trailKey,
    says(AuditTrail, {}, { enabled: flag('enable_logging', true), tamperEvident: flag('enable_log_file_validation', false), remote: present('cloud_watch_logs_group_arn') }),
    says(EveryRegion, {}, { holds: flag('is_multi_region_trail', false) }), says(EveryRegion, {}, { holds: flag('include_global_service_events', true) })),
  aws_cloudtrail_event_data_store: entry('CloudTrail event store', says(Store, { kind: 'log' }, { encrypted: always(true), ownKey: ownKey('kms_key_id'), deletionProtected: flag('termination_protection_enabled', true) }),
    says(AuditTrail, {}, { retention: daysOrEver('retention_period', 2555) })),
  aws_cloudwatch_log_group: entry('log group', keyed('log', 'kms_key_id'), says(AuditTrail, {}, { retention: daysOrEver('retention_in_days', Infinity) })),
  aws_config_configuration_recorder: entry('Config recorder', says(AuditTrail, {}, { enabled: (resource) => (resource.has('recording_group')
    ? flag('recording_group.all_supported', true)(resource) : undefined) }),
    says(EveryRegion, {}, { holds: flag('recording_group.include_global_resource_types', undefined) }, { when: (one) => one.text('recording_group.all_supported') !== 'false' })),
  aws_config_configuration_recorder_status: entry('Config recorder', says(AuditTrail, {}, { enabled: flag('is_enabled', undefined) })),
  aws_config_configuration_aggregator: entry('Config aggregator', says(EveryRegion, {}, { holds: (resource) => {
    const sources = [...resource.nested('account_aggregation_source'), ...resource.nested('organization_aggregation_source')];
    const all = sources[0] && flag('all_regions', false)(sources[0]);
    return all;
  } })),
  aws_guardduty_detector: entry('GuardDuty detector', says(Malware, {}, { scanner: flag('enable', true) })),
  aws_guardduty_detector_feature: entry('GuardDuty feature', says(Malware, {}, { scanner: word('status', [['ENABLED', true], ['DISABLED', false]], undefined) })),
  aws_macie2_account: entry('Macie', says(Malware, {}, { scanner: word('status', [['ENABLED', true], ['PAUSED', false]], undefined) })),
  aws_wafv2_web_acl: entry('web firewall', says(AuditTrail, {}, { enabled: (resource) => {
    const found = resource.companions('aws_wafv2_web_acl_logging_configuration', 'resource_arn');
    if (found.sure.length > 0) return known(true, resource.span);
    if (!resource.module.complete) return undetermined(resource.span, 'the other files of the folder, which may state its log, have not been read');
    return found.perhaps.length > 0 ? undetermined(resource.span, `${found.perhaps[0]!.type}.${found.perhaps[0]!.name} may be for it`) : known(false, resource.span);
  } })),
  aws_waf_web_acl: entry('web firewall', says(AuditTrail, {}, { enabled: present('logging_configuration') })),
  aws_wafregional_web_acl: entry('web firewall', says(AuditTrail, {}, { enabled: present('logging_configuration') })),
};
