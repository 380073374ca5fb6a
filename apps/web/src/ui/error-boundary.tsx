import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";

/**
 * Replaces a part of the page that could not be shown, for example because a newer version of the
 * app replaced its file.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert" className="m-auto grid max-w-sm justify-items-center gap-4 p-6 text-center">
        <p className="text-lg font-semibold">This page could not be shown.</p>
        <p className="text-ink-soft">
          It may be out of date. Nothing that you wrote in a message box is lost.
        </p>
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </div>
    );
  }
}
