import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Where the graph is wider than the page: scrolls the chosen state to the middle, and nothing else of the page. */
export function useChosenInSight(place: RefObject<HTMLElement | null>, chosenState: string | undefined, zoom: number) {
  useLayoutEffect(() => {
    const element = place.current;
    const chosen = element?.querySelector('.node-button[aria-pressed="true"]');
    if (!element || !chosen || chosenState === undefined) {
      return;
    }
    const [frame, node] = [element.getBoundingClientRect(), chosen.getBoundingClientRect()];
    if (node.left < frame.left || node.right > frame.right) {
      element.scrollLeft += node.left + node.width / 2 - (frame.left + frame.width / 2);
    }
    if (node.top < frame.top || node.bottom > frame.bottom) {
      element.scrollTop += node.top + node.height / 2 - (frame.top + frame.height / 2);
    }
  }, [place, chosenState, zoom]);
}
