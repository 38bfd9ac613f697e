/** The page's heading. It takes the keyboard's place when a page opens, so that reading starts there. */
import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface PageHeadingProps {
  /** The window's title, without the product's name. */
  title: string;
  children?: ReactNode;
}

let firstPage = true;
/** True while the page is drawn with which the window opens. */
export const isFirstPage = () => firstPage;

export function PageHeading({ title, children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Wrenchbook`;
  }, [title]);
  useEffect(() => {
    // Not on the first page: the window has just opened, and nobody went anywhere.
    if (!firstPage) heading.current?.focus();
    firstPage = false;
  }, []);
  return (
    <Title order={1} ref={heading} tabIndex={-1}>
      {children ?? title}
    </Title>
  );
}
