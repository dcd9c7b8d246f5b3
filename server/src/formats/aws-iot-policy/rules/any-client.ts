import { rule } from '#engine/rule.js';
import { Clients } from '../queries.js';

export default rule(Clients, {
  title: 'A device connects under its own name',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'error',
  check: ({ statement, resource, wide }) =>
    wide
      ? {
          verdict: 'violates',
          span: resource.span,
          message: `${statement.label} lets a device connect under the name of any other`,
          found: resource.text,
          wanted: 'a name that the certificate decides',
          ...(own(resource.text) && {
            fix: {
              title: 'Take the name from the registry',
              safety: 'review' as const,
              risk: 'Devices that connect under another name than that of their thing, or have no thing attached, are refused.',
              edits: () => resource.write(own(resource.text)!),
            },
          }),
        }
      : { verdict: 'complies', span: resource.span },
});

/** The same address with the name that AWS IoT puts in from the registry; none for the bare wildcard, which names no account. */
const own = (resource: string) => (/:client\/[*?]+$/.test(resource) ? resource.replace(/[*?]+$/, '${iot:Connection.Thing.ThingName}') : undefined);
