'use client';

import { Component, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';

interface BoundaryProps {
  children: ReactNode;
}

/** Keeps a fault in one part of a page from taking the rest of it along. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <EmptyState
        title="This part could not be drawn"
        action={<Button onClick={() => this.setState({ failed: false })}>Try again</Button>}
      >
        The fault is in the dashboard; what is stored is safe. The rest of the page goes on.
      </EmptyState>
    );
  }
}
