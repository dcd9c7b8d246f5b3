import { rule } from '#engine/rule.js';
import { query } from '#engine/query.js';
import { elements, nodeAt, type Json, type Node } from '#notations/json.js';
import { modulesOf, type Module } from '../modules.js';

/** Every entry of `SecurityOpt` that says how the kernel confines a module. */
const Options = query<Json, { readonly module: Module; readonly item: Node; readonly index: number }>('iot-edge', 'security options', ({ tree }) =>
  modulesOf(tree).flatMap((module) =>
    elements(module.options && nodeAt(module.options.inner, ['HostConfig', 'SecurityOpt'])).flatMap((item, index) =>
      /^(seccomp|apparmor|label)[:=]/.test(String(item.value)) ? [{ module, item, index }] : [],
    ),
  ),
);

export default rule(Options, {
  title: 'The kernel confines modules',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ module, item, index }) => {
    const span = module.options!.place(item);
    if (!/[:=](unconfined|disable)$/.test(String(item.value))) return { verdict: 'complies', span };
    return {
      verdict: 'violates',
      span,
      message: `${module.label} runs without the guard that keeps a broken program away from the device`,
      found: String(item.value),
      wanted: 'the profile of the container engine',
      fix: {
        title: 'Use the profile of the container engine',
        safety: 'review',
        risk: 'A module that makes an unusual system call fails: try it on one device first.',
        edits: () => module.options!.change(['HostConfig', 'SecurityOpt', index], undefined),
      },
    };
  },
});
