import type { PamLine } from '#notations/pam.js';

/** A line of a stack, or a stack within it: `substack`, of which the end ends only itself. */
export type PamItem = PamLine | { readonly items: readonly PamItem[] };

export const isLine = (item: PamItem): item is PamLine => 'module' in item;

/** What a module answers: it lets the person in, turns them away, says nothing, or either of the first two, as the file cannot tell. */
export type Answer = 'success' | 'failure' | 'ignore' | 'either';

/** What a walk through a stack may come to. */
export interface Ends {
  /** Whether the stack as a whole may let the person in, or turn them away. */
  readonly success: boolean;
  readonly failure: boolean;
  /** Whether some way to an end passes a line that was looked for, and some way does not. */
  readonly passed: boolean;
  readonly missed: boolean;
}

type Impression = 'undecided' | 'positive' | 'negative';

interface State {
  readonly impression: Impression;
  readonly passed: boolean;
}

/** pam.conf(5): the keywords as actions. */
const keywords: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>> = {
  required: { success: 'ok', ignore: 'ignore', default: 'bad' },
  requisite: { success: 'ok', ignore: 'ignore', default: 'die' },
  sufficient: { success: 'done', default: 'ignore' },
  optional: { success: 'ok', default: 'ignore' },
};

/** What becomes of each answer by the control of a line; a word that is no control is read as `required`, the strictest. */
function actionOf(control: string, answer: 'success' | 'failure' | 'ignore'): string {
  const known = new Map(Object.entries(keywords)).get(control) ?? (control.startsWith('[') ? parsed(control) : keywords['required']!);
  // `auth_err` is what modules say of a wrong password and of a locked account.
  const names = answer === 'failure' ? ['auth_err', 'perm_denied', 'default'] : answer === 'success' ? ['success', 'default'] : ['ignore', 'default'];
  for (const name of names) if (known[name] !== undefined) return known[name];
  return answer === 'ignore' ? 'ignore' : 'bad';
}

function parsed(control: string): Readonly<Partial<Record<string, string>>> {
  const pairs = control.slice(1, -1).trim().split(/\s+/).map((pair) => pair.toLowerCase().split('='));
  return Object.fromEntries(pairs.flatMap(([name, action]) => (name && action && name !== '__proto__' ? [[name, action]] : [])));
}

/**
 * Walks a stack as libpam does, in every way that answers of `either` leave open. States are few, so that the work is
 * linear in the stack. A jump leaves the impression as it is.
 */
export function walk(items: readonly PamItem[], answer: (line: PamLine) => Answer, looked: (line: PamLine) => boolean): Ends {
  const ends = stackEnds(items, answer, looked, new Map([['undecided', { impression: 'undecided', passed: false }]]));
  const all = [...ends.values()];
  return {
    success: all.some(({ impression }) => impression === 'positive'),
    failure: all.some(({ impression }) => impression !== 'positive'),
    passed: all.some(({ passed }) => passed),
    missed: all.some(({ passed }) => !passed),
  };
}

type States = Map<string, State>;

const nameOf = ({ impression, passed }: State) => `${impression}${passed ? ' passed' : ''}`;

function stackEnds(items: readonly PamItem[], answer: (line: PamLine) => Answer, looked: (line: PamLine) => boolean, from: States): States {
  const at: States[] = Array.from({ length: items.length + 1 }, () => new Map());
  const ended: States = new Map();
  at[0] = from;
  const add = (to: States | undefined, state: State) => to?.set(nameOf(state), state);
  for (const [i, item] of items.entries()) {
    const states = at[i]!;
    if (states.size === 0) continue;
    if (!isLine(item)) {
      // What a substack came to counts as a required answer would.
      for (const state of states.values()) {
        const inner = stackEnds(item.items, answer, looked, new Map([['undecided', { impression: 'undecided', passed: state.passed }]]));
        for (const { impression, passed } of inner.values()) add(at[i + 1], { impression: joined(state.impression, impression), passed });
      }
      continue;
    }
    const given = answer(item);
    for (const one of given === 'either' ? (['success', 'failure'] as const) : [given]) {
      const action = actionOf(item.control, one);
      for (const state of states.values()) {
        const passed = state.passed || looked(item);
        const impression = action === 'bad' || action === 'die' ? 'negative' : action === 'reset' ? 'undecided'
          : (action === 'ok' || action === 'done') && state.impression === 'undecided' && one === 'success' ? 'positive' : state.impression;
        const next = { impression, passed } as const;
        // `done` ends only what nothing has turned away yet.
        if (action === 'die' || (action === 'done' && impression === 'positive')) add(ended, next);
        else {
          const to = i + 1 + (/^\d{1,3}$/.test(action) ? Number(action) : 0);
          // A jump beyond the end is a mistake, and turns everybody away.
          if (to > items.length) add(ended, { impression: 'negative', passed });
          else add(at[to], next);
        }
      }
    }
  }
  for (const state of at[items.length]!.values()) add(ended, state);
  return ended;
}

function joined(outer: Impression, inner: Impression): Impression {
  return outer === 'negative' || inner === 'negative' ? 'negative' : outer === 'positive' || inner === 'positive' ? 'positive' : 'undecided';
}
