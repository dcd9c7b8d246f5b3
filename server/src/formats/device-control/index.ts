import { AuditTrail } from '#concepts/audit-trail.js';
import { Port } from '#concepts/port.js';
import { format, lowering } from '#engine/format.js';
import { parseXml, type Xml } from '#notations/xml.js';
import { auditTrails, ports } from './access.js';
import { deviceGroups, groupsOf } from './policy.js';

const isRule = /<PolicyRule\s[^>]{0,200}\bId\s*=[\s\S]{0,1000}?<(?:IncludedIdList|ExcludedIdList|Entry)[\s/>]/;
const isGroup = /<Group\s[^>]{0,200}\bId\s*=[\s\S]{0,1000}?<DescriptorIdList[\s/>]/;

export default format<Xml>({
  title: 'Microsoft Defender device control',
  files: [{ named: ['**/*.xml'], saying: (head) => isRule.test(head) || isGroup.test(head) }],
  parse: (text) => parseXml(text),
  comments: (file) => file.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Port, (_file, analysis) => ports(analysis)),
    lowering(AuditTrail, (_file, analysis) => auditTrails(analysis)),
  ],
  exports: (file) => groupsOf(file).map(({ id, holds }) => ({ kind: deviceGroups, key: id, value: holds })),
});
