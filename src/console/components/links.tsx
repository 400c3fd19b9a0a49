import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type AnchorProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { readonly ref?: Ref<HTMLAnchorElement> };

const ButtonAnchor = (props: ButtonProps & AnchorProps) => <Button component="a" classNames={{ root: 'link-button' }} {...props} />;

/** Mantine's looks on the router's links. */
export const LinkButton = createLink(ButtonAnchor);
export const LinkAnchor = createLink(Anchor<'a'>);
