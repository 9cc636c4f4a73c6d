import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Below this size the text is unreadable, so the graph scrolls instead. */
const SMALLEST = 0.62;
const PADDING = 34;

/** The zoom at which something of this width fits its place. */
export function useFittingZoom(place: RefObject<HTMLElement | null>, width: number): number {
  const [zoom, setZoom] = useState(1);
  useEffect(() => {
    const element = place.current;
    if (element === null) {
      return undefined;
    }
    const observer = new ResizeObserver(() => {
      setZoom(Math.min(1, Math.max(SMALLEST, (element.offsetWidth - PADDING) / Math.max(1, width))));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, width]);
  return zoom;
}
