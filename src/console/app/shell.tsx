import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { session_query } from '../api/session.ts';
import { Icon } from '../components/icon.tsx';
import { Crumbs } from './crumbs.tsx';
import { Finder, FindButton } from './finder.tsx';
import { LookSwitch } from './look_switch.tsx';
import { PersonMenu } from './person_menu.tsx';
import { ShortcutHelp, use_shortcuts } from './shortcuts.tsx';
import { SideNav } from './side_nav.tsx';

/** Around every screen: where one can go, where one is, and how to find the rest. */
export function Shell() {
  const [menu, { open, close }] = useDisclosure(false);
  const { data: session } = useQuery(session_query);
  const content = use_focus_on_arrival();
  const help = use_shortcuts();
  const navigate = useNavigate();
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(close, [path, close]);
  useEffect(() => {
    if (session !== undefined && session.state !== 'signed_in')
      void navigate({ to: '/sign-in', search: { to: location.pathname.replace(/^\/console/, '') + location.search } });
  }, [session, navigate]);
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <div className="shell">
        <nav className="side" aria-label="Console">
          <SideNav />
        </nav>
        <div style={{ minInlineSize: 0 }}>
          <header className="top">
            <ActionIcon className="only-narrow" aria-label="Open the menu" aria-expanded={menu} onClick={open}>
              <Icon name="menu" size={22} />
            </ActionIcon>
            <Crumbs />
            <FindButton />
            <LookSwitch />
            <PersonMenu on_help={help.open} />
          </header>
          <main className="content" id="content" tabIndex={-1} ref={content}>
            <Outlet />
          </main>
        </div>
      </div>
      <Drawer opened={menu} onClose={close} size="17rem" title="Postern" closeButtonProps={{ 'aria-label': 'Close the menu' }}>
        <nav aria-label="Console">
          <SideNav />
        </nav>
      </Drawer>
      <Finder />
      <ShortcutHelp opened={help.opened} on_close={help.close} />
    </>
  );
}

/** Whoever arrives at another screen begins at its top, also with the keyboard; a filter or a tab of the same screen moves nobody. */
function use_focus_on_arrival() {
  const content = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    content.current?.focus({ preventScroll: true });
  }, [path]);
  return content;
}
