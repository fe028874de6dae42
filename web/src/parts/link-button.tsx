import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef } from 'react';

type AnchorButtonProps = Omit<ButtonProps, 'href'> & React.ComponentPropsWithoutRef<'a'>;

const AnchorButton = forwardRef<HTMLAnchorElement, AnchorButtonProps>((props, ref) => (
  <Button component="a" ref={ref} {...props} />
));

/** A link that looks like a button: the next action of a page. */
export const LinkButton = createLink(AnchorButton);
