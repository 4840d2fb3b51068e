import type { TokenBooster } from "./token-booster";

/** Bonus of a phrase's first token: NeMo's `context_score`. */
const contextScore = 1;
/** Factor for later tokens: NeMo's `depth_scaling`. */
const depthScaling = 2;

type Node = {
  readonly children: Map<number, number>;
  /** Bonus of the token that leads here. */
  readonly bonus: number;
  /** Sum of the bonuses from the root to here. */
  readonly total: number;
  /** Failure link: the node of the longest proper suffix that begins a phrase. */
  failure: number;
  endsPhrase: boolean;
};

const root = 0;

/**
 * NeMo's boosting tree (`GPUBoostingTreeModel` over icefall's context graph): an Aho-Corasick
 * automaton over phrases. A phrase's first token earns a bonus of 1, the one at depth d 2 + ln d. A
 * token that leaves the tree takes back the bonuses of an unfinished phrase; a finished one keeps
 * them.
 */
export class BoostingTree implements TokenBooster {
  readonly #nodes: Node[] = [createNode(0, 0)];
  readonly #weight: number;

  /**
   * @param phrases token ids, none of them empty
   * @param weight NeMo's `boosting_tree_alpha`: logits per point of bonus
   */
  constructor(phrases: readonly (readonly number[])[], weight: number) {
    this.#weight = weight;
    for (const phrase of phrases) this.#add(phrase);
    this.#linkFailures();
  }

  addBonuses(node: number, scores: Float32Array): void {
    const bonuses = new Map<number, number>();
    const offTree = this.#collect(node, bonuses);
    if (offTree !== 0) {
      for (const [token, score] of scores.entries()) {
        scores[token] = score + this.#weight * offTree;
      }
    }
    for (const [token, bonus] of bonuses) {
      scores[token] = (scores[token] ?? 0) + this.#weight * (bonus - offTree);
    }
  }

  advance(node: number, token: number): number {
    let at = node;
    for (;;) {
      const { children, failure } = this.#node(at);
      const child = children.get(token);
      if (child !== undefined) return child;
      if (at === root) return root;
      at = failure;
    }
  }

  /**
   * Collects the bonus of each token that continues a phrase after `node`. The longest match is
   * written last, so it counts.
   *
   * @returns the bonus of every other token
   */
  #collect(node: number, bonuses: Map<number, number>): number {
    const chain: { children: ReadonlyMap<number, number>; paid: number }[] = [];
    let paid = 0;
    let at = node;
    for (;;) {
      const { children, failure, total, endsPhrase } = this.#node(at);
      chain.push({ children, paid });
      if (at === root) break;
      paid += this.#node(failure).total - (endsPhrase ? 0 : total);
      at = failure;
    }
    for (const link of chain.reverse()) {
      for (const [token, child] of link.children) {
        bonuses.set(token, link.paid + this.#node(child).bonus);
      }
    }
    return paid;
  }

  #add(phrase: readonly number[]): void {
    let at = root;
    for (const [index, token] of phrase.entries()) {
      const { children, total } = this.#node(at);
      let child = children.get(token);
      if (child === undefined) {
        const bonus =
          index === 0 ? contextScore : contextScore * depthScaling + Math.log(index + 1);
        child = this.#nodes.push(createNode(bonus, total + bonus)) - 1;
        children.set(token, child);
      }
      at = child;
    }
    this.#node(at).endsPhrase = true;
  }

  /** Links level by level, so that a node's failure link is known before its children's. */
  #linkFailures(): void {
    const waiting = [root];
    for (const at of waiting) {
      const { children, failure } = this.#node(at);
      for (const [token, child] of children) {
        if (at !== root) this.#node(child).failure = this.advance(failure, token);
        waiting.push(child);
      }
    }
  }

  #node(index: number): Node {
    const node = this.#nodes[index];
    if (node === undefined) throw new TypeError(`boosting node ${index} of ${this.#nodes.length}`);
    return node;
  }
}

function createNode(bonus: number, total: number): Node {
  return { children: new Map(), bonus, total, failure: root, endsPhrase: false };
}
