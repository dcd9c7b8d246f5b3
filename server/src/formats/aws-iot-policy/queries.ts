import { withoutTail } from '#engine/text.js';
import { query, type Query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Json } from '#notations/json.js';
import { grants, isEverything, resourcesOf, statements, targetOf, type Statement, type Word } from './statements.js';

/** One resource of a statement, and whether it takes in more than the device's own. */
export interface Reach {
  readonly statement: Statement;
  readonly resource: Word;
  readonly wide: Setting<boolean>;
}

/** The resources of the statements that grant some actions. A statement that grants everything is one finding already. */
function reach(
  name: string, actions: readonly string[], kinds: RegExp, wide: (target: string, statement: Statement) => boolean,
  narrowed: (resource: string) => string | undefined = () => undefined,
): Query<Reach> {
  return query<Json, Reach>('aws-iot-policy', name, ({ tree }) =>
    statements(tree)
      .filter((statement) => grants(statement, ...actions) && !isEverything(statement))
      .flatMap((statement) =>
        resourcesOf(statement)
          .map((resource) => ({ resource, target: targetOf(resource.text) }))
          .filter(({ target }) => target === '*' || kinds.test(target))
          .map(({ resource, target }) => {
            const own = narrowed(resource.text);
            return { statement, resource, wide: known(wide(target, statement), resource.span, (any) => (any || own === undefined ? [] : resource.write(own))) };
          }),
      ),
  );
}

/** The same address with the name that AWS IoT puts in from the registry; none for the bare wildcard, which names no account. */
const ownName = (resource: string) => (/[*?]$/.test(resource) && withoutTail(resource, '*?').endsWith(':client/') ? `${withoutTail(resource, '*?')}\${iot:Connection.Thing.ThingName}` : undefined);

/** `client/…`: under which names a device may connect. */
export const Clients = reach('clients', ['Connect'], /^client\//, (target, { attached }) => !attached && /^(\*|client\/[*?]*)$/.test(target), ownName);

/** `topic/…` and `topicfilter/…`: what it may send and read. */
export const Topics = reach('topics', ['Publish', 'Subscribe', 'Receive', 'RetainPublish'], /^topic(filter)?\//, (target) =>
  /^(\*|topic(filter)?\/[*?#]*)$/.test(target),
);

/** `thing/…`: whose shadow it may read and change. */
export const Shadows = reach('shadows', ['GetThingShadow', 'UpdateThingShadow', 'DeleteThingShadow'], /^thing\//, (target) =>
  /^(\*|thing\/\*.*)$/.test(target),
);

/** `rolealias/…`: which rights of the account it may take on. */
export const Roles = reach('role aliases', ['AssumeRoleWithCertificate'], /^rolealias\//, (target) => /^(\*|rolealias\/\*)$/.test(target));

/** Actions that are granted by pattern, on something less than everything. */
export const Patterns = query<Json, { readonly statement: Statement; readonly action: Word }>('aws-iot-policy', 'actions', ({ tree }) =>
  statements(tree)
    .filter((statement) => statement.allows && !isEverything(statement))
    .flatMap((statement) => [
      ...statement.actions.map((action) => ({ statement, action })),
      ...(statement.exceptActions?.slice(0, 1) ?? []).map((action) => ({ statement, action: { ...action, text: '*' } })),
    ]),
);
