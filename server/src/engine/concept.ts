import type { Query } from './query.js';
import type { Setting } from './setting.js';
import type { Span } from './text.js';

/** Every fact can be pointed at and named in a sentence. */
export interface Fact {
  /** A noun phrase a message can begin with: `The MQTT listener on port 1883`. Never holds a secret. */
  readonly label: string;
  /** The statement that makes the fact: a listener's line, a resource's header. */
  readonly span: Span;
  /** Why nobody can say whether the thing is there at all, as a clause: what would be a violation can then not be told. */
  readonly doubt?: string;
  /** What the thing is a part of, of which precautions are said once. */
  readonly whole?: Whole;
}

/** What is run as one, whatever it consists of: the workload of several containers. */
export interface Whole {
  /** A noun phrase: `the Deployment api`. Never holds a secret. */
  readonly label: string;
  /** Where it begins, which tells it from the others of its file. */
  readonly span: Span;
  /** Why a precaution it lacks weighs as much as the rule says, as a clause: `it holds health data`. Without one it is a note. */
  readonly stake?: string | undefined;
  /** What it is called in all files that speak of it, so that a report says the same of it once: the folder and the namespace. */
  readonly across?: string | undefined;
}

/** A field a format does not model is absent; one it models but cannot read is `undetermined`. */
export type Fields<T> = { readonly [K in keyof T]?: Setting<T[K]> | undefined };

/**
 * Something many products can say: a channel, a password policy, a firewall. Any format may lower its tree to it.
 * `T` holds what a rule may judge, each as a setting; `About` what merely describes the fact, such as the ends of a
 * channel, as plain data that may travel to a report.
 */
export interface Concept<T, About = unknown> extends Query<Fact & About & Fields<T>> {
  readonly fields?: T;
  /** Where the credential of a fact stands in the text: what must not be printed. */
  credentials?(fact: Fact & About & Fields<T>, text: string): readonly Span[];
}

/** Declares a concept. Its name appears in the generated tables. */
export function concept<T, About = unknown>(name: string, credentials?: Concept<T, About>['credentials']): Concept<T, About> {
  const self: Concept<T, About> = { name, select: (analysis) => analysis.facts(self), ...(credentials && { credentials }) };
  return self;
}
