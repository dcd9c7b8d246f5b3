/**
 * What was worked out for an object, kept with the object itself. A `WeakMap` would do the same at many times the cost: the
 * collector of young objects takes all that an old `WeakMap` holds for alive, so that it would copy the garbage of every
 * keystroke, again and again, until the next full collection. Copies of an object (`{ ...object }`) start without.
 */
export class Attached<Key extends object, Value> {
  readonly #place = Symbol();

  get(key: Key): Value | undefined {
    return (key as Holder<Value>)[this.#place];
  }

  set(key: Key, value: Value): void {
    Object.defineProperty(key, this.#place, { value, writable: true, configurable: true });
  }

  /** What is attached to an object, worked out the first time. */
  of(key: Key, compute: (key: Key) => Value): Value {
    const holder = key as Holder<Value>;
    if (!(this.#place in holder)) this.set(key, compute(key));
    return holder[this.#place] as Value;
  }
}

type Holder<Value> = { readonly [place: symbol]: Value | undefined };

/** A function that works its answer out once for each object. */
export function oncePer<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const answers = new Attached<Key, Value>();
  return (key) => answers.of(key, compute);
}
