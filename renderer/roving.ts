/** Many controls, one stop of the Tab key: the arrow keys go from one to the next. */
export interface Roving {
  /** To be called when controls have come or gone. */
  settle(): void;
  /** Goes to where one comes in. */
  focus(): void;
}

/**
 * Makes one stop of the controls in `parent` that match; each has the `tabindex` -1 when it comes.
 * `first` is where one comes in at the beginning.
 */
export function roving(parent: HTMLElement, selector: string, first: 'start' | 'end'): Roving {
  let stop: HTMLElement | null = null;

  function controls(): readonly HTMLElement[] {
    return [...parent.querySelectorAll<HTMLElement>(selector)];
  }

  function stopAt(control: HTMLElement | null): void {
    if (stop === control) return;
    stop?.setAttribute('tabindex', '-1');
    stop = control;
    stop?.setAttribute('tabindex', '0');
  }

  parent.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.matches(selector)) stopAt(target);
  });
  parent.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.altKey || event.target !== stop) return;
    event.preventDefault();
    const all = controls();
    const next = all[all.findIndex((control) => control === stop) + step];
    next?.focus();
  });

  return {
    settle() {
      const stays = stop?.isConnected === true;
      // A list that grows at its end is come into at its end, unless one is in the middle of it.
      if (stays && (first === 'start' || stop === document.activeElement)) return;
      stopAt(controls().at(first === 'start' ? 0 : -1) ?? null);
    },
    focus: () => stop?.focus(),
  };
}
