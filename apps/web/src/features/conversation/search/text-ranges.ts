import { findText } from "./find-text";

/**
 * Places of some words within elements of the page. Words may run over several text nodes of one
 * element, as where a part of a line is bold, never over two elements.
 */
export function textRanges(elements: Iterable<Element>, words: string): Range[] {
  return [...elements].flatMap((element) => {
    const nodes = textNodes(element);
    const text = nodes.map(({ node }) => node.data).join("");
    return findText(text, words).map(({ start, end }) => {
      const range = document.createRange();
      const first = nodes.findLast((node) => node.start <= start);
      const last = nodes.findLast((node) => node.start < end);
      if (first !== undefined) range.setStart(first.node, start - first.start);
      if (last !== undefined) range.setEnd(last.node, end - last.start);
      return range;
    });
  });
}

/** The text nodes below an element, each with where it begins in the element's text. */
function textNodes(element: Element): { node: Text; start: number }[] {
  const nodes: { node: Text; start: number }[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let start = 0;
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    if (!(node instanceof Text)) continue;
    nodes.push({ node, start });
    start += node.length;
  }
  return nodes;
}
