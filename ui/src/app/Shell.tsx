import {
  Button,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavGroup,
  NavItem,
  NavList,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { BarsIcon } from '@patternfly/react-icons/dist/esm/icons/bars-icon';
import type { MouseEvent } from 'react';
import { Link, Outlet, useLocation, useNavigation } from 'react-router';
import { Brand } from './Brand';
import { LiveMark, ThemeMenu, UserMenu } from './Menus';
import { useLiveUpdates } from './events';
import { useSession } from './session';

interface Entry {
  to: string;
  label: string;
  permission: string;
}

const WORK: readonly Entry[] = [
  { to: '/', label: 'Dashboard', permission: 'alert.read' },
  { to: '/alerts', label: 'Alerts', permission: 'alert.read' },
  { to: '/workloads', label: 'Workloads', permission: 'inventory.read' },
  { to: '/clusters', label: 'Clusters', permission: 'cluster.read' },
  { to: '/policies', label: 'Policies', permission: 'policy.read' },
];
const CONFIGURATION: readonly Entry[] = [
  { to: '/notifiers', label: 'Notifiers', permission: 'notifier.read' },
  { to: '/tokens', label: 'API tokens', permission: 'token.read' },
  { to: '/audit', label: 'Audit log', permission: 'audit.read' },
  { to: '/settings', label: 'Settings', permission: 'setting.read' },
];

const MAIN = 'main';

/** The frame around every page: who is signed in, where one can go, and whether what is shown is current. */
export function Shell() {
  const session = useSession();
  const may = (entry: Entry) => session.permissions.includes(entry.permission);
  const liveness = useLiveUpdates(session.permissions.includes('alert.read'));
  const isLoading = useNavigation().state === 'loading';
  const work = WORK.filter(may);
  const configuration = CONFIGURATION.filter(may);

  const skip = (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById(MAIN)?.focus();
  };

  const masthead = (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton variant="plain" aria-label="Navigation" isHamburgerButton={false} icon={<BarsIcon />} />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} to="/" aria-label="Bulwark: dashboard" />}>
            <Brand />
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent>
            <ToolbarGroup align={{ default: 'alignEnd' }} gap={{ default: 'gapSm' }}>
              <ToolbarItem className="bw-live"><LiveMark liveness={liveness} /></ToolbarItem>
              <ToolbarItem><ThemeMenu /></ToolbarItem>
              <ToolbarItem><UserMenu /></ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
  const sidebar = (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label="Pages">
          <NavList>{work.map((entry) => <Place key={entry.to} entry={entry} />)}</NavList>
          {configuration.length > 0 && (
            <NavGroup title="Configuration">{configuration.map((entry) => <Place key={entry.to} entry={entry} />)}</NavGroup>
          )}
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
  return (
    <Page
      masthead={masthead}
      sidebar={sidebar}
      isManagedSidebar
      isContentFilled
      mainContainerId={MAIN}
      mainTabIndex={-1}
      skipToContent={<Button className="bw-skip" component="a" href={`#${MAIN}`} onClick={skip}>Skip to content</Button>}
    >
      {isLoading && <div className="bw-progress" role="progressbar" aria-label="Loading the page" />}
      <Outlet />
    </Page>
  );
}

function Place({ entry }: { entry: Entry }) {
  const { pathname } = useLocation();
  const isHere = entry.to === '/' ? pathname === '/' : pathname === entry.to || pathname.startsWith(entry.to + '/');
  return (
    <NavItem isActive={isHere} itemId={entry.to}>
      <Link to={entry.to} aria-current={isHere ? 'page' : undefined}>{entry.label}</Link>
    </NavItem>
  );
}
