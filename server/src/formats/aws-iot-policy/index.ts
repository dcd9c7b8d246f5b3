import { Privilege } from '#concepts/privilege.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { commentsOf, parseJson, type Json } from '#notations/json.js';
import { isEverything, statements } from './statements.js';

/** Actions a device takes; a policy for people names those that administer AWS IoT, or other services as well. */
const deviceActions = [
  'Connect', 'Publish', 'Subscribe', 'Receive', 'RetainPublish', 'GetThingShadow', 'UpdateThingShadow', 'DeleteThingShadow', 'ListNamedShadowsForThing',
  'GetPendingJobExecutions', 'StartNextPendingJobExecution', 'AssumeRoleWithCertificate',
];
const device = new RegExp(`"iot:(\\*|${deviceActions.join('|')})"`);

const isPolicy = (head: string) =>
  /\\?"Statement\\?"\s*:/.test(head) &&
  /\\?"Effect\\?"\s*:/.test(head) &&
  device.test(head.replaceAll('\\"', '"')) &&
  !/AWSTemplateFormatVersion|AWS::|RecipeFormatVersion|"Principal"/.test(head) &&
  !/"(?!iot:|greengrass:|iotjobsdata:)[a-z0-9-]{2,30}:[A-Z*][A-Za-z*]*"/.test(head.replaceAll('\\"', '"').replace(/"arn:[^"]*"|"aws:[^"]*"/g, ''));

export default format<Json>({
  title: 'AWS IoT Core policy',
  files: [{ named: ['**/*.json'], saying: isPolicy }],
  parse: (text) => parseJson(text),
  comments: (file) => commentsOf(file),
  facts: [
    lowering(Privilege, (file) =>
      statements(file)
        .filter(({ allows }) => allows)
        .map((statement) => ({ label: statement.label, span: statement.span, everything: known(isEverything(statement), statement.span) })),
    ),
  ],
});
