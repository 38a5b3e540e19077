import { Breadcrumb, BreadcrumbItem, Content, Flex, FlexItem, PageBreadcrumb, PageSection, Title } from '@patternfly/react-core';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation, useNavigationType } from 'react-router';

interface Props {
  title: string;
  /** Beside the title, say a label. */
  mark?: ReactNode;
  /** One sentence on what the page is for. */
  lead?: ReactNode;
  parent?: { label: string; to: string };
  actions?: ReactNode;
  children: ReactNode;
}

let lastPath: string | undefined;

/**
 * A page's frame: its title, also the window's, receives the focus when one comes from another page, so that keyboards
 * and screen readers begin where the page begins.
 */
export function View({ title, mark, lead, parent, actions, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const arrival = useNavigationType();
  useEffect(() => {
    document.title = `${title} · Bulwark`;
  }, [title]);
  useEffect(() => {
    const came = lastPath !== undefined && lastPath !== pathname;
    lastPath = pathname;
    if (came) heading.current?.focus({ preventScroll: arrival === 'POP' });
  }, [pathname, arrival]);
  return (
    <>
      {parent !== undefined && (
        <PageBreadcrumb>
          <Breadcrumb>
            <BreadcrumbItem render={({ className }) => <Link className={className} to={parent.to}>{parent.label}</Link>} />
            <BreadcrumbItem isActive>{title}</BreadcrumbItem>
          </Breadcrumb>
        </PageBreadcrumb>
      )}
      <PageSection className="bw-head">
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsFlexStart' }}>
          <FlexItem flex={{ default: 'flex_1' }}>
            <div className="bw-title">
              <Title headingLevel="h1" size="2xl" ref={heading} tabIndex={-1}>{title}</Title>
              {mark}
            </div>
            {lead !== undefined && <Content component="p" className="bw-lead">{lead}</Content>}
          </FlexItem>
          {actions !== undefined && <FlexItem>{actions}</FlexItem>}
        </Flex>
      </PageSection>
      <PageSection className="bw-body" isFilled>{children}</PageSection>
    </>
  );
}
