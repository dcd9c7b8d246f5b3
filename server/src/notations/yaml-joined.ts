import type { Span } from '#engine/text.js';
import { Place } from './yaml.js';

/** How two definitions of one thing come to one. */
export interface Joining {
  /** Whose value counts where both state one. */
  readonly wins: 'own' | 'other';
  /** Which items of two lists belong together; those that stand alone count as they are, and what is left out does not. */
  pairUp(own: Place, other: Place): readonly { readonly own?: Place | undefined; readonly other?: Place | undefined }[];
  /** Why the other may not hold after all; then what it states is not known. */
  readonly because?: string | undefined;
}

/** A place of a file as it holds once what another definition says is put beneath or above it; what the other says cannot be written here. */
export class Joined extends Place {
  constructor(private readonly own: Place, private readonly other: Place, private readonly how: Joining) {
    super(own.document, own.node, own.parent, own.name, own.pair, own.borrowed, own.depth);
  }

  override get kind() {
    return this.own.kind === 'absent' ? this.other.kind : this.own.kind;
  }

  override get exists(): boolean {
    return this.own.exists || this.other.exists;
  }

  override get(...path: readonly (string | number)[]): Place {
    const [step, ...rest] = path;
    if (step === undefined) return this;
    const found = typeof step === 'number' ? this.items[step] ?? this.own.get(step) : joined(this.own.get(step), this.other.get(step), this.own, this.how);
    return rest.length > 0 ? found.get(...rest) : found;
  }

  override get pairs(): readonly Place[] {
    if (this.kind !== 'map') return [];
    const own = this.own.pairs.map((pair) => joined(pair, this.other.get(pair.key), this.own, this.how));
    const names = new Set(own.map(({ key }) => key));
    return [...own, ...this.other.pairs.filter(({ key }) => !names.has(key)).map((pair) => joined(this.own.get(pair.key), pair, this.own, this.how))];
  }

  override get items(): readonly Place[] {
    if (this.own.kind !== 'list') return this.own.items;
    return this.how.pairUp(this.own, this.other).map(({ own, other }) =>
      (own && other ? joined(own, other, this.own, this.how) : own ?? lent(other!, this.own.head, undefined, other!.name, this.how.because)));
  }

  override get incomplete(): string | undefined {
    return this.own.incomplete ?? this.other.incomplete;
  }
}

function joined(own: Place, other: Place, parent: Place, how: Joining): Place {
  if (!other.exists || (own.exists && own.tag !== undefined)) return own;
  const { wins, because } = how;
  if (!own.exists) {
    if (wins === 'other' && other.kind === 'map') return new Joined(own, other, how);
    return lent(other, wins === 'own' ? other.borrowed ?? own.head : own.head, wins === 'own' ? parent : undefined, own.name, because);
  }
  const indexed = own.kind === 'list' && other.kind === 'map';
  if ((own.kind === other.kind && own.kind === 'map') || (own.kind === 'list' && (other.kind === 'list' || indexed))) return new Joined(own, other, how);
  return wins === 'own' ? own : lent(other, own.head, undefined, own.name, because);
}

/** A place of another definition, seen through a span of this file. At a place that does not state it, it can be stated anew. */
function lent(other: Place, through: Span, parent: Place | undefined, name: string | number | undefined, because: string | undefined): Place {
  const seen = [other.document, other.node, parent, name, other.pair, through, other.depth] as const;
  return because === undefined ? new Place(...seen) : new Unsure(because, ...seen);
}

/** A place of which nobody can say whether it counts. */
class Unsure extends Place {
  constructor(private readonly because: string, ...seen: ConstructorParameters<typeof Place>) {
    super(...seen);
  }

  override get obscured(): string {
    return this.because;
  }

  override get incomplete(): string {
    return this.because;
  }
}

/** A definition with another beneath or above it, which is seen through a span of this file. */
export function joinedWith(own: Place, other: Place, through: Span, how: Joining): Place {
  // What is written at an alias would change what it stands for.
  if (own.borrowed || own.kind !== 'map' || own.span.start !== own.document.start + (own.node?.start ?? -1)) return own;
  return new Joined(own, new Place(other.document, other.node, undefined, other.name, other.pair, through, other.depth), how);
}
