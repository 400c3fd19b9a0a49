import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** Mantine's looks on the router's links. */
export const LinkButton = createLink(Button<'a'>);
export const LinkAnchor = createLink(Anchor<'a'>);
