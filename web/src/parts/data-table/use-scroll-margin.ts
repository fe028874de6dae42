import { type RefObject, useLayoutEffect, useState } from 'react';

/** How far below the top of the scrolled page the table begins, where the page is what scrolls. */
export function useScrollMargin(frame: RefObject<HTMLElement | null>, isNeeded: boolean): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const content = document.getElementById('content');
    if (!isNeeded || frame.current === null || content === null) return setMargin(0);
    const element = frame.current;
    const measure = () =>
      setMargin(
        element.getBoundingClientRect().top - content.getBoundingClientRect().top + content.scrollTop,
      );
    measure();
    // What stands above the table may grow: filters that wrap, notices that come.
    const observer = new ResizeObserver(measure);
    observer.observe(content);
    if (element.parentElement !== null) observer.observe(element.parentElement);
    return () => observer.disconnect();
  }, [frame, isNeeded]);
  return margin;
}
